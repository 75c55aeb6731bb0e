#pragma once
#include "crypto/keys/public_keys.h"
#include "models/domain/policy.h"
#include "models/domain/registration.h"
#include "models/ports/job_api.h"
#include "models/ports/outbox.h"
#include "models/ports/upload.h"

#include <map>

// What the program remembers, in one file of its profile. Never a secret. Safe on any thread and for two processes at
// once; all failures are ProfileFailed.
namespace sealwright {

/// That a key was made here: a read that finds none is then a loss or a lock, never a reason for a new one.
struct KeyRecord {
    std::string kid;
    bool signing = false;
    Instant made = 0;
    std::string place;
    std::string publicJwk;  ///< JSON
    std::string entry = {}; ///< in the secret store: empty, or the kid, for keys that a rotation made
};

struct PinnedRegistration {
    Registration registration;
    std::string machineName;
    std::string platformName; ///< the owner's name for it; else the host of its URL
    std::string caPem, caSha256;
    Instant registeredAt = 0;
};

/// A job as this machine has dealt with it.
struct JobRecord {
    std::string jobId;
    std::string jwsSha256; ///< hex; another JWS with the same id is a replay
    JobState state = JobState::Pending;
    Instant expires = 0, changed = 0;
    std::uint64_t lastSequence = 0;        ///< of its events; given by the outbox, never lowered by rememberJob()
    std::string failureCode;               ///< stable id, where it failed
    std::string inputPath;                 ///< the owner's file, for a local source
    std::optional<std::string> policyJson; ///< the owner's choice of fields
    std::string jws;                       ///< as it was taken up; its secrets are sealed for this machine
    /// The outbox still has the event that says how the job ended. Read only: it follows from the outbox.
    bool reportPending = false;
};

/// What was sent, as the receipt page shows it.
struct Receipt {
    std::string jobId, jobName, platformName;
    Instant finished = 0;
    std::string bucket, object;
    std::uint64_t size = 0, records = 0, values = 0, compared = 0;
    std::string sha256, digest;
    std::vector<std::string> canOpen;  ///< kids; names come from the address book
    std::vector<std::string> readable; ///< field paths
    std::string signerKid;
    std::uint64_t fields = 0;
    bool reportPending = false; ///< the platform has not heard yet that it is done; read only, as a job's
};

struct AddressEntry {
    std::string name, kid;
    bool signing = false;
    std::string jwk; ///< JSON
    Instant since = 0;
    std::string from; ///< "registration", or what the owner wrote: "file, compared by phone"
};

class Ledger {
public:
    virtual ~Ledger() = default;

    /// Those in use.
    virtual Outcome<std::vector<KeyRecord>> keys() = 0;
    /// All of them or none.
    virtual Outcome<void> rememberKeys(const std::vector<KeyRecord>& keys) = 0;
    /// Those of before a rotation, newest first: they open what was sealed for them, and do nothing else.
    virtual Outcome<std::vector<KeyRecord>> formerKeys() = 0;
    virtual Outcome<void> rememberFormerKeys(const std::vector<KeyRecord>& keys) = 0;
    /// Those of a rotation under way: nothing uses them yet.
    virtual Outcome<std::vector<KeyRecord>> nextKeys() = 0;
    /// In place of whatever was next; all of them or none. No keys: there is no rotation under way.
    virtual Outcome<void> rememberNextKeys(const std::vector<KeyRecord>& keys) = 0;
    /// The moment of a rotation, all of it or nothing: the next keys are in use, those in use are former ones, the
    /// registration is this one (where there is one), and there is no recovery kit yet. Nothing happens, and that is
    /// ProfileFailed, where there are no next keys.
    virtual Outcome<void> takeNextKeys(const std::optional<PinnedRegistration>& registration) = 0;
    virtual Outcome<std::optional<Instant>> recoveryKitMade() = 0;
    virtual Outcome<void> rememberRecoveryKit(Instant when) = 0;

    virtual Outcome<std::optional<PinnedRegistration>> registration() = 0;
    virtual Outcome<void> rememberRegistration(const PinnedRegistration& registration) = 0;

    virtual Outcome<std::vector<JobRecord>> jobs() = 0;
    virtual Outcome<std::optional<JobRecord>> job(const std::string& jobId) = 0;
    virtual Outcome<void> rememberJob(const JobRecord& job) = 0;

    virtual Outbox& outbox() = 0;   ///< lives as long as the ledger
    virtual Uploads& uploads() = 0; ///< the same

    virtual Outcome<std::vector<Receipt>> receipts() = 0; ///< newest first

    virtual Outcome<std::vector<AddressEntry>> addresses() = 0;
    virtual Outcome<void> addAddress(const AddressEntry& entry) = 0;
    virtual Outcome<void> removeAddress(const std::string& kid) = 0;

    virtual Outcome<std::optional<std::string>> setting(const std::string& name) = 0;
    virtual Outcome<void> setSetting(const std::string& name, const std::string& value) = 0;
};

} // namespace sealwright
