#include "app/net/request_head.h"

#include "app/net/authority.h"

#include <algorithm>

namespace sealwright::net {

namespace {

constexpr const char* usualType = "application/octet-stream";

bool staysInItsLine(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

bool staysInItsLine(const QByteArray& bytes) {
    return staysInItsLine(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

std::string_view textOf(const crypto::SecretBytes& secret) {
    const auto bytes = secret.reveal();
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// RFC 9112 §3.2.1, as it stands in the URL.
QByteArray target(const QUrl& url) {
    QByteArray target = url.path(QUrl::FullyEncoded).toLatin1();
    if (target.isEmpty())
        target = "/";
    if (url.hasQuery())
        target += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    return target;
}

} // namespace

QByteArray requestHead(const Request& request, std::uint64_t length) {
    const bool typed = std::any_of(request.headers.begin(), request.headers.end(), [](const auto& header) {
        return header.first.compare("Content-Type", Qt::CaseInsensitive) == 0;
    });
    Headers headers{{"Host", QByteArray::fromStdString(hostHeader(request.url))},
                    {"Content-Length", QByteArray::number(static_cast<qulonglong>(length))},
                    {"User-Agent", "sealwright/" SEALWRIGHT_VERSION},
                    {"Accept-Encoding", "identity"},
                    {"Accept-Language", "en"}};
    if (!typed)
        headers.emplace_back("Content-Type", usualType);
    headers.insert(headers.end(), request.headers.begin(), request.headers.end());

    QByteArray head = request.verb + ' ' + target(request.url) + " HTTP/1.1\r\n";
    for (const auto& [name, value] : headers) {
        if (!staysInItsLine(name) || !staysInItsLine(value))
            return {};
        head += name + ": " + value + "\r\n";
    }
    qsizetype secrets = 0;
    for (const auto& [name, value] : request.secretHeaders) {
        if (!staysInItsLine(name) || !staysInItsLine(textOf(*value)))
            return {};
        secrets += name.size() + static_cast<qsizetype>(value->size()) + 4;
    }
    head.reserve(head.size() + secrets + 2); // no secret is left behind by growing
    for (const auto& [name, value] : request.secretHeaders) {
        const std::string_view text = textOf(*value);
        head.append(name).append(": ").append(text.data(), static_cast<qsizetype>(text.size())).append("\r\n");
    }
    return head.append("\r\n");
}

} // namespace sealwright::net
