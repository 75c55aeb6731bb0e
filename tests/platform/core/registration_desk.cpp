#include "tests/platform/core/registration_desk.h"

#include "crypto/base/b64.h"
#include "crypto/jose/jws.h"
#include "crypto/keys/derive.h"
#include "models/domain/registration.h"

#include <algorithm>

namespace sealwright::platform {

using crypto::Json;
using crypto::JsonObject;

namespace {

constexpr Instant challengeLife = 300;

std::optional<Reply> refusedInvitation(Registry::Invited invited) {
    if (invited == Registry::Invited::Good)
        return std::nullopt;
    return problem(invited == Registry::Invited::Expired ? "invitation.expired" : "invitation.unknown");
}

/// The challenge that a proof speaks of, taken before its signature can be checked.
std::optional<std::string> challengeIdIn(const std::string& jws) {
    const auto first = jws.find('.'), second = jws.find('.', first + 1);
    if (second == std::string::npos)
        return std::nullopt;
    const auto bytes = crypto::b64Decode(std::string_view(jws).substr(first + 1, second - first - 1));
    if (!bytes)
        return std::nullopt;
    const auto payload = crypto::parseControlJson(asText(*bytes));
    const auto* id = payload ? payload->find("challenge_id") : nullptr;
    return id && id->string() ? std::optional(*id->string()) : std::nullopt;
}

} // namespace

RegistrationDesk::RegistrationDesk(const Identity& identity, Registry& registry,
                                   std::function<void(const Machine&)> registered)
    : m_identity(identity), m_registry(registry), m_registered(std::move(registered)) {}

Reply RegistrationDesk::begin(const Json& body) {
    const auto& token = *body.find("token")->string();
    auto rotating = m_registry.byToken(token);
    if (rotating && rotating->revoked)
        return problem("machine.revoked");
    if (!rotating)
        if (auto refused = refusedInvitation(m_registry.invited(token, now())))
            return *refused;
    auto keys = crypto::jwkSetFromJson(*body.find("keys"));
    if (!keys || keys->enc.size() != 1 || keys->sig.size() != 1)
        return problem("keys.refused");
    Open open{crypto::freshDek(),    std::move(*keys),   *body.find("name")->string(), token,
              now() + challengeLife, std::move(rotating)};
    const auto wrapped = crypto::wrapKey(open.secret, open.keys.enc.front());
    if (!wrapped)
        return problem("keys.refused");
    const auto id = freshUuid();
    m_open.insert_or_assign(id, std::move(open));
    return {201,
            JsonObject{{"challenge_id", id}, {"challenge", *wrapped}, {"keys", crypto::toJson(m_identity.keys())}},
            {}};
}

Reply RegistrationDesk::finish(const Json& body) {
    const auto& proof = *body.find("proof")->string();
    const auto id = challengeIdIn(proof);
    const auto found = id ? m_open.find(*id) : m_open.end();
    if (found == m_open.end() || found->second.expires < now())
        return problem("challenge.unknown");
    const auto& open = found->second;
    if (!open.rotating)
        if (auto refused = refusedInvitation(m_registry.invited(open.token, now())))
            return *refused;
    const auto checked =
        checkProof(proof, open.keys.sig.front(), open.keys.enc.front().kid, m_identity.url, *id, open.secret, now());
    if (!checked) {
        m_open.erase(found); // one try a challenge
        return problem("proof.refused");
    }
    if (open.rotating) {
        auto reply = rotate(open, body);
        m_open.erase(found);
        return reply;
    }
    const auto accessToken = freshToken();
    const auto machine = m_registry.add(open.name, open.keys, open.token, accessToken);
    m_open.erase(found);
    m_registered(machine);
    return registration(machine, accessToken);
}

Reply RegistrationDesk::rotate(const Open& open, const Json& body) {
    // As it is now: another rotation may have come in between.
    const auto machine = m_registry.byId(open.rotating->id);
    if (!machine || machine->revoked)
        return problem("machine.revoked");
    const auto* old = body.find("old_proof");
    if (!old || !checkOldProof(*old->string(), *body.find("proof")->string(), machine->sig, open.keys.sig.front()))
        return problem("proof.refused", "old_proof");
    const auto accessToken = freshToken();
    m_registry.rotate(machine->id, open.keys, accessToken);
    return registration(*machine, accessToken);
}

std::string RegistrationDesk::statement(const std::string& machineId, std::size_t changes, std::size_t signedAfter,
                                        Instant issued) const {
    crypto::JsonArray hosts;
    for (const auto& host : m_identity.hosts)
        hosts.emplace_back(host);
    const Json document = JsonObject{{"format", "sealwright-registration/1"},
                                     {"machine_id", machineId},
                                     {"platform", m_identity.url},
                                     {"keys", crypto::toJson(m_identity.keysAt(changes))},
                                     {"hosts", std::move(hosts)},
                                     {"issued", toRfc3339(issued)}};
    return crypto::signJws("sealwright-registration", crypto::writeControlJson(document),
                           m_identity.keyAt(signedAfter));
}

Reply RegistrationDesk::registration(const Machine& machine, const std::string& accessToken) {
    const auto changes = m_identity.former.size();
    const auto earliest = changes == 0 ? now() : std::max(now(), m_identity.former.back().until + 1);
    const auto jws = statement(machine.id, changes, changes, m_registry.issue(machine.id, earliest));
    return {201, JsonObject{{"registration", jws}, {"access_token", accessToken}}, {}};
}

Reply RegistrationDesk::statements(const Machine& machine) const {
    crypto::JsonArray list;
    for (std::size_t change = 0; change < m_identity.former.size(); ++change)
        list.emplace_back(statement(machine.id, change + 1, change, m_identity.former[change].until));
    return {200, JsonObject{{"registrations", std::move(list)}}, {}};
}

} // namespace sealwright::platform
