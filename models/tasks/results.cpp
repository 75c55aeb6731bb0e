#include "models/tasks/results.h"

#include "models/domain/document.h"
#include "models/pipeline/spool.h"
#include "models/tasks/commit_files.h"
#include "models/tasks/opening_keys.h"
#include "models/tasks/sealing.h"

#include <filesystem>
#include <limits>
#include <utility>

namespace sealwright {

namespace {

Outcome<void> copyAll(const ByteSource& source, ByteSink& sink, TaskContext& context) {
    std::string buffer(1u << 20, '\0');
    for (std::uint64_t offset = 0; offset < source.size();) {
        if (context.cancel.cancelled())
            return fail(Code::Cancelled);
        const auto got = source.readAt(offset, {reinterpret_cast<Byte*>(buffer.data()), buffer.size()});
        if (!got)
            return got.failed();
        if (*got == 0)
            return fail(Code::DataChangedWhileRead);
        if (auto written = sink.write({buffer.data(), *got}); !written)
            return written.failed();
        offset += *got;
        context.progress({Step::Read, offset, source.size(), 0, 0, 0});
    }
    return {};
}

/// Lets as many bytes pass as a verified manifest says that there are: data with more is not what was signed.
class AsSigned final : public ByteSink {
public:
    AsSigned(ByteSink& next, std::uint64_t size) : m_next(next), m_left(size) {}
    Outcome<void> write(std::string_view bytes) override {
        if (bytes.size() > m_left)
            return fail(Code::AuthAltered);
        m_left -= bytes.size();
        return m_next.write(bytes);
    }

private:
    ByteSink& m_next;
    std::uint64_t m_left;
};

/// Its addresses are pre-signed and end: the platform gives new ones with every list.
std::optional<ResultEntry> sameResult(const Services& services, const std::string& resultId, TaskContext& context) {
    const auto results = listResults(services, context);
    if (!results)
        return std::nullopt;
    for (const ResultEntry& result : *results)
        if (result.resultId == resultId)
            return result;
    return std::nullopt;
}

} // namespace

Outcome<std::vector<ResultEntry>> listResults(const Services& services, TaskContext& context) {
    const auto access = platformAccess(services);
    if (!access)
        return access.failed();
    return services.api->results(*access, context.cancel);
}

Outcome<OpenedResult> openResult(const Services& services, const ResultEntry& entry, TaskContext& context) {
    const auto kept = services.ledger->registration();
    if (!kept)
        return kept.failed();
    if (!*kept)
        return fail(Code::RegistrationMissing);
    const PinnedRegistration& registration = **kept;
    OpenedResult result;
    result.entry = entry;
    bool renewed = false;
    const auto get = [&](std::string ResultEntry::*url, std::uint64_t limit, ByteSink& sink, bool counted) {
        const TransferProgress progress = [&](std::uint64_t done, std::uint64_t total) {
            if (counted)
                context.progress({Step::Read, done, total, 0, 0, 0});
        };
        const auto download = [&] {
            return services.store->download(result.entry.*url, registration.registration.hosts, registration.caPem,
                                            registration.caSha256, limit, sink, progress, context.cancel);
        };
        auto got = download();
        if (got || got.error().code != Code::StorageDenied || std::exchange(renewed, true))
            return got;
        auto fresh = sameResult(services, result.entry.resultId, context);
        if (!fresh)
            return got;
        result.entry = std::move(*fresh);
        return download();
    };

    MemorySink manifest, signature;
    if (auto got = get(&ResultEntry::manifest, maxManifestBytes, manifest, false); !got)
        return got.failed();
    if (auto got = get(&ResultEntry::signature, maxDocumentBytes, signature, false); !got)
        return got.failed();
    result.manifestText = std::move(manifest.bytes());
    result.signatureText = std::move(signature.bytes());

    // Known before the data is fetched: who signed, and how much there is to come.
    ReadFileRequest request;
    request.manifestText = result.manifestText;
    request.signatureText = result.signatureText;
    request.signers = registration.registration.keys.sig;
    const auto own = ownSigners(services);
    if (!own)
        return own.failed();
    request.signers.insert(request.signers.end(), own->begin(), own->end());
    if (const auto signer =
            crypto::verifyDetached(result.signatureText, "sealwright-manifest", result.manifestText, request.signers);
        !signer)
        return fail(signer.error() == crypto::Error::UnknownKey ? Code::AuthUnknownSigner : Code::AuthBadSignature);
    const auto parsed = parseManifest(result.manifestText);
    if (!parsed)
        return parsed.failed();
    if (!parsed->dataset)
        return fail(Failure(Code::DocumentInvalid, {"kind"}));

    const auto key = decryptionKeyFor(services, *parsed);
    if (!key)
        return key.failed();
    auto spool = pipeline::Spool::create(services.spoolFolder);
    if (!spool)
        return spool.failed();
    AsSigned asSigned(**spool, parsed->content.front().size);
    if (auto got = get(&ResultEntry::data, std::numeric_limits<std::uint64_t>::max(), asSigned, true); !got)
        return got.failed();
    auto stored = (*spool)->finish(entry.name);
    if (!stored)
        return stored.failed();
    result.stored = std::move(*stored);

    request.data = result.stored;
    request.key = &*key;
    auto read = readDataset(services, request, nullptr, true, context);
    if (!read)
        return read.failed();
    result.manifest = std::move(read->manifest);
    result.signerKid = std::move(read->signerKid);
    result.read = std::move(read->read);
    auto opened = unwrapFor(result.manifest, *key);
    if (!opened)
        return opened.failed();
    result.keys = std::make_shared<DatasetKeys>(std::move(*opened));
    const auto known = knownKeys(services);
    if (!known)
        return known.failed();
    if (const auto name = known->names.find(result.signerKid); name != known->names.end())
        result.signerName = name->second;
    return result;
}

Outcome<std::string> saveResult(const Services& services, const OpenedResult& result, const std::string& target,
                                bool replace, TaskContext& context) {
    auto file = FileSink::create(target, replace);
    if (!file)
        return file.failed();
    const auto read =
        pipeline::decryptDataset(*result.stored, file->get(), result.manifest, result.keys->view(result.manifest),
                                 runOptions(services, Step::Read, context));
    if (!read)
        return read.failed();
    if (auto saved = (*file)->commit(); !saved)
        return saved.failed();
    return target;
}

Outcome<std::string> saveSealed(const OpenedResult& result, const std::string& folder, bool replace,
                                TaskContext& context) {
    const std::string data = (std::filesystem::path(folder) /
                              (result.entry.resultId + std::string(fileEnding(result.manifest.dataset->mediaType))))
                                 .string();
    const std::string manifest = data + ".manifest.json", signature = signatureBeside(manifest);
    if (!replace) {
        if (auto free = refuseExisting({data, manifest, signature}); !free)
            return free.failed();
    }
    auto dataFile = FileSink::create(data, replace);
    if (!dataFile)
        return dataFile.failed();
    if (auto copied = copyAll(*result.stored, **dataFile, context); !copied)
        return copied.failed();
    auto manifestFile = documentFile(manifest, result.manifestText, replace);
    if (!manifestFile)
        return manifestFile.failed();
    auto signatureFile = documentFile(signature, result.signatureText, replace);
    if (!signatureFile)
        return signatureFile.failed();
    const auto saved = commitTogether({dataFile->get(), manifestFile->get(), signatureFile->get()});
    if (!saved)
        return saved.failed();
    return data;
}

} // namespace sealwright
