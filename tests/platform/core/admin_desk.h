#pragma once
#include "tests/platform/core/identity.h"
#include "tests/platform/core/job_maker.h"
#include "tests/platform/core/job_store.h"
#include "tests/platform/core/registry.h"
#include "tests/platform/core/reply.h"
#include "tests/platform/core/service.h"

#include <deque>

namespace sealwright::platform {

/// What tests steer, on paths below /admin/ and with a token of its own. No part of the contract.
///
///     POST /admin/invitations        {"expires_in"?}                                     → {"invitation": text}
///     GET  /admin/machines                                                               → {"machines": [{machine_id,
///     name}]} POST /admin/machines/ID/revoke · /admin/machines/ID/reinstate · /admin/rotate-key POST /admin/jobs
///     {machine_id, name, policy, source, bucket, prefix, purpose?, recipients?, join_key?, feedback?,
///                                     issued_in?, expires_in?}                           → {job_id, job}
///     GET  /admin/jobs/ID/events                                                         → {"events": [body …],
///     "state"} POST /admin/jobs/ID/expire · /admin/jobs/ID/cancel POST /admin/faults             {"path", "status",
///     "times", "retry_after"?, "after"?}: the next calls of paths that begin so
///                                     get this status (0: the connection is cut), after they were carried out where
///                                     "after" is true
///     POST /admin/broker-login           {"user", "password"}: as whom machines publish from now on
///     POST /admin/faults/end                                                             no faults any more
class AdminDesk {
public:
    AdminDesk(Registry& registry, JobStore& jobs, JobMaker& maker, std::string token,
              std::function<std::string(Instant)> invitation, std::function<bool()> changeKey,
              std::function<void(BrokerLogin)> useBroker);

    static bool isFor(const Incoming& call) { return call.path.rfind("/admin/", 0) == 0; }
    Reply answer(const Incoming& call);

    /// Wraps an ordinary call in the faults asked for.
    Reply withFaults(const Incoming& call, const std::function<Reply()>& carryOut);

private:
    struct Fault {
        std::string path;
        int status, times;
        std::optional<int> retryAfter;
        bool after;
    };
    Reply makeJob(const crypto::Json& body);
    Reply aboutJob(const std::string& id, const std::string& what);
    Reply addFault(const crypto::Json& body);
    Reply machines() const;

    Registry& m_registry;
    JobStore& m_jobs;
    JobMaker& m_maker;
    const std::string m_token;
    std::function<std::string(Instant)> m_invitation;
    std::function<bool()> m_changeKey;
    std::function<void(BrokerLogin)> m_useBroker;
    std::deque<Fault> m_faults;
};

} // namespace sealwright::platform
