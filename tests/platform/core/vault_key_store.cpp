#include "tests/platform/core/vault_key_store.h"

#include "app/s3/signature.h"
#include "crypto/base/b64.h"
#include "crypto/base/control_json.h"

namespace sealwright::platform {

using crypto::Json;
using crypto::JsonObject;

namespace {

/// The JSON as bytes to send; the text in between is wiped. Whoever made them wipes them.
QByteArray bodyOf(const Json& json) {
    auto text = crypto::writeControlJson(json);
    QByteArray body(text.data(), static_cast<qsizetype>(text.size()));
    crypto::wipe(text);
    return body;
}

void wipe(QByteArray& bytes) {
    crypto::wipe({reinterpret_cast<Byte*>(bytes.data()), static_cast<std::size_t>(bytes.size())});
}

/// The member behind a path of names: "data", "data", "key".
const Json* memberOf(const Json& json, std::initializer_list<const char*> names) {
    const Json* at = &json;
    for (const auto* name : names)
        at = at ? at->find(name) : nullptr;
    return at;
}

} // namespace

VaultKeyStore::VaultKeyStore(net::NetworkThread& network, VaultAddress address)
    : m_network(network), m_address(std::move(address)) {}

Outcome<net::Answer> VaultKeyStore::send(const char* verb, const std::string& path, const QByteArray& body) {
    net::Request request;
    request.verb = verb;
    request.url = QUrl::fromEncoded(QByteArray::fromStdString(m_address.url + "/v1/" + path), QUrl::StrictMode);
    request.inactivity = std::chrono::seconds(10);
    if (!m_token.empty())
        request.headers.emplace_back("X-Vault-Token", QByteArray::fromStdString(std::string(asText(m_token.reveal()))));
    if (!body.isEmpty())
        request.headers.emplace_back("Content-Type", "application/json");
    request.body = body;
    return m_network.call(request, Cancel());
}

/// What logging in and renewing have in common: the answer has a token and how long it lives.
Outcome<void> VaultKeyStore::takeToken(const char* path, QByteArray body) {
    auto answer = send("POST", path, body);
    wipe(body);
    if (!answer)
        return answer.failed();
    if (!answer->good())
        return fail(Code::PlatformFailed);
    const auto json =
        crypto::parseControlJson({answer->body.constData(), static_cast<std::size_t>(answer->body.size())});
    const auto *token = json ? memberOf(*json, {"auth", "client_token"}) : nullptr,
               *life = json ? memberOf(*json, {"auth", "lease_duration"}) : nullptr;
    if (!token || !token->string() || !life || !life->integer())
        return fail(Code::PlatformAnswerInvalid);
    m_token = crypto::SecretBytes(asBytes(*token->string()));
    m_renewFrom = now() + *life->integer() / 2;
    m_ends = now() + *life->integer();
    wipe(answer->body);
    return {};
}

Outcome<void> VaultKeyStore::logIn() {
    m_token.wipe();
    m_token = {};
    return takeToken("auth/approle/login", bodyOf(JsonObject{{"role_id", m_address.roleId},
                                                             {"secret_id", asText(m_address.secretId.reveal())}}));
}

Outcome<void> VaultKeyStore::freshToken() {
    if (!m_token.empty() && now() < m_renewFrom)
        return {};
    if (!m_token.empty() && now() < m_ends && takeToken("auth/token/renew-self", bodyOf(JsonObject{})).ok())
        return {};
    return logIn();
}

Outcome<net::Answer> VaultKeyStore::call(const char* verb, const std::string& id, const QByteArray& body) {
    if (auto token = freshToken(); !token)
        return token.failed();
    const auto path = m_address.mount + "/data/" + m_address.path + "/" + s3::encodePath(id);
    auto answer = send(verb, path, body);
    if (!answer || answer->status != 403)
        return answer;
    if (auto token = logIn(); !token) // the token was revoked, or Vault began anew
        return token.failed();
    return send(verb, path, body);
}

Outcome<void> VaultKeyStore::put(const std::string& id, const crypto::SecretBytes& key) {
    auto body = bodyOf(JsonObject{{"options", JsonObject{{"cas", 0}}},
                                  {"data", JsonObject{{"key", crypto::b64Encode(key.reveal())}}}});
    const auto answer = call("POST", id, body);
    wipe(body);
    if (!answer)
        return answer.failed();
    return answer->good() ? Outcome<void>() : fail(Code::PlatformFailed);
}

Outcome<std::optional<crypto::SecretBytes>> VaultKeyStore::get(const std::string& id) {
    auto answer = call("GET", id, {});
    if (!answer)
        return answer.failed();
    if (answer->status == 404)
        return std::optional<crypto::SecretBytes>();
    if (!answer->good())
        return fail(Code::PlatformFailed);
    const auto json =
        crypto::parseControlJson({answer->body.constData(), static_cast<std::size_t>(answer->body.size())});
    const auto* text = json ? memberOf(*json, {"data", "data", "key"}) : nullptr;
    auto bytes = text && text->string() ? crypto::b64Decode(*text->string()) : crypto::fail(crypto::Error::BadEncoding);
    wipe(answer->body);
    if (!bytes)
        return fail(Code::PlatformAnswerInvalid);
    crypto::SecretBytes key(*bytes);
    crypto::wipe(*bytes);
    return std::optional(std::move(key));
}

} // namespace sealwright::platform
