#include "crypto/field/token_text.h"
#include "models/domain/document.h"
#include "models/domain/manifest.h"
#include "tests/fuzz/target.h"

#include <algorithm>
#include <set>

// Manifests of datasets and packages.
namespace sealwright::fuzz {
namespace {

void slotsAreSound(const std::vector<RecipientSlot>& slots) {
    must(slots.size() <= maxRecipients, "there are not too many recipients");
    for (const RecipientSlot& slot : slots) {
        must(!slot.kid.empty(), "a slot names a key");
        must(slot.held() == slot.wrappedKey.empty(), "a slot holds a wrapped key, or none where the key is held");
    }
}

void limitsHold(const Manifest& manifest) {
    must(isUuid(manifest.datasetId) && (manifest.jobId.empty() || isUuid(manifest.jobId)), "ids are UUIDs");
    slotsAreSound(manifest.recipients);
    if (manifest.joinKey) {
        slotsAreSound(manifest.joinKey->recipients);
        must(manifest.joinKey->commitment.size() == 32, "a commitment has 32 bytes");
    }
    std::set<crypto::RunId> runs;
    for (const RunInfo& run : manifest.runs) {
        must(runs.insert(run.runId).second, "no run is named twice");
        must(run.commitment.size() == 32, "a commitment has 32 bytes");
        must(manifest.isPackage || (run.records && *run.records <= std::uint64_t{1} << 48), "records are counted");
    }
    must(!runs.empty() && runs.size() <= (manifest.isPackage ? 1u : 10'000u), "there are runs, and not too many");
    std::set<std::string_view> names;
    for (const ContentEntry& entry : manifest.content)
        must(names.insert(entry.name).second && entry.digest.size() == 64, "content is named once and has a digest");
    must(manifest.isPackage || names.size() == 1, "a dataset is one file");
    must(manifest.isPackage == manifest.package.has_value(), "a package has what a package has");
    must(manifest.isPackage != (manifest.dataset && manifest.policy), "a dataset has what a dataset has");
    for (const auto mode : {crypto::Mode::Gcm, crypto::Mode::ChaCha, crypto::Mode::Siv}) {
        const std::uint32_t version = tokenVersion(manifest, mode);
        must(version > 0 && version <= crypto::maxTokenVersion, "a version fits a token");
    }
}

void check(std::string_view text) {
    const auto read = parseManifest(text);
    if (!read) {
        must(!read.error().facts.empty() || read.error().code == Code::DocumentTooLarge, "a refusal names a member");
        return;
    }
    limitsHold(*read);
    const std::string written = writeManifest(*read);
    const auto again = parseManifest(written);
    must(again.ok(), "what is written can be read");
    must(writeManifest(*again) == written, "and is written again as it was");
    must(!read->dataset || again->dataset->fields == read->dataset->fields, "fields stay what they are");
    must(again->metadata == read->metadata, "metadata stays what it is");
}

const Registered registered({"manifest", check, "{}[]\",:\\u0ed-1a. "});

} // namespace
} // namespace sealwright::fuzz
