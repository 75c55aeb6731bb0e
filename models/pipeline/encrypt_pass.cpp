#include "models/pipeline/encrypt_pass.h"

#include "models/dataset/csv_columns.h"

#include <algorithm>

namespace sealwright::pipeline {
namespace {

constexpr std::size_t pathsToldOf = 1000;

template <class List, class PathOf>
Failure notThere(const std::string& path, const List& there, PathOf pathOf) {
    std::vector<std::string> facts{path};
    for (std::size_t i = 0; i < there.size() && i < pathsToldOf; ++i)
        facts.push_back(pathOf(there[i]));
    Where where;
    where.field = path;
    return Failure(Code::PolicyPathNotThere, where, std::move(facts));
}

} // namespace

Outcome<void> EncryptPass::prepare(Purpose purpose, SealWatcher* watcher) {
    const bool csv = m_request.mediaType == MediaType::Csv;
    if (csv && m_request.policy.unflatten)
        return fail(Failure(Code::PolicyInvalid, {std::string("unflatten")}));
    auto form = ValueForm::make(m_request.mediaType, m_request.dialect);
    if (!form.ok())
        return fail(inFile(form.error(), m_source));
    m_plan.source = &m_source;
    m_plan.workers = workers();
    m_plan.form = std::move(*form);
    m_plan.purpose = purpose;
    m_plan.dropsAny = std::any_of(m_request.policy.fields.begin(), m_request.policy.fields.end(),
                                  [](const FieldRule& rule) { return rule.action == Action::Drop; });
    if (csv) {
        auto columns = dataset::readCsvColumns(m_source, m_request.dialect);
        if (!columns.ok())
            return fail(inFile(columns.error(), m_source));
        m_plan.columns = std::move(columns->paths);
        const auto dropped = [&](const std::string& path) { return m_rules.rule(path).action == Action::Drop; };
        if (std::all_of(m_plan.columns.begin(), m_plan.columns.end(), dropped))
            return fail(inFile(Failure(Code::DataCsvDropsEveryColumn), m_source));
        // A name that the header lacks will not come later; a position may.
        const std::unordered_set<std::string_view> there(m_plan.columns.begin(), m_plan.columns.end());
        for (const FieldRule& rule : m_request.policy.fields) {
            if (there.count(rule.path) == 0 && rule.path.substr(0, 1) != "#")
                return fail(
                    inFile(notThere(rule.path, m_plan.columns, [](const auto& path) { return path; }), m_source));
        }
    }
    for (unsigned i = 0; i < workers(); ++i)
        m_workers.push_back(std::make_unique<SealWorker>(m_plan, m_request.mediaType, watcher));
    return open(m_request.mediaType, m_request.dialect);
}

Outcome<void> EncryptPass::take(std::string_view, Item* done) {
    if (done != nullptr)
        m_order.note(done->firstSeen);
    if (m_order.numbers().size() > dataset::maxColumns)
        return fail(Failure(Code::DataTooManyColumns));
    return {};
}

std::vector<const SealField*> EncryptPass::fields() {
    std::vector<const SealField*> all;
    if (m_request.mediaType != MediaType::Csv) {
        for (const std::uint32_t number : m_order.numbers())
            all.push_back(&m_plan.fields.at(number));
        return all;
    }
    for (const std::string& path : m_plan.columns)
        all.push_back(&m_plan.fields.field(path));
    std::size_t widest = all.size();
    for (const auto& worker : m_workers)
        widest = std::max(widest, worker->handler().columnsMet());
    for (std::size_t i = all.size(); i < widest; ++i)
        all.push_back(&m_plan.fields.field(dataset::csvPositionPath(i)));
    return all;
}

std::optional<Failure> EncryptPass::missingPath(const std::vector<const SealField*>& there) const {
    if (m_request.policy.fields.empty())
        return std::nullopt;
    std::unordered_set<std::string_view> leaves;
    for (const SealField* field : there)
        leaves.insert(field->path);
    for (const FieldRule& rule : m_request.policy.fields) {
        const auto met = [&](const auto& worker) { return worker->met(rule.path); };
        if (leaves.count(rule.path) == 0 && std::none_of(m_workers.begin(), m_workers.end(), met))
            return inFile(notThere(rule.path, there, [](const SealField* field) { return field->path; }), m_source);
    }
    return std::nullopt;
}

Outcome<DatasetInfo> EncryptPass::dataset() {
    const auto all = fields();
    if (auto missing = missingPath(all))
        return fail(*missing);
    DatasetInfo info;
    info.mediaType = m_request.mediaType;
    info.dialect = m_request.dialect;
    if (info.dialect.recordsAt && info.dialect.recordsAt->empty())
        info.dialect.recordsAt.reset();
    info.unflattened = m_request.policy.unflatten;
    std::vector<Tally> tallies(m_plan.fields.size());
    for (const auto& worker : m_workers) {
        info.byteExact = info.byteExact && worker->handler().exact();
        for (const auto& field : worker->handler().fields())
            tallies[field.shared->number].add(field.tally);
    }
    info.fields.reserve(all.size());
    for (const SealField* one : all) {
        const FieldRule& rule = *one->rule;
        const Tally& tally = tallies[one->number];
        FieldInfo field;
        field.path = one->path;
        field.type = tally.type(m_request.mediaType == MediaType::Csv);
        field.action = rule.action;
        field.algorithm = rule.algorithm;
        field.joinAs = rule.joinAs;
        field.alphabet = rule.alphabet;
        field.keepPrefix = rule.keepPrefix;
        field.keepSuffix = rule.keepSuffix;
        field.values = tally.values;
        field.keptEmpty = tally.keptEmpty;
        field.errors = tally.errors;
        info.byteExact = info.byteExact && rule.action != Action::Drop && rule.action != Action::Mask &&
                         rule.action != Action::Pseudonym;
        info.fields.push_back(std::move(field));
    }
    return info;
}

} // namespace sealwright::pipeline
