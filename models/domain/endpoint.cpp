#include "models/domain/job.h"

#include <algorithm>

namespace sealwright {
namespace {

struct Scheme {
    std::string_view prefix;
    std::string_view port;
    bool plain;
};

constexpr Scheme schemes[] = {
    {"https://", "443", false}, {"http://", "80", true}, {"amqps://", "5671", false}, {"amqp://", "5672", true}};

bool isLoopback(std::string_view host) {
    return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

bool isHostName(std::string_view host) {
    return !host.empty() && host.front() != '.' && host.front() != '-' &&
           std::all_of(host.begin(), host.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; });
}

bool isIpv6(std::string_view host) {
    return host.size() > 3 && host.front() == '[' && host.back() == ']' &&
           std::all_of(host.begin() + 1, host.end() - 1,
                       [](char c) { return (c >= 'a' && c <= 'f') || (c >= '0' && c <= '9') || c == ':' || c == '.'; });
}

bool isPort(std::string_view port) {
    if (port.empty() || port.size() > 5 || port.front() == '0') {
        return false;
    }
    int value = 0;
    for (const char c : port) {
        if (c < '0' || c > '9') {
            return false;
        }
        value = value * 10 + (c - '0');
    }
    return value <= 65535;
}

} // namespace

std::optional<std::string> hostOfEndpoint(std::string_view url) {
    for (const Scheme& scheme : schemes) {
        if (url.substr(0, scheme.prefix.size()) != scheme.prefix) {
            continue;
        }
        const bool clean = std::all_of(url.begin(), url.end(), [](char c) { return c > ' ' && c < 127 && c != '\\'; });
        if (!clean) {
            return std::nullopt;
        }
        const std::string_view rest = url.substr(scheme.prefix.size());
        std::string authority(rest.substr(0, rest.find('/')));
        std::transform(authority.begin(), authority.end(), authority.begin(),
                       [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        const std::size_t bracket = authority.rfind(']');
        const std::size_t colon = authority.find(':', bracket == std::string::npos ? 0 : bracket);
        const std::string host = authority.substr(0, colon);
        const std::string port = colon == std::string::npos ? std::string(scheme.port) : authority.substr(colon + 1);
        const bool fits = (isHostName(host) || isIpv6(host)) && isPort(port) && (!scheme.plain || isLoopback(host));
        return fits ? std::optional(host + ":" + port) : std::nullopt;
    }
    return std::nullopt;
}

} // namespace sealwright
