#include "models/domain/document.h"
#include "models/tasks/commit_files.h"
#include "models/tasks/dataset_files.h"
#include "models/tasks/sealing.h"

#include <filesystem>

namespace sealwright {

namespace {

/// This machine's signing key, and its decryption key's public half where it is a recipient.
Outcome<std::vector<RecipientSlot>> slotsFor(const EncryptFileRequest& request, const MachineKeys& keys,
                                             const std::string& machineName, const crypto::SecretBytes& dek) {
    std::vector<RecipientSlot> slots;
    const auto add = [&](const crypto::RecipientKey& recipient, const std::string& name) -> Outcome<void> {
        for (const RecipientSlot& slot : slots)
            if (slot.kid == recipient.kid)
                return {};
        if (slots.size() == maxRecipients)
            return fail(Failure(Code::UsageTooManyRecipients, {std::to_string(request.to.size())}));
        auto slot = slotFor(dek, recipient, name);
        if (!slot)
            return slot.failed();
        slots.push_back(std::move(*slot));
        return {};
    };
    if (request.includeSelf) {
        if (auto added = add(keys.dec.publicKey(), machineName); !added)
            return added.failed();
    }
    for (const crypto::RecipientKey& recipient : request.to) {
        if (auto added = add(recipient, {}); !added)
            return added.failed();
    }
    if (slots.empty())
        return fail(Code::UsageNoRecipient);
    return slots;
}

Outcome<std::unique_ptr<FileSink>> documentFile(const std::string& target, const std::string& text, bool replace) {
    auto file = FileSink::create(target, replace);
    if (!file)
        return file.failed();
    if (auto written = (*file)->write(text); !written)
        return written.failed();
    return file;
}

Outcome<void> refuseExisting(const std::vector<std::string>& targets) {
    for (const std::string& target : targets) {
        std::error_code ignored;
        if (!target.empty() && std::filesystem::exists(target, ignored))
            return fail(Failure(Code::FileExists, Where{target, {}, {}, {}}));
    }
    return {};
}

} // namespace

std::string signatureBeside(const std::string& manifest) {
    constexpr std::string_view ending = ".json";
    const bool named = manifest.size() > ending.size() && manifest.ends_with(ending);
    return (named ? manifest.substr(0, manifest.size() - ending.size()) : manifest) + ".jws";
}

Outcome<EncryptFileResult> encryptFile(const Services& services, const EncryptFileRequest& request,
                                       TaskContext& context) {
    const std::string manifestTarget = request.sink ? request.manifestOut : request.out + ".manifest.json";
    const std::string signatureTarget = signatureBeside(manifestTarget);
    if (!request.replace) {
        if (auto free = refuseExisting({request.out, manifestTarget, signatureTarget}); !free)
            return free.failed();
    }
    const auto keys = loadKeys(services);
    if (!keys)
        return keys.failed();
    const auto facts = machineFacts(services, false);
    if (!facts)
        return facts.failed();
    const crypto::SecretBytes dek = crypto::freshDek();
    auto slots = slotsFor(request, *keys, facts->name, dek);
    if (!slots)
        return slots.failed();

    auto surveyed = survey(services, *request.source, request.dialect, nullptr, request.policy, context);
    if (!surveyed)
        return surveyed.failed();
    request.surveyed(surveyed->profile);
    if (auto taken = takesEveryValue(*surveyed); !taken)
        return taken.failed();

    EncryptFileResult result;
    Manifest& manifest = result.manifest;
    manifest.datasetId = request.datasetId.empty() ? freshUuid() : request.datasetId;
    manifest.created = now();
    manifest.tool = toolName();
    manifest.recipients = std::move(*slots);

    pipeline::EncryptRequest encrypt;
    encrypt.mediaType = surveyed->mediaType;
    encrypt.dialect = surveyed->dialect;
    encrypt.policy = surveyed->policy;
    encrypt.keys.dek = &dek;
    encrypt.keys.datasetId = manifest.datasetId;
    encrypt.runId = crypto::freshRunId();

    std::unique_ptr<FileSink> dataFile;
    if (!request.sink) {
        auto created = FileSink::create(request.out, request.replace);
        if (!created)
            return created.failed();
        dataFile = std::move(*created);
    }
    ByteSink& sink = request.sink ? *request.sink : *dataFile;
    auto written = pipeline::encryptDataset(*request.source, sink, encrypt, runOptions(services, Step::Seal, context));
    if (!written)
        return written.failed();
    if (auto same = request.source->unchanged(); !same)
        return same.failed();

    written->content.name = request.out.empty() ? "data" + std::string(fileEnding(surveyed->mediaType))
                                                : std::filesystem::path(request.out).filename().string();
    manifest.runs.push_back(written->run);
    manifest.content.push_back(written->content);
    manifest.metadata = pipeline::metadataOf(surveyed->profile, written->dataset);
    manifest.dataset = std::move(written->dataset);
    manifest.policy = std::move(written->policy);
    const auto text = writeReadableManifest(manifest);
    if (!text)
        return text.failed();

    auto manifestFile = documentFile(manifestTarget, *text, request.replace);
    if (!manifestFile)
        return manifestFile.failed();
    auto signatureFile =
        documentFile(signatureTarget, crypto::signDetached("sealwright-manifest", *text, keys->sig), request.replace);
    if (!signatureFile)
        return signatureFile.failed();
    std::vector<FileSink*> files{manifestFile->get(), signatureFile->get()};
    if (dataFile)
        files.insert(files.begin(), dataFile.get());
    if (auto committed = commitTogether(files); !committed)
        return committed.failed();

    result.values = valuesOf(*manifest.dataset);
    result.profile = std::move(surveyed->profile);
    return result;
}

} // namespace sealwright
