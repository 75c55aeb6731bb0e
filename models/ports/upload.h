#pragma once
#include "models/domain/failure.h"
#include "models/domain/time.h"

// An upload in parts as something that outlives the process which began it.
namespace sealwright {

/// A part that the store has confirmed. It begins at (number - 1) * the upload's part size and is that long, but for
/// the last one.
struct UploadedPart {
    std::uint64_t number = 0; ///< from 1
    std::string etag;         ///< as the store wrote it
    std::string sha256;       ///< of its bytes, hex
    friend bool operator==(const UploadedPart&, const UploadedPart&) = default;
};

/// As far as an upload has come.
struct UploadState {
    std::string id; ///< the store's; empty: none has begun, as far as is known
    std::uint64_t partSize = 0;
    std::vector<UploadedPart> parts; ///< in any order
    friend bool operator==(const UploadState&, const UploadState&) = default;
};

/// Keeps an upload's state where the next process finds it. Called on the upload's threads, one call at a time; a
/// failure ends the upload.
class UploadJournal {
public:
    virtual ~UploadJournal() = default;
    /// What earlier calls left.
    virtual UploadState known() = 0;
    /// The store has begun a new upload; what was known is void.
    virtual Outcome<void> begun(const std::string& id, std::uint64_t partSize) = 0;
    virtual Outcome<void> sent(const UploadedPart& part) = 0;
};

/// A job's finished, checked and sealed file on its way to the store: all that another process needs to bring it there
/// and to report it, without sealing again.
struct UploadRecord {
    std::string jobId;
    bool givenUp = false;            ///< not to be gone on with; the store may still hold something of it
    std::string file;                ///< path of the sealed file; empty: there is none any more
    std::uint64_t size = 0;          ///< its bytes
    std::string sha256;              ///< of its bytes, hex
    std::string manifest, signature; ///< exact text
    std::string signerKid;
    std::uint64_t values = 0, compared = 0;
    Instant begun = 0;          ///< when the job was taken up
    std::string bucket, object; ///< where the data go
    UploadState state;
};

/// The ledger's shelf of uploads under way, one a job. Safe on any thread and for two processes at once; all failures
/// are ProfileFailed. Parts of a job without a record, and removing what is not there, are no failure.
class Uploads {
public:
    virtual ~Uploads() = default;
    virtual Outcome<std::vector<UploadRecord>> all() = 0;
    virtual Outcome<std::optional<UploadRecord>> find(const std::string& jobId) = 0;
    /// Replaces what was there of this job, parts included.
    virtual Outcome<void> remember(const UploadRecord& record) = 0;
    virtual Outcome<void> begun(const std::string& jobId, const std::string& uploadId, std::uint64_t partSize) = 0;
    virtual Outcome<void> sent(const std::string& jobId, const UploadedPart& part) = 0;
    virtual Outcome<void> giveUp(const std::string& jobId) = 0;
    virtual Outcome<void> remove(const std::string& jobId) = 0;
};

/// Failures of an upload that time or the owner may mend, so that what has been sent is worth keeping.
inline bool mayPass(Code code) {
    return code == Code::NetworkUnreachable || code == Code::NetworkTimeout || code == Code::NetworkTls ||
           code == Code::NetworkTlsUnknownCa || code == Code::NetworkTlsExpired || code == Code::NetworkTlsWrongHost ||
           code == Code::NetworkTlsTooOld || code == Code::StorageFailed;
}

} // namespace sealwright
