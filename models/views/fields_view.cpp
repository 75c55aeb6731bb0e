#include "models/views/fields_view.h"

#include <algorithm>
#include <map>

namespace sealwright::views {

using items::FieldLeaf;
using items::FieldState;

namespace {

double charactersOf(const items::PreviewRows& rows) {
    double total = 0;
    for (const auto& row : rows)
        for (const auto& cell : row)
            total += static_cast<double>(cell.text.size()) + 1;
    return total;
}

} // namespace

FieldsView::FieldsView(QObject* parent) : PageView(parent) {
    connect(&m_fields, &items::FieldTreeModel::choicesChanged, this, &FieldsView::onChoices);
}

void FieldsView::open(const FieldsJob& job, const SourceFacts& source) {
    m_tree = false;
    m_job = job;
    m_source = source;
    m_shown = m_growth = 0;
    m_shownRecords = 0;
    m_samples.clear();
    m_before.setRows({}, {});
    m_after.setRows({}, {});
    m_fields.setLeaves({});
    dismissFailure();
    Q_EMIT opened();
    Q_EMIT previewWanted(++m_generation);
}

void FieldsView::setRecords(quint64 records) {
    m_source.records = records;
    Q_EMIT changed();
}

void FieldsView::setRate(double bytesPerSecond) {
    m_rate = bytesPerSecond;
    Q_EMIT changed();
}

void FieldsView::setPreview(quint64 generation, const QStringList& paths, items::PreviewRows before,
                            items::PreviewRows after) {
    if (generation != m_generation)
        return;
    m_shown = charactersOf(before);
    m_growth = charactersOf(after) - m_shown;
    m_shownRecords = before.size();
    m_samples = before;
    const QStringList shown = paths.mid(0, mostColumns);
    m_before.setRows(shown, std::move(before));
    m_after.setRows(shown, std::move(after));
    if (!m_tree || paths.size() != fieldCount())
        makeTree(paths);
    std::vector<FieldState> states;
    states.reserve(m_fields.leaves().size());
    for (const FieldLeaf& leaf : m_fields.leaves())
        states.push_back(leaf.choice.state);
    m_after.setStates(std::move(states));
    end();
}

void FieldsView::makeTree(const QStringList& paths) {
    // Fields that only turn up further on join the tree; what was chosen for the others stays.
    std::map<QString, items::FieldChoice> chosen;
    for (const FieldLeaf& leaf : m_fields.leaves())
        chosen.emplace(leaf.path, leaf.choice);
    std::vector<FieldLeaf> leaves;
    leaves.reserve(static_cast<std::size_t>(paths.size()));
    const Policy before = m_job.chosen.value_or(Policy{});
    const RuleIndex demands(m_job.policy), wishes(before);
    for (const QString& path : paths) {
        FieldLeaf leaf;
        leaf.path = path;
        const std::string key = path.toStdString();
        leaf.demanded = demands.named(key) != nullptr;
        if (leaf.demanded)
            leaf.choice = leaf.demand = items::choiceOf(demands.resolve(key));
        if (const FieldRule* wish = wishes.named(key); wish && wish->path == key)
            leaf.choice = items::choiceOf(*wish);
        if (const auto kept = chosen.find(path); kept != chosen.end())
            leaf.choice = kept->second;
        leaves.push_back(leaf);
    }
    m_fields.setLeaves(std::move(leaves));
    m_tree = true;
}

void FieldsView::onChoices() {
    if (!m_tree)
        return;
    Q_EMIT policyChosen();
    Q_EMIT changed();
    Q_EMIT previewWanted(++m_generation);
}

QStringList FieldsView::withState(FieldState state) const {
    QStringList paths;
    for (const FieldLeaf& leaf : m_fields.leaves())
        if (leaf.choice.state == state)
            paths.append(leaf.path);
    return paths;
}

QStringList FieldsView::recognisable() const {
    return withState(FieldState::Joinable) + withState(FieldState::Pseudonym) + withState(FieldState::SameForm);
}

QString FieldsView::alphabetFor(const std::vector<int>& leaves) const {
    QStringList samples;
    for (const int leaf : leaves)
        for (const auto& row : m_samples)
            if (static_cast<std::size_t>(leaf) < row.size())
                samples.append(row[static_cast<std::size_t>(leaf)].text);
    return items::alphabetFor(samples);
}

Policy FieldsView::ownerPolicy() const {
    if (!m_tree)
        return m_job.chosen.value_or(Policy{});
    Policy policy;
    const items::FieldChoice sealed;
    for (const FieldLeaf& leaf : m_fields.leaves())
        if (leaf.choice != (leaf.demanded ? leaf.demand : sealed))
            policy.fields.push_back(items::ruleOf(leaf.path, leaf.choice));
    return policy;
}

quint64 FieldsView::estimatedSize() const {
    const auto size = static_cast<double>(m_source.size);
    if (m_shownRecords == 0)
        return 0;
    // What stands between the values does not grow: known how many records there are, only the values' growth counts.
    if (m_source.records)
        return static_cast<quint64>(std::max(0.0, size + m_growth * static_cast<double>(*m_source.records) /
                                                             static_cast<double>(m_shownRecords)));
    return m_shown > 0 ? static_cast<quint64>(size * std::max(0.0, (m_shown + m_growth) / m_shown)) : m_source.size;
}

std::optional<quint64> FieldsView::estimatedSeconds() const {
    if (m_rate <= 0)
        return std::nullopt;
    return static_cast<quint64>(static_cast<double>(estimatedSize()) / m_rate + 1);
}

void FieldsView::start(bool straight) {
    if (ready() && !busy())
        Q_EMIT runWanted(straight);
}

} // namespace sealwright::views
