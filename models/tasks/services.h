#pragma once
#include "models/ports/feedback.h"
#include "models/ports/job_api.h"
#include "models/ports/ledger.h"
#include "models/ports/object_store.h"
#include "models/ports/secret_store.h"

#include <functional>
#include <memory>
#include <optional>

namespace sealwright {

/// The outside world as every task sees it; made once by the program's composition, shared by all. The members are safe
/// on any thread.
struct Services {
    std::shared_ptr<JobApi> api;
    std::shared_ptr<ObjectStore> store;
    std::shared_ptr<SecretStore> secrets;
    std::shared_ptr<Ledger> ledger;
    std::shared_ptr<Feedback> toPlatform, toBroker; ///< the two ways that events go
    /// For sealed temporary files; exists, mode 0700. This process's own: it goes when the process does, and by that
    /// others of the same profile know; while it lives it has a lock (flock) on it.
    std::string spoolFolder;
    unsigned threads = 0;                               ///< 0: as many as the machine has
    std::optional<Failure> spoolTrouble = std::nullopt; ///< why the folder that the owner chose is not in use
    /// For finished sealed files on their way to the store, which outlive the process; exists, mode 0700, on the same
    /// file system as spoolFolder. All processes of the profile share it.
    std::string keptFolder = {};
    /// Passes that may go on at the same time in this process: each takes its share of threads and memory.
    unsigned sideBySide = 1;
    /// Most bytes a second that all data this process sends and fetches take together, from now on, for what is under
    /// way too; 0: no limit. On any thread.
    std::function<void(std::uint64_t)> limitTransfers = [](std::uint64_t) {};
};

/// Who signs what this machine accepts, and how a kid is called here.
struct KnownKeys {
    std::vector<crypto::VerificationKey> signers; ///< this machine, pinned platform keys, address book, extra
    std::map<std::string, std::string> names; ///< kid → the owner's own name for it ("this machine" is empty text)
    std::string ownEncKid, ownSigKid;         ///< empty where this machine has no keys
};
/// Needs no secret: public halves come from the ledger.
Outcome<KnownKeys> knownKeys(const Services& services);

/// "sealwright/0.1.0"
std::string toolName();

} // namespace sealwright
