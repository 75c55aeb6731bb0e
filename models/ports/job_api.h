#pragma once
#include "models/domain/cancel.h"
#include "models/domain/job.h"
#include "models/domain/manifest.h"
#include "models/domain/registration.h"

// What the platform does for us (resources/openapi). All calls block the calling task thread until answered, cancelled
// or failed; none may be made on the GUI thread. Failures: Network…, Platform…, MachineRevoked,
// Cancelled.
namespace sealwright {

/// As the platform keeps it.
enum class JobState { Pending, Claimed, Running, Done, Failed, Declined, Cancelled, Returned };
std::string_view toText(JobState state); ///< "pending" …
std::optional<JobState> jobStateFromText(std::string_view text);

struct JobEntry {
    std::string jobId;
    JobState state = JobState::Pending;
    std::string jws; ///< to be judged by acceptJob() or readJob()
    Instant updated = 0;
};

struct ResultEntry {
    std::string resultId, name;
    Instant created = 0;
    std::string data, manifest, signature; ///< pre-signed URLs on hosts that the registration lists
};

/// Where the calls go and who makes them.
struct PlatformAccess {
    std::string url;
    crypto::SecretBytes accessToken;
    std::string caPem;    ///< empty: the system's
    std::string caSha256; ///< hex; empty: not pinned
    std::vector<std::string> hosts;
    PlatformAccess clone() const;
};

class JobApi {
public:
    virtual ~JobApi() = default;

    // Registration (FORMAT.md §10); access.accessToken is unused in the first two.
    virtual Outcome<Challenge> beginRegistration(const PlatformAccess& access, const std::string& invitationToken,
                                                 const std::string& name, const crypto::JwkSet& keys,
                                                 const Cancel& cancel) = 0;
    struct Registered {
        std::string registrationJws;
        crypto::SecretBytes accessToken;
    };
    virtual Outcome<Registered> finishRegistration(const PlatformAccess& access, const std::string& proofJws,
                                                   const Cancel& cancel) = 0;

    // Rotation of this machine's keys: the same exchange. The access token stands for the invitation's, and the old
    // signing key signs the same payload. Until the first call with the new token the platform goes by the old keys
    // and the old token; from then on those are former ones.
    virtual Outcome<Challenge> beginRotation(const PlatformAccess& access, const std::string& name,
                                             const crypto::JwkSet& keys, const Cancel& cancel) = 0;
    virtual Outcome<Registered> finishRotation(const PlatformAccess& access, const std::string& proofJws,
                                               const std::string& oldProofJws, const Cancel& cancel) = 0;
    /// What the platform states about itself: oldest first, each signed by a key that the one before it lists. To be
    /// judged by readUpdate().
    virtual Outcome<std::vector<std::string>> registrations(const PlatformAccess& access, const Cancel& cancel) = 0;

    virtual Outcome<std::vector<JobEntry>> jobs(const PlatformAccess& access, const Cancel& cancel) = 0;
    virtual Outcome<JobEntry> job(const PlatformAccess& access, const std::string& jobId, const Cancel& cancel) = 0;
    /// A `sealwright-credentials` JWS for a job under way, to be judged by readRenewedSecrets(). PlatformConflict where
    /// the job gets none any more.
    virtual Outcome<std::string> renewedCredentials(const PlatformAccess& access, const std::string& jobId,
                                                    const Cancel& cancel) = 0;
    virtual Outcome<std::vector<ResultEntry>> results(const PlatformAccess& access, const Cancel& cancel) = 0;
};

} // namespace sealwright
