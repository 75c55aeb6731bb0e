#pragma once
#include "models/package/parallel.h"
#include "models/package/source_walk.h"
#include "models/package/stored_part.h"
#include "models/package/zip_layout.h"

#include <array>

// Turning files into stored payloads, in two ways with one result.
namespace sealwright::package {

struct PayloadKeys {
    const crypto::SecretBytes& dek;
    crypto::RunId run{};
    /// For segments that are sealed side by side.
    Outcome<crypto::SegmentCipher> cipherFor(std::string_view payloadName) const;
    /// For a stream that comes in order.
    Outcome<crypto::StreamSealer> sealerFor(std::string_view payloadName, crypto::StreamSealer::Sink sink,
                                            void* context) const;
};

/// Each payload's entry, CRC filled in, local header not yet written; and its digest.
struct StoredPayloads {
    std::vector<ZipEntry> entries;
    std::vector<std::string> digests;
    std::uint64_t end = 0; ///< where the next entry begins
};

struct SealJob {
    const std::vector<SourceFile>& files; ///< empty folders among them
    const PayloadKeys& keys;
    const PositionalFile& out;
    std::uint64_t begin = 0; ///< where the first payload's header stands
    unsigned threads = 0;
    ProgressMeter& progress;
    const Cancel& cancel;
};

/// Uncompressed: lengths are known before, so every segment of every file is its own piece of work, from reading to
/// writing.
Outcome<StoredPayloads> sealStored(const SealJob& job);
/// zstd: one payload after the other, the library's own threads help.
Outcome<StoredPayloads> sealCompressed(const SealJob& job);

/// A stream that is in memory (the index).
Outcome<Bytes> sealBytes(const PayloadKeys& keys, std::string_view payloadName, std::string_view plain);

/// Opens a source; DataChangedWhileRead where it is not the file that was met.
Outcome<PositionalFile> openSource(const SourceFile& file);
Outcome<void> sourceUnchanged(const PositionalFile& open, const SourceFile& file);

} // namespace sealwright::package
