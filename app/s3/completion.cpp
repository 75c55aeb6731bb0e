#include "app/s3/completion.h"

#include "app/s3/slice_hash.h"
#include "models/ports/upload.h"

namespace sealwright::s3 {

namespace {

std::uint64_t sizeOf(const std::vector<StoredPart>& parts) {
    std::uint64_t size = 0;
    for (const StoredPart& part : parts)
        size += part.size;
    return size;
}

} // namespace

Outcome<ObjectFacts> completeSurely(const Target& target, const std::string& uploadId,
                                    const std::vector<StoredPart>& parts, const Cancel& cancel) {
    auto etag = completeUpload(target, uploadId, parts, cancel);
    if (etag)
        return ObjectFacts{sizeOf(parts), std::move(*etag)};
    const bool unclear = mayPass(etag.error().code) || etag.error().code == Code::StorageNotFound;
    if (unclear && !cancel.cancelled())
        if (const auto there = headObject(target, cancel); there && isMadeOf(*there, parts))
            return ObjectFacts{there->size, there->etag};
    return etag.failed();
}

Outcome<ObjectFacts> confirm(const Target& target, const ObjectFacts& stored, const Cancel& cancel) {
    auto there = headObject(target, cancel);
    if (!there)
        return there.failed();
    if (there->size != stored.size || there->etag != stored.etag)
        return fail(Failure(Code::StorageChecksum, {target.object}));
    return ObjectFacts{there->size, std::move(there->etag)};
}

bool isMadeOf(const StoredObject& there, const std::vector<StoredPart>& parts) {
    std::vector<std::string> hashes, etags;
    for (const StoredPart& part : parts) {
        hashes.push_back(hexOfBase64(part.sha256));
        etags.push_back(part.etag);
    }
    const PartsDigest expected = digestOfParts(hashes, etags);
    const bool same =
        there.sha256.empty() ? !expected.etag.empty() && there.etag == expected.etag : there.sha256 == expected.sha256;
    return same && there.size == sizeOf(parts);
}

} // namespace sealwright::s3
