#include "models/dataset/sniff.h"
#include "models/pipeline/check.h"
#include "models/pipeline/decrypt.h"
#include "models/pipeline/profile.h"
#include "tests/fuzz/known_keys.h"
#include "tests/fuzz/target.h"

#include <algorithm>

// Whole datasets, sealed and opened. The first byte of an input chooses how blocks are cut; a policy, a source and,
// where there is more, a stored file that takes the sealed one's place follow.
namespace sealwright::fuzz {
namespace {

using namespace pipeline;

constexpr std::size_t wholeBlock = 16u << 10; // of a MiB, clearing them would take most of the time

struct Sealing {
    EncryptRequest request;
    EncryptResult result;
    std::string stored;
};

RunOptions options(std::size_t blockSize) {
    RunOptions serial;
    serial.threads = 1;
    serial.blockSize = blockSize;
    return serial;
}

Outcome<Sealing> sealedBy(const ByteSource& source, const EncryptRequest& request, std::size_t blockSize) {
    MemorySink sink;
    auto result = encryptDataset(source, sink, request, options(blockSize));
    if (!result)
        return result.failed();
    return Sealing{request, std::move(result).value(), std::move(sink.bytes())};
}

Manifest manifestOf(const Sealing& sealing) {
    Manifest manifest;
    manifest.datasetId = sealing.request.keys.datasetId;
    manifest.runs = {sealing.result.run};
    manifest.content = {sealing.result.content};
    manifest.content.front().name = "data";
    manifest.dataset = sealing.result.dataset;
    manifest.policy = sealing.result.policy;
    return manifest;
}

/// What is called byte exact is the source, whatever was done to the stored file.
DecryptResult opened(const Sealing& sealing, std::string_view stored, std::string_view source, std::size_t blockSize) {
    MemorySink sink;
    const auto result = decryptDataset(*memorySource(std::string(stored), "stored"), &sink, manifestOf(sealing),
                                       sealing.request.keys, options(blockSize));
    must(!result || !result->byteExact || sink.bytes() == source, "what is called exact is the source");
    must(stored != sealing.stored || result, "what was sealed is opened");
    return result ? *result : DecryptResult();
}

/// A value that a rule cannot take is told before a run begins, and only then.
void toldBefore(const ByteSource& source, const EncryptRequest& request, const Outcome<Sealing>& sealing) {
    const auto profile =
        profileDataset(source, request.mediaType, request.dialect, &request.policy, options(wholeBlock));
    if (!profile)
        return;
    must(!sealing || sealing->result.run.records == profile->records, "records are counted alike");
    const Code refusals[] = {Code::ValueUndecodable, Code::ValueNotForFpe, Code::ValueNotForMask,
                             Code::ValueNotForAction};
    const bool refused =
        !sealing && std::find(std::begin(refusals), std::end(refusals), sealing.error().code) != std::end(refusals);
    must(!refused || profile->unfitCount > 0, "what a run refuses, a profile has told");
}

void check(std::string_view input) {
    Choices choices(input);
    const std::size_t blockSize = 1 + choices.byte() % 64;
    const auto parts = partsOf(choices.rest());
    const auto policy = parsePolicy(parts[0]);
    if (!policy || parts.size() < 2)
        return;
    const auto source = memorySource(std::string(parts[1]), "data");
    const auto found = dataset::sniff(*source, {});
    if (!found)
        return;
    static const crypto::SecretBytes dek = knownDek();
    EncryptRequest request;
    request.mediaType = found->mediaType;
    request.dialect = found->dialect;
    request.policy = *policy;
    request.keys.dek = &dek;
    request.keys.datasetId = *knownAnswers().find("dataset_id")->string();
    request.runId = knownRun();

    const auto sealing = sealedBy(*source, request, wholeBlock);
    toldBefore(*source, request, sealing);
    const auto tiny = sealedBy(*source, request, blockSize);
    must(sealing.ok() == tiny.ok(), "in any blocks it is sealed, or refused");
    if (!sealing)
        return;
    must(sealing->stored == tiny->stored, "to the same bytes");
    const std::string document = writeManifest(manifestOf(*sealing));
    const auto manifest = parseManifest(document);
    must(manifest && writeManifest(*manifest) == document, "its manifest is one");
    must(checkAgainstSource(*source, *memorySource(sealing->stored, "stored"), request, sealing->result, options(97))
             .ok(),
         "it stands the check");
    const DecryptResult result = opened(*sealing, sealing->stored, parts[1], blockSize);
    must(result.findingsCount == 0 && result.records == sealing->result.run.records, "nothing is to be reported");
    must(result.byteExact == sealing->result.dataset.byteExact, "it is exact where the manifest says so");

    if (!sealing->stored.empty()) {
        const std::string turned = withBitTurned(sealing->stored, sumOf(parts[1]));
        (void)opened(*sealing, turned, parts[1], blockSize);
        const auto same = contentMatches(*memorySource(turned, "stored"), sealing->result.content, options(wholeBlock));
        must(same && !*same, "the digest tells");
    }
    if (parts.size() > 2)
        (void)opened(*sealing, parts[2], parts[1], blockSize);
}

const Registered registered({"dataset", check, "{}[]\",:\\.0ed-1a\x1e\n;", 30});

} // namespace
} // namespace sealwright::fuzz
