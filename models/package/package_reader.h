#pragma once
#include "models/package/package.h"
#include "models/package/package_index.h"
#include "models/package/parallel.h"
#include "models/package/stored_part.h"
#include "models/package/zip_layout.h"

#include <unordered_map>

// A package opened as far as its manifest: what verifying and opening have in common.
namespace sealwright::package {

class PackageReader {
public:
    /// Layout, mimetype, manifest, signature; the sets of names in ZIP and `content` and their sizes. No digest yet.
    static Outcome<PackageReader> open(const PackageCheck& check);

    const PositionalFile& file() const { return m_file; }
    const Manifest& manifest() const { return m_manifest; }
    const PackageSigner& signer() const { return m_signer; }
    std::uint64_t packageBytes() const { return m_packageBytes; }
    std::size_t payloads() const { return m_entries.size() - 4; }
    const ZipEntry& payload(std::size_t number) const { return m_entries[number]; } ///< from 1
    const ZipEntry& index() const { return m_entries[m_entries.size() - 3]; }

    /// The DEK, its commitment compared. KeyNotForThis, AuthWrongKey.
    Outcome<crypto::SecretBytes> unwrap(const crypto::DecryptionKey& key) const;
    /// Digest and CRC of the stored index compared, then opened and read.
    Outcome<std::vector<IndexFile>> readIndex(const crypto::SecretBytes& dek) const;
    Outcome<crypto::SegmentCipher> cipherFor(const crypto::SecretBytes& dek, const ZipEntry& entry) const;
    /// AuthManifestMismatch (facts: entry) or PackageLayout.
    Outcome<void> compare(const ZipEntry& entry, const PartSum& sum) const;
    /// The whole of a small entry.
    Outcome<Bytes> readWhole(const ZipEntry& entry) const;

private:
    crypto::SecretBytes payloadKey(const crypto::SecretBytes& dek, const ZipEntry& entry) const;
    Outcome<void> readDocuments(const PackageCheck& check);
    Outcome<void> compareContent() const;
    Outcome<Bytes> readChecked(const ZipEntry& entry, std::uint64_t most) const;

    PositionalFile m_file;
    std::uint64_t m_packageBytes = 0;
    std::vector<ZipEntry> m_entries;
    Manifest m_manifest;
    PackageSigner m_signer;
    std::unordered_map<std::string_view, const ContentEntry*> m_content;
};

/// Opens one stored segment; tells a stream that ends early or goes on from one that was altered.
Outcome<void> openSegment(crypto::SegmentCipher& cipher, std::uint64_t segment, bool last, ByteView stored,
                          MutableBytes plain);

} // namespace sealwright::package
