#pragma once
#include "app/net/http_retry.h"
#include "models/ports/job_api.h"
#include "models/ports/job_event.h"

namespace sealwright {

/// The platform's REST client, as resources/openapi/sealwright-platform.json has it. Every call is sent again on its
/// own a few times where no answer came or the platform said "not now"; changing ones carry an Idempotency-Key, an
/// event's being its event_id, so that nothing happens twice. Safe on several task threads at once.
///
/// Failures: Network… (facts: host), PlatformDenied (401, 403), MachineRevoked (403 that says so),
/// PlatformConflict (409), JobNotFound (404 of a job),
/// PlatformRejected (other 4xx), PlatformFailed (5xx, 429 to the end) — facts: the problem's code, or the status where
/// there is none, then its detail —, PlatformAnswerInvalid (facts: what), Cancelled.
class RestJobApi : public JobApi {
public:
    explicit RestJobApi(net::NetworkThread& network, net::Backoff backoff = {})
        : m_network(network), m_backoff(backoff) {}

    Outcome<Challenge> beginRegistration(const PlatformAccess& access, const std::string& invitationToken,
                                         const std::string& name, const crypto::JwkSet& keys,
                                         const Cancel& cancel) override;
    Outcome<Registered> finishRegistration(const PlatformAccess& access, const std::string& proofJws,
                                           const Cancel& cancel) override;
    Outcome<Challenge> beginRotation(const PlatformAccess& access, const std::string& name, const crypto::JwkSet& keys,
                                     const Cancel& cancel) override;
    Outcome<Registered> finishRotation(const PlatformAccess& access, const std::string& proofJws,
                                       const std::string& oldProofJws, const Cancel& cancel) override;
    Outcome<std::vector<std::string>> registrations(const PlatformAccess& access, const Cancel& cancel) override;
    Outcome<std::vector<JobEntry>> jobs(const PlatformAccess& access, const Cancel& cancel) override;
    Outcome<JobEntry> job(const PlatformAccess& access, const std::string& jobId, const Cancel& cancel) override;
    Outcome<std::string> renewedCredentials(const PlatformAccess& access, const std::string& jobId,
                                            const Cancel& cancel) override;
    Outcome<std::vector<ResultEntry>> results(const PlatformAccess& access, const Cancel& cancel) override;

    /// An event of a job: what RestFeedback does.
    Outcome<void> send(const PlatformAccess& access, const EventMessage& message, const Cancel& cancel);

private:
    struct Call;
    Outcome<crypto::Json> carryOut(const PlatformAccess& access, Call call, const Cancel& cancel) const;

    net::NetworkThread& m_network;
    const net::Backoff m_backoff;
};

} // namespace sealwright
