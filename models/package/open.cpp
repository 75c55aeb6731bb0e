#include "models/package/payload_pass.h"

// Verifying and opening a sealed package (FORMAT.md §6).
namespace sealwright {
namespace {

using namespace package;

PackageFacts factsOf(const PackageReader& reader) {
    PackageFacts facts;
    facts.manifest = reader.manifest();
    facts.signer = reader.signer();
    facts.packageBytes = reader.packageBytes();
    facts.payloads = reader.payloads();
    return facts;
}

std::vector<PackageEntry> entriesOf(const std::vector<IndexFile>& files) {
    std::vector<PackageEntry> entries;
    entries.reserve(files.size());
    for (const IndexFile& file : files) {
        entries.push_back(file.entry);
    }
    return entries;
}

/// Both ways with a key: unwraps, reads the index, passes the payloads, and moves the files to where they belong.
Outcome<PackageFacts> withKey(const PackageReader& reader, const crypto::DecryptionKey& key, const std::string* folder,
                              unsigned threads, const PackageProgress& progress, const Cancel& cancel) {
    const Outcome<crypto::SecretBytes> dek = reader.unwrap(key);
    if (!dek) {
        return dek.failed();
    }
    const Outcome<std::vector<IndexFile>> files = reader.readIndex(*dek);
    if (!files) {
        return files.failed();
    }
    std::optional<TargetFolder> target;
    if (folder) {
        Outcome<TargetFolder> made = TargetFolder::make(*folder);
        if (!made) {
            return made.failed();
        }
        target.emplace(std::move(made).value());
        if (const Outcome<void> prepared = target->prepare(*files, !reader.manifest().package->zstd); !prepared) {
            return prepared.failed();
        }
    }
    ProgressMeter meter(progress, bytesToPass(reader));
    const Opened opened{*dek, *files, target ? &*target : nullptr};
    if (const Outcome<void> passed = passPayloads(reader, &opened, threads, meter, cancel); !passed) {
        return passed.failed();
    }
    if (target) {
        if (const Outcome<void> committed = target->commit(*files); !committed) {
            return committed.failed();
        }
    }
    PackageFacts facts = factsOf(reader);
    facts.entries = entriesOf(*files);
    return facts;
}

} // namespace

Outcome<PackageFacts> verifyPackage(const PackageCheck& check, const crypto::DecryptionKey* key,
                                    const PackageProgress& progress, const Cancel& cancel) {
    const Outcome<PackageReader> reader = PackageReader::open(check);
    if (!reader) {
        return reader.failed();
    }
    if (key) {
        return withKey(*reader, *key, nullptr, check.threads, progress, cancel);
    }
    ProgressMeter meter(progress, bytesToPass(*reader) + reader->index().size);
    if (const Outcome<void> passed = passPayloads(*reader, nullptr, check.threads, meter, cancel); !passed) {
        return passed.failed();
    }
    return factsOf(*reader);
}

Outcome<PackageFacts> openPackage(const OpenRequest& request, const crypto::DecryptionKey& key,
                                  const PackageProgress& progress, const Cancel& cancel) {
    const Outcome<PackageReader> reader = PackageReader::open(request.check);
    if (!reader) {
        return reader.failed();
    }
    if (!reader->signer().known && !request.allowUnknownSigner) {
        return fail({Code::AuthUnknownSigner, {reader->signer().kid}});
    }
    return withKey(*reader, key, &request.targetFolder, request.check.threads, progress, cancel);
}

} // namespace sealwright
