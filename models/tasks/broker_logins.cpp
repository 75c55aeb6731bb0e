#include "models/tasks/broker_logins.h"

#include "models/tasks/opening_keys.h"
#include "models/tasks/renewed_secrets.h"

namespace sealwright {

namespace {

/// Of the broker's part alone nobody says when it ends: what is renewed, is renewed with all of them.
std::optional<Instant> endOf(const JobSecrets& secrets) {
    return secrets.expires ? secrets.expires : secrets.storage.expires;
}

bool isSame(const BrokerLogin& login, const JobSecrets& secrets) {
    return login.user == secrets.amqpUser &&
           crypto::equalConstantTime(login.password.reveal(), secrets.amqpPassword.reveal());
}

} // namespace

Outcome<const BrokerLogin*> BrokerLogins::current(const std::string& jobId, const Cancel& cancel) {
    const auto known = find(jobId);
    if (!known)
        return known.failed();
    Known& found = **known;
    const bool ending = found.expires && *found.expires - now() < renewedAhead;
    if (ending && (!found.tried || std::chrono::steady_clock::now() - *found.tried >= betweenRenewals))
        (void)renew(found, cancel);
    return &found.login;
}

const BrokerLogin* BrokerLogins::insteadOfCurrent(const std::string& jobId, const Cancel& cancel) {
    const auto known = find(jobId);
    return known && renew(**known, cancel) ? &(*known)->login : nullptr;
}

bool BrokerLogins::renew(Known& known, const Cancel& cancel) {
    known.tried = std::chrono::steady_clock::now();
    const auto registration = m_services.ledger->registration();
    if (!registration || !*registration)
        return false;
    const auto keys = loadKeysFor(m_services, known.job);
    if (!keys)
        return false;
    auto secrets = renewedSecrets(m_services, known.job, (*registration)->registration.keys.sig, *keys, cancel);
    if (!secrets || secrets->amqpUser.empty())
        return false;
    known.expires = endOf(*secrets);
    if (isSame(known.login, *secrets))
        return false;
    known.login = {std::move(secrets->amqpUser), std::move(secrets->amqpPassword)};
    return true;
}

Outcome<BrokerLogins::Known*> BrokerLogins::find(const std::string& jobId) {
    if (const auto known = m_known.find(jobId); known != m_known.end())
        return &known->second;
    std::string& jws = m_jws[jobId];
    if (jws.empty()) {
        const auto record = m_services.ledger->job(jobId);
        if (!record)
            return record.failed();
        if (*record)
            jws = (*record)->jws;
    }
    auto job = readKeptJob(jws);
    if (!job)
        return job.failed();
    const auto keys = loadKeysFor(m_services, *job);
    if (!keys)
        return keys.failed();
    auto secrets = openJobSecrets(*job, keys->opening());
    if (!secrets)
        return secrets.failed();
    if (secrets->amqpUser.empty())
        return fail(Failure(Code::JobInvalid, {"secrets.amqp"}));
    Known known{std::move(*job), {secrets->amqpUser, std::move(secrets->amqpPassword)}, endOf(*secrets), std::nullopt};
    return &m_known.emplace(jobId, std::move(known)).first->second;
}

} // namespace sealwright
