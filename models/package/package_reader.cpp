#include "models/package/package_reader.h"

#include "crypto/jose/jws.h"
#include "models/domain/document.h"

#include <algorithm>

namespace sealwright::package {
namespace {

constexpr std::uint64_t maxSignature = std::uint64_t{1} << 20;

Err<Failure> layoutRefused(const std::string& entry) {
    return fail({Code::PackageLayout, {entry}});
}

/// A stored stream has a whole last segment, and that one is empty only where it is the only one.
bool isStreamSize(std::uint64_t stored) {
    const std::uint64_t last = stored % crypto::packageBlock;
    return stored == crypto::segmentTag || last == 0 ? stored != 0 : last > crypto::segmentTag;
}

Outcome<PackageSigner> signerOf(std::string_view signature, std::string_view manifest,
                                const std::vector<crypto::VerificationKey>& known) {
    const crypto::Result<std::string> kid = crypto::verifyDetached(signature, "sealwright-manifest", manifest, known);
    if (kid) {
        return PackageSigner{*kid, true};
    }
    if (kid.error() != crypto::Error::UnknownKey) {
        return fail(Code::AuthBadSignature);
    }
    const crypto::Result<std::string> claimed = crypto::claimedSigner(signature);
    return claimed ? Outcome<PackageSigner>(PackageSigner{*claimed, false}) : fail(Code::AuthBadSignature);
}

} // namespace

Outcome<PackageReader> PackageReader::open(const PackageCheck& check) {
    PackageReader reader;
    Outcome<PositionalFile> file = PositionalFile::openToRead(check.package, PositionalFile::Links::Follow);
    if (!file) {
        return file.failed();
    }
    reader.m_file = std::move(file).value();
    const Outcome<FileIdentity> identity = reader.m_file.identity();
    if (!identity) {
        return identity.failed();
    }
    reader.m_packageBytes = identity->size;
    Outcome<std::vector<ZipEntry>> entries = readLayout(reader.m_file);
    if (!entries) {
        return entries.failed();
    }
    reader.m_entries = std::move(entries).value();
    if (const Outcome<void> read = reader.readDocuments(check); !read) {
        return read.failed();
    }
    reader.m_content.reserve(reader.m_manifest.content.size());
    for (const ContentEntry& entry : reader.m_manifest.content) {
        reader.m_content.emplace(entry.name, &entry);
    }
    if (const Outcome<void> compared = reader.compareContent(); !compared) {
        return compared.failed();
    }
    return reader;
}

Outcome<void> PackageReader::readDocuments(const PackageCheck& check) {
    const Outcome<Bytes> type = readChecked(m_entries.front(), mimetype.size());
    if (!type) {
        return type.failed();
    }
    if (asText(*type) != mimetype) {
        return layoutRefused(std::string(mimetypeName));
    }
    const Outcome<Bytes> text = readChecked(m_entries[m_entries.size() - 2], maxManifestBytes);
    if (!text) {
        return text.failed();
    }
    const Outcome<Bytes> signature = readChecked(m_entries.back(), maxSignature);
    if (!signature) {
        return signature.failed();
    }
    Outcome<PackageSigner> signer = signerOf(asText(*signature), asText(*text), check.known);
    if (!signer) {
        return signer.failed();
    }
    m_signer = std::move(signer).value();
    Outcome<Manifest> manifest = parseManifest(asText(*text));
    if (!manifest) {
        return manifest.failed();
    }
    if (!manifest->isPackage) {
        return fail({Code::DocumentInvalid, {"kind"}});
    }
    m_manifest = std::move(manifest).value();
    return {};
}

Outcome<void> PackageReader::compareContent() const {
    if (m_content.size() != payloads() + 1) {
        return fail({Code::AuthManifestMismatch, {"content"}});
    }
    for (std::size_t i = 1; i <= payloads() + 1; ++i) {
        const ZipEntry& entry = m_entries[i];
        const auto found = m_content.find(entry.name);
        if (found == m_content.end() || found->second->size != entry.size) {
            return fail({Code::AuthManifestMismatch, {entry.name}});
        }
        if (!isStreamSize(entry.size)) {
            return fail({Code::AuthTruncated, {entry.name}});
        }
    }
    return {};
}

Outcome<Bytes> PackageReader::readWhole(const ZipEntry& entry) const {
    Bytes bytes(entry.size);
    const Outcome<std::size_t> got = m_file.readAt(entry.dataOffset, bytes);
    if (!got) {
        return got.failed();
    }
    if (*got != bytes.size()) {
        return layoutRefused(entry.name);
    }
    return bytes;
}

Outcome<Bytes> PackageReader::readChecked(const ZipEntry& entry, std::uint64_t most) const {
    if (entry.size > most) {
        return layoutRefused(entry.name);
    }
    Outcome<Bytes> bytes = readWhole(entry);
    if (bytes && crcOf(*bytes) != entry.crc) {
        return layoutRefused(entry.name);
    }
    return bytes;
}

Outcome<crypto::SecretBytes> PackageReader::unwrap(const crypto::DecryptionKey& key) const {
    const auto slot =
        std::find_if(m_manifest.recipients.begin(), m_manifest.recipients.end(),
                     [&](const RecipientSlot& s) { return s.kid == key.kid() && s.alg == "RSA-OAEP-256"; });
    if (slot == m_manifest.recipients.end()) {
        return fail(Code::KeyNotForThis);
    }
    crypto::Result<crypto::SecretBytes> dek = key.unwrap(slot->wrappedKey);
    if (!dek) {
        return fail(Code::KeyNotForThis);
    }
    const RunInfo& run = m_manifest.runs.front();
    if (!crypto::equalConstantTime(crypto::commitment(*dek, run.runId), run.commitment)) {
        return fail(Code::AuthWrongKey);
    }
    return std::move(dek).value();
}

crypto::SecretBytes PackageReader::payloadKey(const crypto::SecretBytes& dek, const ZipEntry& entry) const {
    return crypto::derivePayloadKey(dek, m_manifest.runs.front().runId, entry.name);
}

Outcome<crypto::SegmentCipher> PackageReader::cipherFor(const crypto::SecretBytes& dek, const ZipEntry& entry) const {
    crypto::Result<crypto::SegmentCipher> cipher = crypto::SegmentCipher::make(payloadKey(dek, entry));
    if (!cipher) {
        return fail(Code::CryptoFailed);
    }
    return std::move(cipher).value();
}

Outcome<std::vector<IndexFile>> PackageReader::readIndex(const crypto::SecretBytes& dek) const {
    if (index().size > storedSize(maxIndexBytes)) {
        return fail(Code::DocumentTooLarge);
    }
    const Outcome<Bytes> stored = readWhole(index());
    if (!stored) {
        return stored.failed();
    }
    const std::uint64_t blocks = blocksOf(stored->size());
    std::vector<BlockSum> sums;
    for (std::uint64_t i = 0; i < blocks; ++i) {
        const std::size_t offset = i * crypto::packageBlock;
        sums.push_back(
            sumOf(ByteView(*stored).subspan(offset, std::min(stored->size() - offset, crypto::packageBlock))));
    }
    if (Outcome<void> compared = compare(index(), fold(sums, stored->size())); !compared) {
        return compared.failed();
    }
    Bytes plain;
    plain.reserve(stored->size());
    auto opener = crypto::StreamOpener::make(
        payloadKey(dek, index()),
        [](void* out, ByteView segment) {
            static_cast<Bytes*>(out)->insert(static_cast<Bytes*>(out)->end(), segment.begin(), segment.end());
            return true;
        },
        &plain);
    if (!opener) {
        return fail(Code::CryptoFailed);
    }
    crypto::Result<void> opened = opener->write(*stored);
    if (opened) {
        opened = opener->finish();
    }
    if (!opened) {
        return fail({codeFor(opened.error()), {std::string(indexName)}});
    }
    return package::readIndex(asText(plain), payloads());
}

Outcome<void> PackageReader::compare(const ZipEntry& entry, const PartSum& sum) const {
    if (sum.crc != entry.crc) {
        return layoutRefused(entry.name);
    }
    const auto found = m_content.find(entry.name);
    if (found == m_content.end() || found->second->digest != sum.digest) {
        return fail({Code::AuthManifestMismatch, {entry.name}});
    }
    return {};
}

Outcome<void> openSegment(crypto::SegmentCipher& cipher, std::uint64_t segment, bool last, ByteView stored,
                          MutableBytes plain) {
    const crypto::Result<void> opened = cipher.open(segment, last, stored, plain);
    return opened ? Outcome<void>() : fail(codeFor(opened.error()));
}

} // namespace sealwright::package
