#include "tests/platform/core/registry.h"

#include "tests/platform/core/identity.h"

#include <algorithm>

namespace sealwright::platform {

namespace {

constexpr const char* selectMachines = "SELECT id, name, keys, revoked FROM machines ";

std::optional<crypto::JwkSet> keysIn(const QVariant& text) {
    const auto json = crypto::parseControlJson(textOf(text));
    if (!json)
        return std::nullopt;
    auto keys = crypto::jwkSetFromJson(*json);
    return keys && !keys->enc.empty() && !keys->sig.empty() ? std::optional(std::move(*keys)) : std::nullopt;
}

std::optional<Machine> machineOf(const QList<Database::Row>& rows) {
    if (rows.isEmpty())
        return std::nullopt;
    const auto& row = rows.first();
    const auto keys = keysIn(row[2]);
    if (!keys)
        return std::nullopt;
    return Machine{textOf(row[0]), textOf(row[1]), keys->enc.front(), keys->sig.front(), row[3].toBool()};
}

} // namespace

std::vector<std::string> Machine::encKids() const {
    std::vector<std::string> kids{enc.kid};
    for (const auto& keys : former)
        kids.push_back(keys.enc.front().kid);
    return kids;
}

std::vector<crypto::VerificationKey> Machine::signers() const {
    std::vector<crypto::VerificationKey> signers{sig};
    for (const auto& keys : former)
        signers.push_back(keys.sig.front());
    return signers;
}

Registry::Registry(Database& database) : m_database(database) {}

std::string Registry::invite(Instant expires) {
    auto token = freshToken();
    m_database.run("INSERT INTO invitations (token_hash, expires) VALUES (?, ?)",
                   {sqlText(sha256Hex(token)), qlonglong(expires)});
    return token;
}

Registry::Invited Registry::invited(const std::string& token, Instant now) const {
    const auto rows = m_database.run("SELECT expires FROM invitations WHERE token_hash = ? AND used_by IS NULL",
                                     {sqlText(sha256Hex(token))});
    if (rows.isEmpty())
        return Invited::Unknown;
    return rows.first().first().toLongLong() <= now ? Invited::Expired : Invited::Good;
}

Machine Registry::add(const std::string& name, const crypto::JwkSet& keys, const std::string& invitationToken,
                      const std::string& accessToken) {
    Machine machine{freshUuid(), name, keys.enc.front(), keys.sig.front()};
    Database::Transaction transaction(m_database);
    m_database.run("INSERT INTO machines (id, nr, name, keys, token_hash, registered) VALUES (?, (SELECT "
                   "COALESCE(MAX(nr), 0) + 1 FROM machines), ?, ?, ?, ?)",
                   {sqlText(machine.id), sqlText(name), sqlText(crypto::writeControlJson(crypto::toJson(keys))),
                    sqlText(sha256Hex(accessToken)), qlonglong(now())});
    m_database.run("UPDATE invitations SET used_by = ? WHERE token_hash = ?",
                   {sqlText(machine.id), sqlText(sha256Hex(invitationToken))});
    transaction.commit();
    return machine;
}

std::optional<Machine> Registry::found(const char* where, const std::string& value) const {
    auto machine = machineOf(m_database.run(selectMachines + std::string(where), {sqlText(value)}));
    if (!machine)
        return std::nullopt;
    for (const auto& row :
         m_database.run("SELECT keys FROM former_keys WHERE machine_id = ? ORDER BY nr DESC", {sqlText(machine->id)}))
        if (auto keys = keysIn(row.first()))
            machine->former.push_back(std::move(*keys));
    return machine;
}

std::optional<Machine> Registry::byToken(const std::string& accessToken) {
    const auto hash = sha256Hex(accessToken);
    putIntoForce(hash);
    return found("WHERE token_hash = ?", hash);
}

void Registry::putIntoForce(const std::string& tokenHash) {
    const auto rows =
        m_database.run("SELECT machine_id, keys FROM rotations WHERE token_hash = ?", {sqlText(tokenHash)});
    if (rows.isEmpty())
        return;
    const auto& id = rows.first()[0];
    Database::Transaction transaction(m_database);
    m_database.run("INSERT INTO former_keys (machine_id, nr, keys) SELECT id, (SELECT COALESCE(MAX(nr), 0) + 1 FROM "
                   "former_keys WHERE machine_id = machines.id), keys FROM machines WHERE id = ?",
                   {id});
    m_database.run("UPDATE machines SET keys = ?, token_hash = ? WHERE id = ?",
                   {rows.first()[1], sqlText(tokenHash), id});
    m_database.run("DELETE FROM rotations WHERE machine_id = ?", {id});
    transaction.commit();
}

void Registry::rotate(const std::string& id, const crypto::JwkSet& keys, const std::string& accessToken) {
    m_database.run(
        "INSERT INTO rotations (token_hash, machine_id, keys) VALUES (?, ?, ?)",
        {sqlText(sha256Hex(accessToken)), sqlText(id), sqlText(crypto::writeControlJson(crypto::toJson(keys)))});
}

Instant Registry::issue(const std::string& id, Instant earliest) {
    const auto rows = m_database.run("SELECT issued FROM machines WHERE id = ?", {sqlText(id)});
    const Instant last = rows.isEmpty() ? 0 : rows.first().first().toLongLong();
    const Instant issued = std::max(earliest, last + 1);
    m_database.run("UPDATE machines SET issued = ? WHERE id = ?", {qlonglong(issued), sqlText(id)});
    return issued;
}

std::optional<Machine> Registry::byId(const std::string& id) const {
    return found("WHERE id = ?", id);
}

std::vector<Machine> Registry::all() const {
    std::vector<Machine> machines;
    for (const auto& row : m_database.run("SELECT id FROM machines ORDER BY nr"))
        if (auto machine = byId(textOf(row.first())))
            machines.push_back(std::move(*machine));
    return machines;
}

void Registry::revoke(const std::string& id, bool revoked) {
    m_database.run("UPDATE machines SET revoked = ? WHERE id = ?", {revoked ? 1 : 0, sqlText(id)});
}

} // namespace sealwright::platform
