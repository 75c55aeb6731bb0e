#include "tests/platform/core/bucket.h"

namespace sealwright::platform {

Bucket::Bucket(net::NetworkThread& network, Storage storage, std::string name)
    : m_network(network), m_storage(std::move(storage)), m_name(std::move(name)) {}

Outcome<net::Answer> Bucket::call(const char* verb, const std::string& object, const std::string& body,
                                  const char* contentType) {
    net::Request request;
    request.verb = verb;
    request.url = QUrl::fromEncoded(
        QByteArray::fromStdString(presign(m_storage, verb, m_name, object, 600, sealwright::now())), QUrl::StrictMode);
    request.body = QByteArray::fromStdString(body);
    request.maxAnswer = net::largeAnswer;
    if (contentType)
        request.headers.emplace_back("Content-Type", contentType);
    return m_network.call(request, Cancel());
}

bool Bucket::make() {
    const auto answer = call("PUT", {}, {}, nullptr);
    return answer && (answer->good() || answer->status == 409); // 409: it is there, and ours
}

bool Bucket::put(const std::string& object, const std::string& bytes, const char* contentType) {
    const auto answer = call("PUT", object, bytes, contentType);
    return answer && answer->good();
}

std::optional<std::string> Bucket::get(const std::string& object) {
    const auto answer = call("GET", object, {}, nullptr);
    return answer && answer->good() ? std::optional(answer->body.toStdString()) : std::nullopt;
}

std::optional<std::uint64_t> Bucket::sizeOf(const std::string& object) {
    const auto answer = call("HEAD", object, {}, nullptr);
    return answer && answer->good() ? std::optional<std::uint64_t>(answer->header("Content-Length").toULongLong())
                                    : std::nullopt;
}

std::string Bucket::urlToRead(const std::string& object) const {
    return presign(m_storage, "GET", m_name, object, 3600, sealwright::now());
}

} // namespace sealwright::platform
