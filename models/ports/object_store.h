#pragma once
#include "models/dataset/byte_source.h"
#include "models/domain/cancel.h"
#include "models/domain/job.h"
#include "models/domain/pause.h"
#include "models/ports/upload.h"

#include <functional>
#include <memory>

// The object store (S3, path style). Calls block the calling task thread; never on the GUI thread. Storage…, Network…,
// Cancelled.
namespace sealwright {

/// Where credentials come from that may end while they are in use. Safe on any thread.
class CredentialSource {
public:
    virtual ~CredentialSource() = default;
    using Shared = std::shared_ptr<const StorageCredentials>;
    /// Those to use now; renewed ahead of their end, where that is possible.
    virtual Shared current(const Cancel& cancel) = 0;
    /// The store has refused these: others, or nothing where there are none.
    virtual Shared insteadOf(const Shared& refused, const Cancel& cancel) = 0;
};

/// What is set of `credentials` and `renewable` is borrowed for the call; the latter is used where it is there.
struct StoreAccess {
    std::string endpoint, region, bucket;
    const StorageCredentials* credentials = nullptr;
    std::string caPem, caSha256;
    CredentialSource* renewable = nullptr;
    /// While it is on no part and no range is begun, and those under way stand still; what the store then gives up is
    /// done again, and counts for no try.
    Pause pause = {};
};

using TransferProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

struct ObjectFacts {
    std::uint64_t size = 0;
    std::string etag; ///< as the server wrote it, quotes included
};

/// An object that is put while it is being made, so that nobody knows its size yet.
struct StreamedObject {
    std::string name, contentType;
    std::uint64_t expected = 0; ///< bytes, about, rather too many; 0: no idea. Parts, and so memory, are by it
};

/// What writes such an object. Calls come from one thread at a time.
class ObjectSink : public ByteSink {
public:
    /// Hands on in parts as they fill; waits where the link is slower than the caller. Storage…, Network…, Cancelled.
    Outcome<void> write(std::string_view bytes) override = 0;
    /// All has been written: completes the object and compares the store's size and ETag. Once, and nothing after it.
    virtual Outcome<ObjectFacts> finish() = 0;
};
/// Told the id of the upload that was begun, before a byte of it is sent; its failure ends the upload.
using BegunUploadFn = std::function<Outcome<void>(const std::string& uploadId)>;

class ObjectStore {
public:
    virtual ~ObjectStore() = default;

    /// Size and ETag, to pin what is fetched after. StorageNotFound, StorageDenied.
    virtual Outcome<ObjectFacts> head(const StoreAccess& access, const std::string& object, const Cancel& cancel) = 0;

    /// The whole object in order into `sink`, only while it still has `pinned.etag` (StorageChanged), exactly
    /// pinned.size bytes.
    virtual Outcome<void> fetch(const StoreAccess& access, const std::string& object, const ObjectFacts& pinned,
                                ByteSink& sink, const TransferProgress& progress, const Cancel& cancel) = 0;

    /// Uploads a finished source: one PUT where it is small, else multipart with parallel parts; SHA-256 of each part
    /// in `x-amz-checksum-sha256`; server's ETag, size and checksum compared at the end. An answer that was lost does
    /// not count as a failure where the object turns out to be there and to be this one. On failure or cancel the
    /// upload is aborted. An object is put by one at a time: other uploads of it that lie unfinished are aborted too.
    virtual Outcome<ObjectFacts> put(const StoreAccess& access, const std::string& object,
                                     std::shared_ptr<const ByteSource> source, const std::string& contentType,
                                     const TransferProgress& progress, const Cancel& cancel) = 0;

    /// As put(), from where `journal` says that the same source had come: only what the store does not have yet, by its
    /// own list, is sent. After a failure or a cancel the upload stays at the store, to be gone on with or abandoned.
    virtual Outcome<ObjectFacts> putOnward(const StoreAccess& access, const std::string& object,
                                           std::shared_ptr<const ByteSource> source, const std::string& contentType,
                                           UploadJournal& journal, const TransferProgress& progress,
                                           const Cancel& cancel) = 0;

    /// An object whose size is not known yet, sent while it is written, with memory for a few parts. Where it is
    /// dropped or fails, what has been sent stays at the store until abandon(); it cannot be gone on with. What
    /// `access` and `begun` borrow must outlive it. Never null.
    virtual std::unique_ptr<ObjectSink> putStream(const StoreAccess& access, const StreamedObject& object,
                                                  const BegunUploadFn& begun, const Cancel& cancel) = 0;

    /// The pinned object, read over the network as it is asked for: some ranges ahead of who reads in order, a bounded
    /// number of them in memory, nothing on the disk. Reading fails with StorageChanged where it is another by now,
    /// Storage…, Network…, and Cancelled once `cancel` is turned. What `access` borrows must outlive it. Never null.
    virtual std::shared_ptr<const ByteSource> open(const StoreAccess& access, const std::string& object,
                                                   const ObjectFacts& pinned, const Cancel& cancel) = 0;

    /// Aborts the upload of that id, unless it is empty, and every other of exactly this object that lies unfinished,
    /// as far as the store lets us list them; none is no failure.
    virtual Outcome<void> abandon(const StoreAccess& access, const std::string& object, const std::string& uploadId,
                                  const Cancel& cancel) = 0;

    /// A pre-signed URL of a listed host, in order into `sink`; at most `maxBytes` (StorageFailed beyond).
    virtual Outcome<std::uint64_t> download(const std::string& url, const std::vector<std::string>& hosts,
                                            const std::string& caPem, const std::string& caSha256,
                                            std::uint64_t maxBytes, ByteSink& sink, const TransferProgress& progress,
                                            const Cancel& cancel) = 0;

    /// Removes what a run of ours had put before it failed.
    virtual Outcome<void> remove(const StoreAccess& access, const std::string& object, const Cancel& cancel) = 0;
};

} // namespace sealwright
