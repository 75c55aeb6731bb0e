#include "app/cli/reading.h"

#include "app/cli/inputs.h"
#include "app/cli/wording.h"

namespace sealwright::cli {

using crypto::Json;

Outcome<std::unique_ptr<DatasetInputs>> datasetInputs(Invocation& call, const std::string& data) {
    auto inputs = std::make_unique<DatasetInputs>();
    const std::string manifest = call.has("manifest") ? call.value("manifest") : data + ".manifest.json";
    auto text = readText(manifest, maxManifestBytes);
    if (!text)
        return text.failed();
    auto signature = readLine(signatureBeside(manifest));
    if (!signature)
        return signature.failed();
    auto signers = signersOption(call);
    if (!signers)
        return signers.failed();
    auto key = keyOption(call);
    if (!key)
        return key.failed();
    auto source = openData(call, data);
    if (!source)
        return source.failed();
    inputs->key = std::move(*key);
    inputs->request.data = std::move(*source);
    inputs->request.manifestText = std::move(*text);
    inputs->request.signatureText = std::move(*signature);
    inputs->request.key = inputs->key ? &*inputs->key : nullptr;
    inputs->request.signers = std::move(*signers);
    inputs->request.anySigner = call.has("any-signer");
    return inputs;
}

void sayRead(Invocation& call, const ReadFileResult& result) {
    const auto services = call.services();
    std::string name = result.signerKid;
    if (services) {
        if (const auto known = knownKeys(**services)) {
            const auto found = known->names.find(result.signerKid);
            if (found != known->names.end())
                name = found->second.empty() ? "this machine" : found->second;
        }
    }
    if (!result.signerKid.empty())
        call.out().say("Signed by " + name + ", " + dateText(result.manifest.created));
    if (result.opened)
        call.out().say(countText(result.read.records) + " records, " + countText(result.read.valuesOpened) +
                       " values opened");
    if (result.opened)
        call.out().say(result.read.byteExact ? "The restored bytes are the source's."
                                             : "The restored bytes are not the source's byte for byte: something was "
                                               "left out, masked or pseudonymised, or is reported.");
    warnOf(call.out(), result.read.findings, result.read.findingsCount);
}

crypto::JsonObject readJson(const ReadFileResult& result) {
    return {{"dataset_id", Json(result.manifest.datasetId)},
            {"signer", result.signerKid.empty() ? Json() : Json(result.signerKid)},
            {"created", Json(toRfc3339(result.manifest.created))},
            {"content_matches", Json(result.contentMatches)},
            {"opened", Json(result.opened)},
            {"records", Json(result.read.records)},
            {"values", Json(result.read.valuesOpened)},
            {"byte_exact", Json(result.read.byteExact)},
            {"reported_count", Json(result.read.findingsCount)}};
}

} // namespace sealwright::cli
