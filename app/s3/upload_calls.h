#pragma once
#include "app/s3/s3_call.h"

// The calls that an upload in parts is made of (Amazon S3 API Reference), one function each.
namespace sealwright::s3 {

/// What all calls about one object share. Borrowed.
struct Target {
    net::NetworkThread& network;
    const StoreAccess& access;
    const std::string& object;
};

/// A part as the store has it.
struct StoredPart {
    std::uint64_t number = 0, size = 0;
    std::string etag, sha256; ///< sha256 in base64, empty where the store does not say
};

/// What the store says of a whole object.
struct StoredObject {
    std::uint64_t size = 0;
    std::string etag;   ///< as the store wrote it, quotes included
    std::string sha256; ///< base64, with "-N" behind it where it was made of N parts; empty where it does not say
};

struct BegunUpload {
    std::string id;
    bool checksSha256 = false; ///< the store says that it holds each part to the SHA-256 that comes with it
};
Outcome<BegunUpload> createUpload(const Target& target, const std::string& contentType, const Cancel& cancel);

/// StorageNotFound: there is no such upload, any more or yet.
Outcome<std::vector<StoredPart>> listParts(const Target& target, const std::string& uploadId, const Cancel& cancel);

/// Bytes on their way: a slice of a source, and what the store is told of them.
struct PartBody {
    std::shared_ptr<const ByteSource> source;
    std::uint64_t offset = 0, length = 0;
    std::string sha256;       ///< of them, hex
    bool storeChecks = false; ///< BegunUpload::checksSha256
};
/// The part's ETag. `sent` is called on the calling thread with the bytes handed over so far.
Outcome<std::string> uploadPart(const Target& target, const std::string& uploadId, std::uint64_t number,
                                const PartBody& body, std::function<void(std::uint64_t)> sent, const Cancel& cancel);

/// The whole object in one request; its ETag.
Outcome<std::string> putObject(const Target& target, const std::shared_ptr<const ByteSource>& source,
                               const std::string& contentType, std::function<void(std::uint64_t)> sent,
                               const Cancel& cancel);

/// The ETag of the object. `parts` are all of them, in order.
Outcome<std::string> completeUpload(const Target& target, const std::string& uploadId,
                                    const std::vector<StoredPart>& parts, const Cancel& cancel);

/// Unfinished uploads of exactly this object.
Outcome<std::vector<std::string>> listUploads(const Target& target, const Cancel& cancel);

/// One that is not there is no failure.
Outcome<void> abortUpload(const Target& target, const std::string& uploadId, const Cancel& cancel);

/// Every unfinished one of exactly this object, as far as the store lets us list them: one whose beginning was never
/// answered, or was sent twice, is known to the store alone.
void abortAllUploads(const Target& target, const Cancel& cancel);

Outcome<StoredObject> headObject(const Target& target, const Cancel& cancel);

} // namespace sealwright::s3
