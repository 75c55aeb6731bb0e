#include "app/cli/commands.h"
#include "app/cli/inputs.h"
#include "app/cli/package_text.h"
#include "app/cli/reading.h"
#include "app/cli/wording.h"
#include "models/dataset/sniff.h"
#include "models/tasks/sealing.h"

#include <filesystem>

namespace sealwright::cli {

namespace {

using crypto::Json;
using crypto::JsonArray;

/// FILE is a manifest itself, or has one beside it.
std::string manifestOf(const std::string& file) {
    if (file.ends_with(".manifest.json"))
        return file;
    std::error_code ignored;
    const std::string beside = file + ".manifest.json";
    return std::filesystem::exists(beside, ignored) ? beside : std::string();
}

/// The data that the manifest is about, where it lies beside it; else empty.
std::string dataOf(const std::string& file, const std::string& manifestPath, const Manifest& manifest) {
    constexpr std::string_view ending = ".manifest.json";
    const std::filesystem::path path(manifestPath);
    std::error_code ignored;
    for (const std::string& candidate : {file, manifestPath.substr(0, manifestPath.size() - ending.size()),
                                         (path.parent_path() / manifest.content.front().name).string()})
        if (candidate != manifestPath && std::filesystem::is_regular_file(candidate, ignored))
            return candidate;
    return {};
}

/// Does the data have the size and digest that were signed? Nothing where there is none to compare.
Outcome<std::optional<bool>> contentHolds(Invocation& call, const std::string& data, const Manifest& manifest) {
    if (data.empty())
        return std::optional<bool>();
    const auto source = openFileSource(data);
    if (!source)
        return source.failed();
    TaskContext context = call.context();
    const auto same =
        pipeline::contentMatches(**source, manifest.content.front(), runOptions(Services(), Step::Check, context));
    if (!same)
        return same.failed();
    return std::optional(*same);
}

/// Nobody is named before the content was compared (FORMAT.md §5).
std::string signerText(Invocation& call, const std::string& manifest, const std::string& text,
                       std::optional<bool> holds, Json& json) {
    const auto signature = readLine(signatureBeside(manifest));
    if (!signature)
        return "There is no signature beside the manifest.";
    auto signers = acceptedSigners(call);
    if (!signers)
        signers = std::vector<crypto::VerificationKey>();
    const auto signer = crypto::verifyDetached(*signature, "sealwright-manifest", text, *signers);
    if (signer && !holds)
        return "The signature fits the manifest; the data was not compared, for it does not lie beside it.";
    if (signer && !*holds)
        return "The data has changed since it was signed.";
    if (signer) {
        json = Json(*signer);
        return "Signed by: " + nameOf(call, *signer);
    }
    if (signer.error() != crypto::Error::UnknownKey)
        return "The signature does not fit.";
    const auto claimed = crypto::claimedSigner(*signature);
    return "Signed by nobody known here" + (claimed ? " (it names " + *claimed + ")" : std::string());
}

JsonArray sayOpeners(Invocation& call, const std::string& what, const std::vector<RecipientSlot>& slots,
                     const std::string& ofHeld) {
    JsonArray kids;
    for (const RecipientSlot& slot : slots) {
        call.out().say(what + nameOf(call, slot.kid) + (slot.held() ? ofHeld : std::string()));
        kids.push_back(Json(slot.kid));
    }
    return kids;
}

Outcome<int> inspectDataset(Invocation& call, const std::string& file, const std::string& path) {
    const auto text = readText(path, maxManifestBytes);
    if (!text)
        return text.failed();
    const auto manifest = parseManifest(*text);
    if (!manifest)
        return manifest.failed();
    if (!manifest->dataset)
        return fail(Failure(Code::DocumentInvalid, {"kind"}));
    const auto holds = contentHolds(call, dataOf(file, path, *manifest), *manifest);
    if (!holds)
        return holds.failed();
    Json signer;
    std::uint64_t records = 0;
    for (const RunInfo& run : manifest->runs)
        records += run.records.value_or(0);
    call.out().say("A sealed dataset (" + std::string(toText(manifest->dataset->mediaType)) + "), " +
                   countText(records) + " records, " + countText(manifest->dataset->fields.size()) + " fields, " +
                   sizeText(manifest->content.front().size) + ", made " + dateText(manifest->created) + " with " +
                   manifest->tool);
    call.out().say(signerText(call, path, *text, *holds, signer));
    JsonArray fields;
    JsonArray recipients = sayOpeners(call, "Can be opened by: ", manifest->recipients, ", which made the key");
    Json joinKey;
    if (manifest->joinKey) {
        // Whoever has it can recognise equal values, and try all of a small domain (FORMAT.md §12).
        JsonArray kids = sayOpeners(call, "Has the join key " + manifest->joinKey->id + ": ",
                                    manifest->joinKey->recipients, ", which keeps it");
        joinKey = Json(crypto::JsonObject{{"id", Json(manifest->joinKey->id)}, {"recipients", Json(std::move(kids))}});
    }
    std::vector<std::vector<std::string>> rows{{"field", "type", "action", "values"}};
    for (const FieldInfo& field : manifest->dataset->fields) {
        rows.push_back(
            {field.path, std::string(toText(field.type)), std::string(toText(field.action)), countText(field.values)});
        fields.push_back(Json(crypto::JsonObject{{"path", Json(field.path)}, {"action", Json(toText(field.action))}}));
    }
    call.out().table(rows);
    call.out().result({{"kind", Json("dataset")},
                       {"dataset_id", Json(manifest->datasetId)},
                       {"media_type", Json(toText(manifest->dataset->mediaType))},
                       {"created", Json(toRfc3339(manifest->created))},
                       {"records", Json(records)},
                       {"recipients", Json(std::move(recipients))},
                       {"join_key", std::move(joinKey)},
                       {"content_matches", *holds ? Json(**holds) : Json()},
                       {"signer", signer},
                       {"fields", Json(std::move(fields))}});
    return 0;
}

Outcome<int> inspectPlain(Invocation& call, const std::string& path) {
    const auto source = openFileSource(path);
    if (!source)
        return source.failed();
    const auto sniffed = dataset::sniff(**source, {});
    const std::string what =
        sniffed ? std::string(toText(sniffed->mediaType)) : "no data that Sealwright can read field by field";
    call.out().say("This is not sealed. It looks like: " + what + ", " + sizeText((*source)->size()));
    call.out().result(
        {{"kind", Json("plain")}, {"media_type", sniffed ? Json(what) : Json()}, {"size", Json((*source)->size())}});
    return 0;
}

Outcome<int> run(Invocation& call) {
    const std::string file = call.positional(0);
    if (looksLikePackage(file)) {
        auto signers = acceptedSigners(call);
        if (!signers)
            signers = std::vector<crypto::VerificationKey>();
        TaskContext context = call.context();
        const auto facts = inspectPackage(
            {file, std::move(*signers), 0},
            [&](std::uint64_t done, std::uint64_t total) {
                context.progress({Step::Check, done, total, 0, 0, 0});
            },
            call.cancel());
        if (facts) {
            sayPackage(call, *facts);
            call.out().result(packageJson(*facts));
            return 0;
        }
        if (facts.error().code != Code::PackageLayout)
            return facts.failed();
    }
    const std::string manifest = manifestOf(file);
    return manifest.empty() ? inspectPlain(call, file) : inspectDataset(call, file, manifest);
}

} // namespace

CommandSpec inspectCommand() {
    return {QStringLiteral("inspect"),
            QStringLiteral("FILE"),
            QStringLiteral("Says what can be known without a key: what it is, who can open it, who signed."),
            1,
            1,
            {{QStringLiteral("signer"), QStringLiteral("F"),
              QStringLiteral("A signing key to know (JWK Set, JWK or PEM)."), true}},
            run};
}

} // namespace sealwright::cli
