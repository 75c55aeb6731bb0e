#include "models/domain/broker.h"

#include "models/domain/job.h"

#include <charconv>

namespace sealwright {
namespace {

int hexDigit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// One path segment without its escapes; nothing where it is none, or holds a control character.
std::optional<std::string> segment(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char c = text[i];
        if (c == '/' || c == '?' || c == '#') {
            return std::nullopt;
        }
        if (c == '%') {
            const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
            const int low = high < 0 ? -1 : hexDigit(text[i + 2]);
            if (low < 0) {
                return std::nullopt;
            }
            c = static_cast<char>(high * 16 + low);
            i += 2;
        }
        if (static_cast<unsigned char>(c) < ' ' || c == 127) {
            return std::nullopt;
        }
        plain += c;
    }
    return plain.size() <= maxBrokerName ? std::optional(plain) : std::nullopt;
}

} // namespace

std::optional<BrokerPlace> brokerOf(std::string_view url) {
    const auto hostAndPort = hostOfEndpoint(url);
    if (!hostAndPort || url.substr(0, 4) != "amqp") {
        return std::nullopt;
    }
    BrokerPlace place;
    place.tls = url[4] == 's';
    const std::size_t colon = hostAndPort->rfind(':');
    place.host = hostAndPort->substr(0, colon);
    if (place.host.front() == '[') {
        place.host = place.host.substr(1, place.host.size() - 2);
    }
    std::from_chars(hostAndPort->data() + colon + 1, hostAndPort->data() + hostAndPort->size(), place.port);
    const std::size_t slash = url.find('/', url.find("://") + 3);
    auto vhost = segment(slash == std::string_view::npos ? std::string_view() : url.substr(slash + 1));
    if (!vhost) {
        return std::nullopt;
    }
    place.vhost = vhost->empty() ? "/" : std::move(*vhost);
    return place;
}

} // namespace sealwright
