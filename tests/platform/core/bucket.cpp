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

Outcome<std::optional<net::Answer>> Bucket::look(const char* verb, const std::string& object) {
    auto answer = call(verb, object, {}, nullptr);
    if (!answer)
        return answer.failed();
    if (answer->status == 404)
        return std::optional<net::Answer>();
    if (!answer->good())
        return fail(Code::PlatformFailed);
    return std::optional(std::move(*answer));
}

Outcome<std::optional<std::string>> Bucket::get(const std::string& object) {
    const auto answer = look("GET", object);
    if (!answer)
        return answer.failed();
    return *answer ? std::optional((*answer)->body.toStdString()) : std::nullopt;
}

Outcome<std::optional<std::uint64_t>> Bucket::sizeOf(const std::string& object) {
    const auto answer = look("HEAD", object);
    if (!answer)
        return answer.failed();
    return *answer ? std::optional<std::uint64_t>((*answer)->header("Content-Length").toULongLong()) : std::nullopt;
}

std::string Bucket::urlToRead(const std::string& object) const {
    return presign(m_storage, "GET", m_name, object, 3600, sealwright::now());
}

} // namespace sealwright::platform
