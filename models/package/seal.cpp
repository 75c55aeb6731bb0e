#include "crypto/jose/jws.h"
#include "models/domain/document.h"
#include "models/files/names.h"
#include "models/package/package.h"
#include "models/package/payload_sealer.h"

#include <QUuid>
#include <algorithm>

// Writing a sealed package (FORMAT.md §6).
namespace sealwright {
namespace {

using namespace package;

/// Refuses an existing target before any work is done for it; files::rename() decides in the end.
Outcome<void> targetIsFree(const SealRequest& request) {
    if (request.replaceTarget) {
        return {};
    }
    const Outcome<PositionalFile> there = PositionalFile::openToRead(request.target, PositionalFile::Links::Refuse);
    const bool free = !there && there.error().code == Code::FileNotFound;
    Where where;
    where.file = request.target;
    return free ? Outcome<void>() : fail({Code::FileExists, where, {request.target}});
}

Outcome<std::vector<RecipientSlot>> slotsFor(const crypto::SecretBytes& dek,
                                             const std::vector<PackageRecipient>& recipients) {
    std::vector<RecipientSlot> slots;
    for (const PackageRecipient& recipient : recipients) {
        const bool there =
            std::any_of(slots.begin(), slots.end(), [&](const auto& slot) { return slot.kid == recipient.key.kid; });
        if (there) {
            continue;
        }
        crypto::Result<std::string> wrapped = crypto::wrapKey(dek, recipient.key);
        if (!wrapped) {
            return fail(Code::CryptoFailed);
        }
        slots.push_back({recipient.key.kid, "RSA-OAEP-256", std::move(wrapped).value(), recipient.name});
    }
    if (slots.empty()) {
        return fail(Code::UsageNoRecipient);
    }
    if (slots.size() > maxRecipients) {
        return fail({Code::UsageTooManyRecipients, {std::to_string(slots.size())}});
    }
    return slots;
}

class Sealer {
public:
    Sealer(const SealRequest& request, const crypto::SigningKey& signer, const PackageProgress& progress,
           const Cancel& cancel)
        : m_request(request), m_signer(signer), m_tell(progress), m_cancel(cancel) {}

    Outcome<SealedPackage> run() {
        Outcome<std::vector<SourceFile>> files = walkSources(m_request.sources, m_cancel);
        if (!files) {
            return files.failed();
        }
        m_files = std::move(files).value();
        if (const Outcome<void> fit = fitsItsDocuments(); !fit) {
            return fit.failed();
        }
        Outcome<std::vector<RecipientSlot>> slots = slotsFor(m_dek, m_request.recipients);
        if (!slots) {
            return slots.failed();
        }
        files::TemporaryName temporary(files::temporaryBeside(m_request.target, ".part"));
        Outcome<PositionalFile> out = PositionalFile::create(temporary.path());
        if (!out) {
            return out.failed();
        }
        m_out = std::move(out).value();
        if (const Outcome<void> written = write(std::move(slots).value()); !written) {
            return written.failed();
        }
        if (m_cancel.cancelled()) {
            return fail(Code::Cancelled);
        }
        if (const Outcome<void> named = files::rename(temporary.path(), m_request.target, m_request.replaceTarget);
            !named) {
            return named.failed();
        }
        temporary.keep();
        files::syncFolderOf(m_request.target);
        return std::move(m_result);
    }

private:
    std::string indexText() const {
        std::vector<IndexFile> files;
        files.reserve(m_files.size());
        for (const SourceFile& file : m_files) {
            files.push_back(file.index);
        }
        return writeIndex(files);
    }

    /// Index and manifest grow with the files; better to know before hours of sealing than after. Of the manifest only
    /// the least size is known as yet.
    Outcome<void> fitsItsDocuments() const {
        constexpr std::string_view least = R"({"name":"payload/","size":16,"digest":""},)";
        constexpr std::size_t digest = 64;
        std::size_t manifest = 0;
        for (const SourceFile& file : m_files) {
            if (file.index.payload != 0) {
                manifest += least.size() + std::to_string(file.index.payload).size() + digest;
            }
        }
        const bool fit = manifest <= maxManifestBytes && indexText().size() <= maxIndexBytes;
        return fit ? Outcome<void>() : fail({Code::PackageTooManyFiles, {std::to_string(m_files.size())}});
    }

    Outcome<void> write(std::vector<RecipientSlot> slots) {
        if (Outcome<void> done = append(mimetypeName, asBytes(mimetype)); !done) {
            return done;
        }
        Outcome<StoredPayloads> payloads = sealPayloads();
        if (!payloads) {
            return payloads.failed();
        }
        if (Outcome<void> done = takePayloads(std::move(payloads).value()); !done) {
            return done;
        }
        if (Outcome<void> done = appendIndex(); !done) {
            return done;
        }
        return finish(std::move(slots));
    }

    Outcome<StoredPayloads> sealPayloads() {
        std::uint64_t plain = 0;
        for (const SourceFile& file : m_files) {
            plain += file.index.entry.size;
            m_result.entries.push_back(file.index.entry);
        }
        m_result.plainBytes = plain;
        ProgressMeter meter(m_tell, plain);
        const SealJob job{m_files, m_keys, m_out, m_end, m_request.threads, meter, m_cancel};
        return m_request.zstd ? sealCompressed(job) : sealStored(job);
    }

    Outcome<void> takePayloads(StoredPayloads payloads) {
        for (std::size_t i = 0; i < payloads.entries.size(); ++i) {
            ZipEntry& entry = payloads.entries[i];
            if (Outcome<void> written = m_out.writeAt(entry.headerOffset, asBytes(localHeader(entry))); !written) {
                return written;
            }
            m_manifest.content.push_back({entry.name, entry.size, std::move(payloads.digests[i]), std::nullopt});
            m_entries.push_back(std::move(entry));
        }
        m_end = payloads.end;
        return {};
    }

    Outcome<void> appendIndex() {
        const Outcome<Bytes> stored = sealBytes(m_keys, indexName, indexText());
        if (!stored) {
            return stored.failed();
        }
        crypto::BlockDigest digest(crypto::packageBlock);
        digest.update(*stored);
        m_manifest.content.push_back({std::string(indexName), stored->size(), digest.finish(), std::nullopt});
        return append(indexName, *stored);
    }

    Outcome<void> finish(std::vector<RecipientSlot> slots) {
        m_result.datasetId = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
        m_result.recipients = slots;
        m_result.signerKid = m_signer.kid();
        m_manifest.isPackage = true;
        m_manifest.datasetId = m_result.datasetId;
        m_manifest.created = now();
        m_manifest.tool = m_request.tool;
        m_manifest.recipients = std::move(slots);
        m_manifest.runs = {{m_keys.run, crypto::commitment(m_dek, m_keys.run), std::nullopt, std::nullopt}};
        m_manifest.package = PackageInfo{"A256GCM", m_request.zstd};
        const Outcome<std::string> manifest = writeReadableManifest(m_manifest);
        if (!manifest) {
            return manifest.failed();
        }
        if (Outcome<void> done = append(manifestName, asBytes(*manifest)); !done) {
            return done;
        }
        const std::string signature = crypto::signDetached("sealwright-manifest", *manifest, m_signer);
        if (Outcome<void> done = append(signatureName, asBytes(signature)); !done) {
            return done;
        }
        const std::string directory = centralDirectory(m_entries, m_end);
        if (Outcome<void> done = m_out.writeAt(m_end, asBytes(directory)); !done) {
            return done;
        }
        m_result.packageBytes = m_end + directory.size();
        return m_out.sync();
    }

    Outcome<void> append(std::string_view name, ByteView bytes) {
        ZipEntry entry;
        entry.name = name;
        entry.size = bytes.size();
        entry.crc = crcOf(bytes);
        m_end = place(entry, m_end);
        if (Outcome<void> written = m_out.writeAt(entry.headerOffset, asBytes(localHeader(entry))); !written) {
            return written;
        }
        Outcome<void> written = m_out.writeAt(entry.dataOffset, bytes);
        m_entries.push_back(std::move(entry));
        return written;
    }

    const SealRequest& m_request;
    const crypto::SigningKey& m_signer;
    const PackageProgress& m_tell;
    const Cancel& m_cancel;
    const crypto::SecretBytes m_dek = crypto::freshDek();
    const PayloadKeys m_keys{m_dek, crypto::freshRunId()};
    std::vector<SourceFile> m_files;
    PositionalFile m_out;
    std::vector<ZipEntry> m_entries;
    std::uint64_t m_end = 0;
    Manifest m_manifest;
    SealedPackage m_result;
};

} // namespace

Outcome<SealedPackage> sealPackage(const SealRequest& request, const crypto::SigningKey& signer,
                                   const PackageProgress& progress, const Cancel& cancel) {
    if (request.recipients.empty()) {
        return fail(Code::UsageNoRecipient);
    }
    if (const Outcome<void> free = targetIsFree(request); !free) {
        return free.failed();
    }
    return Sealer(request, signer, progress, cancel).run();
}

} // namespace sealwright
