#include "models/tasks/dataset_files.h"
#include "models/tasks/opening_keys.h"
#include "models/tasks/sealing.h"

namespace sealwright {

namespace {

/// The signer's kid; empty where nobody known signed and that was allowed.
Outcome<std::string> signerOf(const Services& services, const ReadFileRequest& request) {
    std::vector<crypto::VerificationKey> accepted = request.signers;
    if (accepted.empty()) {
        auto known = knownKeys(services);
        if (!known)
            return known.failed();
        accepted = std::move(known->signers);
    }
    auto signer = crypto::verifyDetached(request.signatureText, "sealwright-manifest", request.manifestText, accepted);
    if (signer)
        return std::move(*signer);
    if (signer.error() == crypto::Error::UnknownKey) {
        if (request.anySigner)
            return std::string();
        const auto claimed = crypto::claimedSigner(request.signatureText);
        return fail(Failure(Code::AuthUnknownSigner, {claimed ? *claimed : std::string()}));
    }
    return fail(Code::AuthBadSignature);
}

void report(pipeline::DecryptResult& read, pipeline::Finding::Kind kind) {
    read.findings.insert(read.findings.begin(), {kind, {}});
    ++read.findingsCount;
}

} // namespace

Outcome<ReadFileResult> readDataset(const Services& services, const ReadFileRequest& request, ByteSink* sink,
                                    bool needKey, TaskContext& context) {
    auto signer = signerOf(services, request);
    if (!signer)
        return signer.failed();
    auto manifest = parseManifest(request.manifestText);
    if (!manifest)
        return manifest.failed();
    if (!manifest->dataset)
        return fail(Failure(Code::DocumentInvalid, {"kind"}));

    ReadFileResult result;
    result.manifest = std::move(*manifest);
    const auto matches = pipeline::contentMatches(*request.data, result.manifest.content.front(),
                                                  runOptions(services, Step::Read, context));
    if (!matches)
        return matches.failed();
    result.contentMatches = *matches;
    // Nobody signed for bytes that have changed since (FORMAT.md §5).
    if (result.contentMatches)
        result.signerKid = std::move(*signer);

    std::optional<crypto::DecryptionKey> own;
    const crypto::DecryptionKey* key = request.key;
    if (!key) {
        auto loaded = decryptionKeyFor(services, result.manifest);
        if (loaded) {
            own = std::move(*loaded);
            key = &*own;
        } else if (needKey) {
            return loaded.failed();
        }
    }
    if (key) {
        auto keys = unwrapFor(result.manifest, *key);
        if (keys) {
            auto read = pipeline::decryptDataset(*request.data, sink, result.manifest, keys->view(result.manifest),
                                                 runOptions(services, sink ? Step::Seal : Step::Check, context));
            if (!read)
                return read.failed();
            result.read = std::move(*read);
            result.opened = true;
        } else if (needKey || request.key) {
            return keys.failed();
        }
    }
    if (!result.opened) {
        auto seen =
            pipeline::lookThroughDataset(*request.data, result.manifest, runOptions(services, Step::Check, context));
        if (!seen)
            return seen.failed();
        result.read = std::move(*seen);
    }
    if (!result.contentMatches)
        report(result.read, pipeline::Finding::Kind::ChangedSinceSigned);
    else if (result.signerKid.empty())
        report(result.read, pipeline::Finding::Kind::UnknownSigner);
    return result;
}

} // namespace sealwright
