#include "models/pipeline/profile.h"

#include "models/pipeline/encrypt_pass.h"

namespace sealwright::pipeline {
namespace {

/// Without a policy every value is met where it stands: nothing is taken whole.
Policy keepAll() {
    Policy policy;
    policy.defaultAction = Action::Keep;
    return policy;
}

class JudgingPass final : public EncryptPass {
public:
    using EncryptPass::EncryptPass;
    std::vector<Unfit> unfit;
    std::uint64_t unfitCount = 0;

protected:
    Outcome<void> take(std::string_view text, Item* done) override {
        if (done != nullptr) {
            unfitCount += done->problemsCount;
            for (const Failure& problem : done->problems) {
                if (unfit.size() < Item::keptNotes)
                    unfit.push_back({problem.code, inFile(problem, m_source).where});
            }
        }
        return EncryptPass::take(text, done);
    }
};

std::vector<FieldProfile> fieldsOf(const EncryptPass& pass, const DatasetInfo& info) {
    struct Met {
        insight::FieldMeasure measure;
        bool container = false;
    };
    std::unordered_map<std::string_view, Met> met;
    for (const auto& worker : pass.sealWorkers()) {
        for (const auto& field : worker->handler().fields()) {
            Met& here = met[field.path()];
            here.measure.add(field.measure);
            here.container = here.container || field.tally.metContainer();
        }
    }
    std::vector<FieldProfile> fields;
    for (const FieldInfo& one : info.fields) {
        const auto& [measure, container] = met[one.path];
        FieldProfile field;
        field.path = one.path;
        field.type = one.type;
        field.values = measure.values;
        field.nulls = measure.nulls;
        field.empties = measure.empties;
        field.minLength = measure.minLength;
        field.maxLength = measure.maxLength;
        field.container = container;
        fields.push_back(std::move(field));
    }
    return fields;
}

crypto::Json metadataOf(const FieldInfo& info, const FieldProfile* measured) {
    crypto::JsonObject field;
    field.emplace_back("path", info.path);
    field.emplace_back("type", toText(info.type));
    field.emplace_back("action", toText(info.action));
    field.emplace_back("values", info.values);
    field.emplace_back("kept_empty", info.keptEmpty);
    field.emplace_back("errors", info.errors);
    if (info.action == Action::Keep && measured != nullptr) {
        field.emplace_back("nulls", measured->nulls);
        field.emplace_back("empties", measured->empties);
        field.emplace_back("min_length", measured->minLength);
        field.emplace_back("max_length", measured->maxLength);
    }
    return field;
}

} // namespace

Outcome<Profile> profileDataset(const ByteSource& source, MediaType type, const Dialect& dialect, const Policy* policy,
                                const RunOptions& options) {
    // A rule is tried under a key that is thrown away: whether it takes a value does not depend on the key.
    const auto key = crypto::freshDek();
    EncryptRequest request;
    request.mediaType = type;
    request.dialect = dialect;
    request.policy = policy != nullptr ? *policy : keepAll();
    request.keys.dek = &key;
    request.runId = crypto::freshRunId();
    JudgingPass pass(source, request, options);
    if (auto prepared = pass.prepare(Purpose::Judge); !prepared.ok())
        return prepared.failed();
    if (auto done = pass.run(); !done.ok())
        return done.failed();
    auto info = pass.dataset();
    if (!info.ok())
        return info.failed();
    Profile profile;
    profile.mediaType = type;
    profile.dialect = info->dialect;
    profile.bytes = source.size();
    profile.records = pass.records();
    profile.fields = fieldsOf(pass, *info);
    profile.unfit = std::move(pass.unfit);
    profile.unfitCount = pass.unfitCount;
    return profile;
}

crypto::Json metadataOf(const Profile& profile, const DatasetInfo& dataset) {
    std::unordered_map<std::string_view, const FieldProfile*> measured;
    for (const FieldProfile& field : profile.fields)
        measured.emplace(field.path, &field);
    crypto::JsonArray fields;
    for (const FieldInfo& info : dataset.fields) {
        const auto found = measured.find(info.path);
        fields.push_back(metadataOf(info, found != measured.end() ? found->second : nullptr));
    }
    crypto::JsonObject metadata;
    metadata.emplace_back("records", profile.records);
    metadata.emplace_back("fields", std::move(fields));
    return metadata;
}

} // namespace sealwright::pipeline
