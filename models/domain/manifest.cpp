#include "models/domain/manifest.h"

#include "models/domain/document.h"
#include "models/domain/policy_names.h"

#include <algorithm>
#include <array>
#include <unordered_set>

// Reading a manifest (FORMAT.md §5).
namespace sealwright {
namespace {

constexpr std::size_t maxRuns = 10'000;
constexpr std::size_t maxColumns = 100'000;
constexpr std::size_t maxContent = 1'000'001; // a package's files and its index
constexpr std::size_t anyNumber = std::size_t{1} << 40;

constexpr std::array<std::string_view, 4> otherServices{"vault-transit", "aws-kms", "azure-key-vault", "gcp-kms"};

RecipientSlot readSlot(MemberReader in) {
    RecipientSlot slot;
    slot.kid = in.nonEmpty("kid");
    slot.alg = in.text("alg");
    if (slot.alg == "RSA-OAEP-256") {
        slot.wrappedKey = in.wrappedKey("wrapped_key");
    } else if (std::find(otherServices.begin(), otherServices.end(), slot.alg) != otherServices.end()) {
        slot.wrappedKey = in.nonEmpty("wrapped_key");
    } else if (!slot.held()) {
        in.refuse("alg");
    }
    if (in.has("name")) {
        slot.name = in.text("name");
    }
    in.close();
    return slot;
}

std::vector<RecipientSlot> readSlots(MemberReader& in) {
    const crypto::JsonArray& items = in.array("recipients", 0, maxRecipients);
    std::vector<RecipientSlot> slots;
    slots.reserve(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        slots.push_back(readSlot(MemberReader(in.check(), &items[i], placeOfItem(in.placeOf("recipients"), i))));
    }
    return slots;
}

JoinKeyInfo readJoinKey(MemberReader in) {
    JoinKeyInfo key;
    key.id = in.nonEmpty("id");
    key.version = static_cast<std::uint32_t>(in.integer("version", 1, maxKeyVersion));
    key.commitment = in.b64("commitment", 32);
    key.recipients = readSlots(in);
    in.close();
    return key;
}

RunInfo readRun(MemberReader in, bool isPackage) {
    RunInfo run;
    const Bytes id = in.b64("run_id", run.runId.size());
    std::copy(id.begin(), id.end(), run.runId.begin());
    run.commitment = in.b64("commitment", 32);
    if (!isPackage) {
        run.records = in.integer("records", 0, std::uint64_t{1} << 48);
        run.sourceCheck = in.b64("source_check", 32);
    }
    in.close();
    return run;
}

std::vector<RunInfo> readRuns(MemberReader& in, bool isPackage) {
    const crypto::JsonArray& items = in.array("runs", 1, isPackage ? 1 : maxRuns);
    std::vector<RunInfo> runs;
    std::unordered_set<std::string> seen;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const std::string place = placeOfItem("runs", i);
        runs.push_back(readRun(MemberReader(in.check(), &items[i], place), isPackage));
        if (!seen.emplace(asText(runs.back().runId)).second) {
            in.check().refuse(place + ".run_id");
        }
    }
    return runs;
}

ContentEntry readContentEntry(MemberReader in) {
    ContentEntry entry;
    entry.name = in.nonEmpty("name");
    entry.size = in.integer("size", 0, maxInteger);
    entry.digest = in.hex256("digest");
    if (in.has("sha256")) {
        entry.sha256 = in.hex256("sha256");
    }
    in.close();
    return entry;
}

std::vector<ContentEntry> readContent(MemberReader& in, bool isPackage) {
    const crypto::JsonArray& items = isPackage ? in.array("content", 1, maxContent) : in.array("content", 1, 1);
    std::vector<ContentEntry> content;
    content.reserve(items.size());
    std::unordered_set<std::string> seen;
    for (std::size_t i = 0; i < items.size() && in.check().ok(); ++i) {
        const std::string place = placeOfItem("content", i);
        content.push_back(readContentEntry(MemberReader(in.check(), &items[i], place)));
        const std::string& name = content.back().name;
        const bool hasFolder = !isPackage && (name.find('/') != std::string::npos || name == "." || name == "..");
        if (hasFolder || !seen.insert(name).second) {
            in.check().refuse(place + ".name");
        }
    }
    return content;
}

std::optional<FieldType> fieldTypeFromText(std::string_view text) {
    for (const FieldType type :
         {FieldType::Text, FieldType::Number, FieldType::Boolean, FieldType::Json, FieldType::Mixed, FieldType::Null}) {
        if (toText(type) == text) {
            return type;
        }
    }
    return std::nullopt;
}

FieldInfo readField(MemberReader in) {
    FieldInfo field;
    field.path = in.text("path");
    if (hasTooManySteps(field.path)) {
        in.refuse("path");
    }
    const std::optional<FieldType> type = fieldTypeFromText(in.text("type"));
    const std::optional<Action> action = actionFromText(in.text("action"));
    if (!type) {
        in.refuse("type");
    }
    if (!action) {
        in.refuse("action");
    }
    field.type = type.value_or(FieldType::Text);
    field.action = action.value_or(Action::Encrypt);
    if (field.action == Action::Encrypt) {
        const std::optional<Algorithm> algorithm = algorithmFromText(in.text("algorithm"));
        if (!algorithm) {
            in.refuse("algorithm");
        }
        field.algorithm = algorithm.value_or(Algorithm::Aes256Gcm);
    }
    if (field.action == Action::Deterministic || field.action == Action::Fpe || field.action == Action::Pseudonym) {
        field.joinAs = in.nonEmptyOpt("join_as");
    }
    if (field.action == Action::Fpe) {
        field.alphabet = in.text("alphabet");
        if (!isAlphabet(field.alphabet)) {
            in.refuse("alphabet");
        }
    }
    if (field.action == Action::Fpe || field.action == Action::Mask) {
        field.keepPrefix = static_cast<std::uint32_t>(in.integer("keep_prefix", 0, 0xffffffff));
        field.keepSuffix = static_cast<std::uint32_t>(in.integer("keep_suffix", 0, 0xffffffff));
    }
    field.values = in.integer("values", 0, maxInteger);
    field.keptEmpty = in.integer("kept_empty", 0, maxInteger);
    field.errors = in.integer("errors", 0, maxInteger);
    in.close();
    return field;
}

DatasetInfo readDataset(MemberReader in) {
    DatasetInfo dataset;
    const std::string type = in.text("media_type");
    const std::optional<MediaType> mediaType = mediaTypeFromText(type);
    if (!mediaType || toText(*mediaType) != type) {
        in.refuse("media_type");
    }
    dataset.mediaType = mediaType.value_or(MediaType::Csv);
    if (const crypto::Json* json = in.any("dialect")) {
        Outcome<Dialect> dialect = dialectFromJson(*json, dataset.mediaType);
        if (dialect) {
            dataset.dialect = std::move(dialect).value();
        } else {
            in.check().refuseAt(in.placeOf("dialect"), dialect.error());
        }
    }
    dataset.unflattened = in.boolean("unflattened");
    dataset.byteExact = in.boolean("byte_exact");
    const crypto::JsonArray& items =
        in.array("fields", 0, dataset.mediaType == MediaType::Csv ? maxColumns : anyNumber);
    dataset.fields.reserve(items.size());
    std::unordered_set<std::string> seen;
    for (std::size_t i = 0; i < items.size() && in.check().ok(); ++i) {
        const std::string place = placeOfItem(in.placeOf("fields"), i);
        dataset.fields.push_back(readField(MemberReader(in.check(), &items[i], place)));
        if (!seen.insert(dataset.fields.back().path).second) {
            in.check().refuse(place + ".path");
        }
    }
    in.close();
    return dataset;
}

PackageInfo readPackage(MemberReader in) {
    PackageInfo package;
    package.cipher = in.text("cipher");
    if (package.cipher != "A256GCM") {
        in.refuse("cipher");
    }
    const std::string compression = in.text("compression");
    if (compression != "none" && compression != "zstd") {
        in.refuse("compression");
    }
    package.zstd = compression == "zstd";
    in.close();
    return package;
}

void readKey(MemberReader in, Manifest& manifest) {
    manifest.keyVersion = static_cast<std::uint32_t>(in.integer("version", 1, maxKeyVersion));
    manifest.keyId = in.nonEmptyOpt("id");
    manifest.recipients = readSlots(in);
    in.close();
}

void readAboutDataset(MemberReader& in, Manifest& manifest) {
    manifest.dataset = readDataset(in.object("dataset"));
    if (const crypto::Json* json = in.any("policy")) {
        Outcome<Policy> policy = policyFromJson(*json);
        if (policy) {
            manifest.policy = std::move(policy).value();
        } else {
            in.check().refuseAt("policy", policy.error());
        }
    }
}

} // namespace

std::string_view toText(FieldType type) {
    switch (type) {
    case FieldType::Text:
        return "text";
    case FieldType::Number:
        return "number";
    case FieldType::Boolean:
        return "boolean";
    case FieldType::Json:
        return "json";
    case FieldType::Mixed:
        return "mixed";
    case FieldType::Null:
        return "null";
    }
    return {};
}

Outcome<Manifest> parseManifest(std::string_view text) {
    if (text.size() > maxManifestBytes) {
        return fail(Code::DocumentTooLarge);
    }
    const crypto::Result<crypto::Json> json = crypto::parseControlJson(text, maxManifestBytes);
    if (!json) {
        return json.error() == crypto::Error::LimitReached ? fail(Code::DocumentTooLarge)
                                                           : fail({Code::DocumentInvalid, {""}});
    }
    DocumentCheck check(Code::DocumentInvalid);
    MemberReader in(check, &*json, {});
    Manifest manifest;
    in.exactly("format", "sealwright-manifest/1");
    const std::string kind = in.text("kind");
    if (kind != "dataset" && kind != "package") {
        in.refuse("kind");
    }
    manifest.isPackage = kind == "package";
    manifest.datasetId = in.uuid("dataset_id");
    manifest.created = in.time("created");
    manifest.tool = in.text("tool");
    if (in.has("job_id")) {
        manifest.jobId = in.uuid("job_id");
    }
    readKey(in.object("key"), manifest);
    if (in.has("join_key")) {
        manifest.joinKey = readJoinKey(in.object("join_key"));
    }
    manifest.runs = readRuns(in, manifest.isPackage);
    manifest.content = readContent(in, manifest.isPackage);
    if (manifest.isPackage) {
        manifest.package = readPackage(in.object("package"));
    } else {
        readAboutDataset(in, manifest);
    }
    if (in.has("metadata")) {
        const crypto::Json* metadata = in.any("metadata");
        if (!metadata->object()) {
            in.refuse("metadata");
        }
        manifest.metadata = *metadata;
    }
    in.close();
    if (!check.ok()) {
        return fail(check.failure());
    }
    return manifest;
}

std::uint32_t tokenVersion(const Manifest& manifest, crypto::Mode mode) {
    const bool underJ = mode == crypto::Mode::Siv;
    return underJ && manifest.joinKey ? manifest.joinKey->version : manifest.keyVersion;
}

} // namespace sealwright
