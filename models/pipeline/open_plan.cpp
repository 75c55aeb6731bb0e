#include "models/pipeline/open_plan.h"

#include "models/dataset/csv_columns.h"

namespace sealwright::pipeline {
namespace {

Outcome<void> compareCommitments(const Manifest& manifest, const Keys& keys) {
    for (const RunInfo& run : manifest.runs) {
        if (!crypto::equalConstantTime(crypto::commitment(*keys.dek, run.runId), run.commitment))
            return fail(Failure(Code::AuthWrongKey));
    }
    if (!manifest.joinKey)
        return {};
    if (keys.joinKey == nullptr)
        return fail(Failure(Code::KeyMissing, {manifest.joinKey->id}));
    if (!crypto::equalConstantTime(crypto::joinCommitment(*keys.joinKey, manifest.joinKey->id),
                                   manifest.joinKey->commitment))
        return fail(Failure(Code::AuthWrongKey, {manifest.joinKey->id}));
    return {};
}

/// The keys with the versions and the domain that the manifest says.
Keys keysOf(const Manifest& manifest, const Keys& keys) {
    Keys own = keys;
    own.version = manifest.keyVersion;
    own.datasetId = manifest.datasetId;
    if (manifest.joinKey)
        own.joinVersion = manifest.joinKey->version;
    else
        own.joinKey = nullptr;
    return own;
}

} // namespace

bool StoredField::mayStay(const Value& value, bool csv) const {
    if (value.isNull && nulls == EmptyRule::Keep)
        return true;
    if (value.isEmpty && empty == EmptyRule::Keep)
        return true;
    return info->errors > 0 && (csv ? value.raw.empty() : value.isNull);
}

OpenPlan::OpenPlan(const Manifest& manifest, const Keys& keys, ValueForm form)
    : m_manifest(manifest),
      m_form(std::move(form)),
      m_rules(*manifest.policy),
      m_keys(keysOf(manifest, keys), manifest.policy->join) {
    for (const FieldInfo& info : manifest.dataset->fields) {
        const FieldRule& rule = m_rules.rule(info.path);
        StoredField& field = m_fields.emplace_back();
        field.number = static_cast<std::uint32_t>(m_fields.size() - 1);
        field.info = &info;
        field.nulls = rule.nulls.value_or(EmptyRule::Encrypt);
        field.empty = rule.empty.value_or(EmptyRule::Encrypt);
        field.mode = modeOf(info.action, info.algorithm);
        // What is made of a pseudonym is never computed from the stored side.
        const bool opened = keys.dek != nullptr && field.mode && field.mode != crypto::Mode::Pseudonym;
        if (opened && (!field.hasRow() || manifest.runs.size() == 1))
            field.key = m_keys.derive(*field.mode, manifest.runs[0].runId, info.path, info.joinAs);
        if (info.action == Action::Drop) {
            forEachAncestor(info.path, [&](std::string_view ancestor) { m_aboveDropped.insert(ancestor); });
        } else {
            m_byPath.emplace(info.path, &field);
            m_columns.push_back(&info.path);
        }
    }
}

const crypto::SecretBytes& OpenPlan::key(const StoredField& field, std::uint32_t run,
                                         crypto::SecretBytes& scratch) const {
    if (!field.key.empty())
        return field.key;
    scratch = m_keys.derive(*field.mode, m_manifest.runs[run].runId, field.info->path, field.info->joinAs);
    return scratch;
}

Outcome<std::unique_ptr<OpenPlan>> OpenPlan::planned(const Manifest& manifest, const Keys* keys) {
    if (!manifest.dataset || !manifest.policy || manifest.runs.empty())
        return fail(Failure(Code::DocumentInvalid, {std::string("dataset")}));
    if (keys != nullptr) {
        if (auto compared = compareCommitments(manifest, *keys); !compared.ok())
            return compared.failed();
    }
    auto form = ValueForm::make(manifest.dataset->mediaType, manifest.dataset->dialect);
    if (!form.ok())
        return form.failed();
    std::unique_ptr<OpenPlan> plan(new OpenPlan(manifest, keys != nullptr ? *keys : Keys(), std::move(*form)));
    plan->m_keyless = keys == nullptr;
    return plan;
}

Outcome<std::unique_ptr<OpenPlan>> OpenPlan::make(const Manifest& manifest, const Keys& keys) {
    return planned(manifest, &keys);
}

Outcome<std::unique_ptr<OpenPlan>> OpenPlan::makeKeyless(const Manifest& manifest) {
    return planned(manifest, nullptr);
}

const StoredField* OpenPlan::field(std::string_view path) const {
    const auto found = m_byPath.find(path);
    return found != m_byPath.end() ? found->second : nullptr;
}

std::string OpenPlan::positionPath(std::size_t index) const {
    return dataset::csvPositionPath(dataset().fields.size() + index - m_columns.size());
}

Outcome<void> OpenPlan::readHeader(const ByteSource& stored) {
    if (!m_form.isCsv())
        return {};
    auto found = dataset::readCsvColumns(stored, m_form.dialect());
    if (!found.ok())
        return found.failed();
    if (m_form.dialect().header) {
        // Names by position are no names: dropping a column can make an equal name the only one.
        for (std::size_t i = 0; i < found->paths.size() && i < m_columns.size(); ++i) {
            const std::string& there = found->paths[i];
            const std::string& wanted = *m_columns[i];
            if (there != wanted && there[0] != '#' && wanted[0] != '#')
                return fail(Failure(Code::AuthAltered, Where{{}, {}, wanted, 0}));
        }
    }
    // The source's own columns cannot always be told once some were dropped: then no writer stores a record as a blank
    // line.
    m_singleColumn = found->paths.size() == 1 && m_columns.size() == dataset().fields.size();
    return {};
}

} // namespace sealwright::pipeline
