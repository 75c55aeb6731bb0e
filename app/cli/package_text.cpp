#include "app/cli/package_text.h"

#include "app/cli/inputs.h"
#include "app/cli/wording.h"
#include "models/tasks/opening_keys.h"

namespace sealwright::cli {

using crypto::Json;
using crypto::JsonArray;
using crypto::JsonObject;

namespace {

/// The first bytes; fewer where there are no more, none where the file cannot be read.
std::string beginningOf(const std::string& path, std::size_t size) {
    std::string text(size, '\0');
    const auto source = openFileSource(path);
    const auto got = source ? (*source)->readAt(0, {reinterpret_cast<Byte*>(text.data()), text.size()})
                            : Outcome<std::size_t>(std::size_t{0});
    text.resize(got ? *got : 0);
    return text;
}

} // namespace

bool looksLikePackage(const std::string& path) {
    return beginningOf(path, 4) == "PK\x03\x04";
}

bool callsItselfPackage(const std::string& path) {
    constexpr std::size_t firstEntry = 128; // its header, its name, and the type that is its content
    return beginningOf(path, firstEntry).find("application/vnd.sealwright.sealed+zip") != std::string::npos;
}

Outcome<std::vector<crypto::VerificationKey>> acceptedSigners(Invocation& call) {
    auto signers = signersOption(call);
    if (!signers || !signers->empty())
        return signers;
    const auto services = call.services();
    if (!services)
        return services.failed();
    auto known = knownKeys(**services);
    if (!known)
        return known.failed();
    return std::move(known->signers);
}

std::string nameOf(Invocation& call, const std::string& kid) {
    if (const auto services = call.services()) {
        if (const auto known = knownKeys(**services)) {
            const auto found = known->names.find(kid);
            if (found != known->names.end())
                return found->second.empty() ? "this machine" : found->second;
        }
    }
    const auto words = crypto::fingerprintWords(kid);
    return (words ? *words + ", " : std::string()) + kid + " (unknown here)";
}

void sayPackage(Invocation& call, const PackageFacts& facts) {
    call.out().say("A sealed package of " + sizeText(facts.packageBytes) + ", " + countText(facts.payloads) +
                   " files, made " + dateText(facts.manifest.created) + " with " + facts.manifest.tool);
    for (const RecipientSlot& slot : facts.manifest.recipients)
        call.out().say("Can be opened by: " + nameOf(call, slot.kid));
    call.out().say(facts.signer.known ? "Signed by: " + nameOf(call, facts.signer.kid)
                                      : "Signed by nobody known here (it names " + facts.signer.kid + ")");
    if (facts.entries)
        for (const PackageEntry& entry : *facts.entries)
            call.out().say("  " + entry.path + (entry.isFolder() ? std::string() : "  " + sizeText(entry.size)));
}

void warnOfSigner(Invocation& call, const PackageFacts& facts) {
    if (!facts.signer.known)
        call.out().warn(stableId(pipeline::Finding::Kind::UnknownSigner), "reported: nobody known here signed this");
}

JsonObject packageJson(const PackageFacts& facts) {
    JsonArray recipients;
    for (const RecipientSlot& slot : facts.manifest.recipients)
        recipients.push_back(Json(slot.kid));
    JsonObject object{{"kind", Json("package")},
                      {"dataset_id", Json(facts.manifest.datasetId)},
                      {"created", Json(toRfc3339(facts.manifest.created))},
                      {"size", Json(facts.packageBytes)},
                      {"files", Json(facts.payloads)},
                      {"recipients", Json(std::move(recipients))},
                      {"signer", facts.signer.known ? Json(facts.signer.kid) : Json()},
                      {"claimed_signer", Json(facts.signer.kid)}};
    if (facts.entries) {
        JsonArray entries;
        for (const PackageEntry& entry : *facts.entries)
            entries.push_back(Json(JsonObject{{"path", Json(entry.path)}, {"size", Json(entry.size)}}));
        object.emplace_back("entries", Json(std::move(entries)));
    }
    return object;
}

Outcome<int> verifyPackageFile(Invocation& call) {
    auto signers = acceptedSigners(call);
    if (!signers)
        return signers.failed();
    auto given = keyOption(call);
    if (!given)
        return given.failed();
    TaskContext context = call.context();
    const auto progress = [&](std::uint64_t done, std::uint64_t total) {
        context.progress({Step::Check, done, total, 0, 0, 0});
    };
    const PackageCheck check{call.positional(0), std::move(*signers), 0};
    bool tried = false;
    const auto verify = [&](const crypto::DecryptionKey& key) {
        tried = true;
        return verifyPackage(check, &key, progress, call.cancel());
    };
    const auto verifyWithOwn = [&]() -> Outcome<PackageFacts> {
        const auto services = call.services();
        return services ? withDecryptionKeys<PackageFacts>(**services, verify) : services.failed();
    };
    auto facts = *given ? verify(**given) : verifyWithOwn();
    // This machine's own keys are tried, not asked for: a package for others is still checked as far as anybody can.
    if (!facts && !*given && (!tried || facts.error().code == Code::KeyNotForThis))
        facts = inspectPackage(check, progress, call.cancel());
    if (!facts)
        return facts.failed();
    if (!facts->signer.known && !call.has("any-signer"))
        return fail(Failure(Code::AuthUnknownSigner, {facts->signer.kid}));
    sayPackage(call, *facts);
    warnOfSigner(call, *facts);
    call.out().say(facts->entries ? "Everything in it was opened and holds."
                                  : "Layout, signature and digests hold. It was not opened.");
    call.out().result(packageJson(*facts));
    return 0;
}

} // namespace sealwright::cli
