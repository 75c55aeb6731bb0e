#pragma once
#include "models/ports/feedback.h"
#include "models/tasks/services.h"

#include <chrono>

namespace sealwright {

/// What jobs log in with at their brokers: what they came with, and new logins from the platform when those are about
/// to end, or the broker has refused them. One thread at a time.
class BrokerLogins {
public:
    explicit BrokerLogins(const Services& services) : m_services(services) {} ///< borrowed

    /// The job as it was accepted, where its record is not kept yet.
    void know(const Job& job) { m_jws[job.jobId] = job.jws; }
    /// The one to use now; until the next call it stays. JobInvalid where the job has none; fails as the ledger and the
    /// secret store do.
    Outcome<const BrokerLogin*> current(const std::string& jobId, const Cancel& cancel);
    /// The broker has refused that one: another, or null where the platform has none now.
    const BrokerLogin* insteadOfCurrent(const std::string& jobId, const Cancel& cancel);

private:
    struct Known {
        Job job;
        BrokerLogin login;
        std::optional<Instant> expires;
        std::optional<std::chrono::steady_clock::time_point> tried; ///< to renew it
    };
    Outcome<Known*> find(const std::string& jobId);
    bool renew(Known& known, const Cancel& cancel); ///< whether there is another now

    const Services& m_services;
    std::map<std::string, std::string> m_jws;
    std::map<std::string, Known> m_known;
};

} // namespace sealwright
