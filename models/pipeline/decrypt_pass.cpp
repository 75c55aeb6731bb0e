#include "models/pipeline/decrypt_pass.h"

namespace sealwright::pipeline {

Outcome<void> DecryptPass::begin(Outcome<std::unique_ptr<OpenPlan>> plan) {
    if (!plan.ok())
        return fail(inFile(plan.error(), m_source));
    m_plan = std::move(*plan);
    if (auto header = m_plan->readHeader(m_source); !header.ok())
        return fail(inFile(header.error(), m_source));
    m_plan->workers = workers();
    m_rows.emplace(m_manifest.runs.size());
    for (unsigned i = 0; i < workers(); ++i)
        m_workers.push_back(std::make_unique<OpenWorker>(*m_plan));
    return open(m_plan->dataset().mediaType, m_plan->dataset().dialect, m_plan->singleColumn());
}

Outcome<void> DecryptPass::prepareKeyless() {
    return begin(OpenPlan::makeKeyless(m_manifest));
}

Outcome<void> DecryptPass::prepare(const Keys& keys) {
    if (auto begun = begin(OpenPlan::make(m_manifest, keys)); !begun.ok())
        return begun;
    if (m_plan->dataset().byteExact && m_manifest.runs.size() == 1 && m_manifest.runs[0].sourceCheck) {
        auto check = crypto::SourceCheck::make(crypto::deriveSourceKey(*keys.dek, m_manifest.runs[0].runId));
        if (!check.ok())
            return fail(Failure(codeFor(check.error())));
        m_restored = std::move(*check);
    }
    return {};
}

Outcome<void> DecryptPass::take(std::string_view text, Item* done) {
    if (m_restored)
        m_restored->update(asBytes(text));
    if (done != nullptr) {
        m_findings.add(done->findings, done->findingsCount);
        for (const RowRange& range : done->rows)
            m_rows->add(range, m_findings);
    }
    return {};
}

std::uint64_t DecryptPass::values() const {
    std::uint64_t count = 0;
    for (const auto& worker : m_workers)
        count += worker->handler().values();
    return count;
}

void DecryptPass::compareRecords() {
    // A record without tokens that name a row belongs to no run, so that a run alone may show fewer than it has.
    std::uint64_t expected = 0, placed = 0;
    bool tooMany = false, differs = false;
    for (std::size_t i = 0; i < m_manifest.runs.size(); ++i) {
        const std::uint64_t wanted = m_manifest.runs[i].records.value_or(0);
        const std::uint64_t there = m_rows->records(i);
        expected += wanted;
        placed += there;
        tooMany = tooMany || there > wanted;
        differs = differs || there != wanted;
    }
    const bool several = m_manifest.runs.size() > 1;
    if (records() != expected || (several && (tooMany || (placed == records() && differs))))
        m_findings.add({Finding::Kind::RecordCountDiffers, {}});
}

void DecryptPass::compareTokens(DecryptResult& result) {
    const auto& fields = m_plan->dataset().fields;
    std::vector<std::uint64_t> tokens(fields.size());
    for (const auto& worker : m_workers) {
        for (const auto& field : worker->handler().fields()) {
            if (field.stored != nullptr)
                tokens[field.stored->number] += field.tokens;
        }
    }
    for (const FieldInfo& info : fields) {
        const StoredField* field = m_plan->field(info.path);
        if (field == nullptr || !(field->hasTokens() || (m_plan->keyless() && field->mode)))
            continue;
        const std::uint64_t count = tokens[field->number];
        if (!m_plan->keyless())
            result.valuesOpened += count;
        if (count != info.values) {
            Finding finding{Finding::Kind::TokenCountDiffers, {}};
            finding.where.field = info.path;
            m_findings.add(std::move(finding));
        }
    }
}

void DecryptPass::compareSource(DecryptResult& result) {
    if (!m_restored)
        return;
    result.byteExact = crypto::equalConstantTime(m_restored->finish(), *m_manifest.runs[0].sourceCheck);
    if (!result.byteExact)
        m_findings.add({Finding::Kind::SourceCheckDiffers, {}});
}

DecryptResult DecryptPass::result() {
    DecryptResult result;
    result.records = records();
    compareRecords();
    compareTokens(result);
    compareSource(result);
    result.findingsCount = m_findings.count();
    result.findings = m_findings.takeAll();
    for (Finding& finding : result.findings)
        finding.where.file = m_source.name();
    return result;
}

} // namespace sealwright::pipeline
