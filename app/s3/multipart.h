#pragma once
#include "app/s3/upload_calls.h"
#include "models/ports/upload.h"

#include <mutex>

namespace sealwright::s3 {

/// Uploads a source in parts, several side by side; each is a seekable slice, hashed before it is sent. With a journal
/// it goes on from where that says, and leaves a failed upload at the store; else it aborts.
class MultipartUpload {
public:
    /// All are borrowed; `journal` may be null. `rate` is what the link is known to carry in bytes a second, or 0.
    MultipartUpload(const Target& target, std::shared_ptr<const ByteSource> source, const std::string& contentType,
                    std::uint64_t rate, UploadJournal* journal, const TransferProgress& progress, const Cancel& cancel);
    Outcome<ObjectFacts> run();

private:
    struct Part {
        std::uint64_t offset = 0, length = 0;
        std::string etag, sha256; ///< sha256 in hex
        std::uint64_t sent = 0;
        bool done = false;
    };
    Outcome<ObjectFacts> carryOut();
    void split(std::uint64_t partSize);
    /// Takes over what the journal's upload has at the store. A value where the object is there already, whole.
    Outcome<std::optional<ObjectFacts>> takeUp();
    Outcome<void> takePart(const StoredPart& stored, const UploadState& known);
    Outcome<std::optional<ObjectFacts>> completedBefore();
    Outcome<void> begin();
    Outcome<void> sendParts();
    Outcome<void> sendPart(std::size_t index);
    Outcome<net::Answer> performPart(const Call& call);
    Outcome<void> hash(Part& part);
    Outcome<void> note(std::size_t index);
    Outcome<ObjectFacts> complete();
    /// Is that, as far as the store says, what the parts make?
    std::optional<ObjectFacts> ours(const StoredObject& there) const;
    void tidy(bool failed);
    void report(std::size_t index, std::uint64_t sent);

    const Target m_target;
    const std::shared_ptr<const ByteSource> m_source;
    const std::string& m_contentType;
    const std::uint64_t m_rate;
    UploadJournal* const m_journal;
    const TransferProgress& m_progress;
    const Cancel& m_cancel; ///< the caller's
    Cancel m_stop;          ///< the caller's or the first part's failure
    std::string m_uploadId;
    bool m_storeChecks = false; ///< the store compares each part with its SHA-256, and says so
    std::vector<Part> m_parts;
    std::mutex m_noting; ///< one call of the journal at a time
    std::mutex m_mutex;
    std::uint64_t m_sent = 0; ///< under m_mutex
};

} // namespace sealwright::s3
