#include "crypto/base/b64.h"
#include "models/domain/document.h"
#include "models/domain/manifest.h"
#include "models/domain/policy_names.h"

// Writing a manifest (FORMAT.md §5).
namespace sealwright {
namespace {

crypto::Json slotsJson(const std::vector<RecipientSlot>& slots) {
    crypto::JsonArray out;
    for (const RecipientSlot& slot : slots) {
        crypto::JsonObject item{{"kid", slot.kid}, {"alg", slot.alg}};
        if (!slot.held()) {
            item.emplace_back("wrapped_key", slot.wrappedKey);
        }
        if (!slot.name.empty()) {
            item.emplace_back("name", slot.name);
        }
        out.emplace_back(std::move(item));
    }
    return out;
}

crypto::Json contentJson(const std::vector<ContentEntry>& content) {
    crypto::JsonArray out;
    out.reserve(content.size());
    for (const ContentEntry& entry : content) {
        crypto::JsonObject item{{"name", entry.name}, {"size", entry.size}, {"digest", entry.digest}};
        if (entry.sha256) {
            item.emplace_back("sha256", *entry.sha256);
        }
        out.emplace_back(std::move(item));
    }
    return out;
}

crypto::Json fieldJson(const FieldInfo& field) {
    crypto::JsonObject out{{"path", field.path}, {"type", toText(field.type)}, {"action", toText(field.action)}};
    if (field.action == Action::Encrypt) {
        out.emplace_back("algorithm", toText(field.algorithm));
    }
    if (!field.joinAs.empty()) {
        out.emplace_back("join_as", field.joinAs);
    }
    if (field.action == Action::Fpe) {
        out.emplace_back("alphabet", field.alphabet);
    }
    if (field.action == Action::Fpe || field.action == Action::Mask) {
        out.emplace_back("keep_prefix", std::int64_t{field.keepPrefix});
        out.emplace_back("keep_suffix", std::int64_t{field.keepSuffix});
    }
    out.emplace_back("values", field.values);
    out.emplace_back("kept_empty", field.keptEmpty);
    out.emplace_back("errors", field.errors);
    return out;
}

} // namespace

crypto::Json toJson(const DatasetInfo& dataset) {
    crypto::JsonArray fields;
    fields.reserve(dataset.fields.size());
    for (const FieldInfo& field : dataset.fields) {
        fields.push_back(fieldJson(field));
    }
    return crypto::JsonObject{{"media_type", toText(dataset.mediaType)},
                              {"dialect", toJson(dataset.dialect, dataset.mediaType)},
                              {"unflattened", dataset.unflattened},
                              {"byte_exact", dataset.byteExact},
                              {"fields", std::move(fields)}};
}

crypto::Json toJson(const std::vector<RunInfo>& runs) {
    crypto::JsonArray out;
    for (const RunInfo& run : runs) {
        crypto::JsonObject item{{"run_id", crypto::b64Encode(run.runId)},
                                {"commitment", crypto::b64Encode(run.commitment)}};
        if (run.records) {
            item.emplace_back("records", *run.records);
        }
        if (run.sourceCheck) {
            item.emplace_back("source_check", crypto::b64Encode(*run.sourceCheck));
        }
        out.emplace_back(std::move(item));
    }
    return out;
}

std::string writeManifest(const Manifest& manifest) {
    crypto::JsonObject out{{"format", "sealwright-manifest/1"},
                           {"kind", manifest.isPackage ? "package" : "dataset"},
                           {"dataset_id", manifest.datasetId},
                           {"created", toRfc3339(manifest.created)},
                           {"tool", manifest.tool}};
    if (!manifest.jobId.empty()) {
        out.emplace_back("job_id", manifest.jobId);
    }
    crypto::JsonObject key{{"version", std::int64_t{manifest.keyVersion}}};
    if (!manifest.keyId.empty()) {
        key.emplace_back("id", manifest.keyId);
    }
    key.emplace_back("recipients", slotsJson(manifest.recipients));
    out.emplace_back("key", std::move(key));
    if (manifest.joinKey) {
        out.emplace_back("join_key", crypto::JsonObject{{"id", manifest.joinKey->id},
                                                        {"version", std::int64_t{manifest.joinKey->version}},
                                                        {"commitment", crypto::b64Encode(manifest.joinKey->commitment)},
                                                        {"recipients", slotsJson(manifest.joinKey->recipients)}});
    }
    out.emplace_back("runs", toJson(manifest.runs));
    out.emplace_back("content", contentJson(manifest.content));
    if (manifest.dataset) {
        out.emplace_back("dataset", toJson(*manifest.dataset));
    }
    if (manifest.package) {
        out.emplace_back("package", crypto::JsonObject{{"cipher", manifest.package->cipher},
                                                       {"compression", manifest.package->zstd ? "zstd" : "none"}});
    }
    if (manifest.policy) {
        out.emplace_back("policy", toJson(*manifest.policy));
    }
    if (manifest.metadata) {
        out.emplace_back("metadata", *manifest.metadata);
    }
    return crypto::writeControlJson(out);
}

Outcome<std::string> writeReadableManifest(const Manifest& manifest) {
    if (manifest.recipients.size() > maxRecipients) {
        return fail({Code::UsageTooManyRecipients, {std::to_string(manifest.recipients.size())}});
    }
    std::string text = writeManifest(manifest);
    if (text.size() > maxManifestBytes) {
        return fail(Code::DataManifestTooLarge);
    }
    if (const Outcome<Manifest> read = parseManifest(text); !read) {
        if (read.error().code == Code::DocumentTooLarge) {
            return fail(Code::DataManifestTooLarge);
        }
        return fail({Code::DataManifestRefused, read.error().facts});
    }
    return text;
}

} // namespace sealwright
