#pragma once
#include "app/net/network_thread.h"
#include "tests/platform/core/job_credentials.h"

namespace sealwright::platform {

/// Short-lived credentials for one job by STS AssumeRole (Version 2011-06-15), narrowed by a policy of their own to the
/// job's source, to read, and to its prefix, to write there, to read that back and to remove it. Blocks the platform's
/// thread.
class StsAccess : public StorageAccess {
public:
    /// `storage` is an ordinary user there, who may do all this himself; `seconds` is at least 900.
    StsAccess(net::NetworkThread& network, Storage storage, int seconds);

    /// PolicyInvalid where a name of the scope would mean more than itself in a policy; PlatformFailed where the store
    /// refuses; PlatformAnswerInvalid; what NetworkThread::call fails with.
    Outcome<StorageCredentials> forJob(const JobScope& scope) override;

private:
    net::NetworkThread& m_network;
    const Storage m_storage;
    const int m_seconds;
};

/// The inline policy, as JSON. Nothing where a name holds what policies give a meaning to (`*`, `?`, `$`).
std::optional<std::string> policyFor(const JobScope& scope);

} // namespace sealwright::platform
