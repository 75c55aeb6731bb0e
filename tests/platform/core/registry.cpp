#include "tests/platform/core/registry.h"

#include "tests/platform/core/identity.h"

namespace sealwright::platform {

namespace {

constexpr const char* selectMachines = "SELECT id, name, keys, revoked FROM machines ";

std::optional<Machine> machineOf(const QList<Database::Row>& rows) {
    if (rows.isEmpty())
        return std::nullopt;
    const auto& row = rows.first();
    const auto json = crypto::parseControlJson(textOf(row[2]));
    if (!json)
        return std::nullopt;
    const auto keys = crypto::jwkSetFromJson(*json);
    if (!keys || keys->enc.empty() || keys->sig.empty())
        return std::nullopt;
    return Machine{textOf(row[0]), textOf(row[1]), keys->enc.front(), keys->sig.front(), row[3].toBool()};
}

} // namespace

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

std::optional<Machine> Registry::byToken(const std::string& accessToken) const {
    return machineOf(m_database.run(selectMachines + std::string("WHERE token_hash = ? AND revoked = 0"),
                                    {sqlText(sha256Hex(accessToken))}));
}

std::optional<Machine> Registry::byId(const std::string& id) const {
    return machineOf(m_database.run(selectMachines + std::string("WHERE id = ?"), {sqlText(id)}));
}

std::vector<Machine> Registry::all() const {
    std::vector<Machine> machines;
    for (const auto& row : m_database.run("SELECT id FROM machines ORDER BY nr"))
        if (auto machine = byId(textOf(row.first())))
            machines.push_back(std::move(*machine));
    return machines;
}

void Registry::revoke(const std::string& id) {
    m_database.run("UPDATE machines SET revoked = 1 WHERE id = ?", {sqlText(id)});
}

} // namespace sealwright::platform
