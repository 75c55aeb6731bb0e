#include "models/pipeline/seal_handler.h"

#include "models/pipeline/walk_chunk.h"

#include "models/dataset/csv_columns.h"

namespace sealwright::pipeline {

bool SealHandler::exact() const {
    for (const Field& field : m_fields) {
        if (field.tally.errors != 0)
            return false;
    }
    return m_sealer.exact() && !m_changedShape;
}

SealHandler::Field* SealHandler::make(const std::string& path) {
    Field& field = m_fields.emplace_back();
    field.shared = &m_plan.fields.field(path);
    if (const auto carried = m_carried.find(path); carried != m_carried.end())
        field.ordinals.carryOn(carried->second);
    // In CSV only emptiness counts of what is kept; in JSON its type does too.
    field.looksAt = field.rule().action != Action::Keep || !m_plan.form->isCsv() || m_watcher != nullptr ||
                    m_plan.purpose == Purpose::Judge;
    return &field;
}

SealHandler::Field* SealHandler::column(std::size_t index) {
    while (index >= m_columns.size()) {
        const std::size_t next = m_columns.size();
        m_columns.push_back(make(next < m_plan.columns.size() ? m_plan.columns[next] : dataset::csvPositionPath(next)));
    }
    return m_columns[index];
}

SealHandler::Field* SealHandler::field(const std::string& path) {
    Field* made = make(path);
    m_item->firstSeen.push_back(made->shared->number);
    return made;
}

char SealHandler::byteBefore(std::uint64_t offset) const {
    Byte byte = 0;
    if (offset == 0 || !m_plan.source->readAt(offset - 1, {&byte, 1}).ok())
        return 0;
    return static_cast<char>(byte);
}

void SealHandler::takeOrdinals(const std::map<std::string, std::uint64_t>& next) {
    m_carried = next;
    for (Field& field : m_fields) {
        if (const auto carried = next.find(field.path()); carried != next.end())
            field.ordinals.carryOn(carried->second);
    }
}

void SealHandler::giveOrdinals(std::map<std::string, std::uint64_t>& next) {
    for (Field& field : m_fields) {
        if (field.ordinals.inEnvelope())
            next[field.path()] = field.ordinals.peek(OrdinalCounter::envelope);
    }
}

Verdict SealHandler::leaf(Field& field, const Value& value, const Spot& spot, dataset::Splice& splice,
                          dataset::Span span) {
    field.tally.meet(value);
    if (m_plan.purpose == Purpose::Judge)
        field.measure.add(value.isNull, value.isEmpty, value.body.size());
    const auto stayed = [&](std::uint64_t& counter) {
        ++counter;
        if (m_watcher != nullptr)
            m_watcher->value(field.path(), spot, value, value.raw, true);
        return Verdict::Stay;
    };
    if (stays(field.rule(), value))
        return stayed(field.tally.keptEmpty);
    if (field.rule().action == Action::Keep)
        return stayed(field.tally.values);
    if (field.rule().action == Action::Drop) {
        ++field.tally.values;
        if (m_watcher != nullptr)
            m_watcher->value(field.path(), spot, value, {}, false);
        return Verdict::Drop;
    }
    m_at = span.begin;
    std::string& out = splice.replace(span);
    const std::size_t before = out.size();
    const Verdict verdict = write(field, value, spot, out);
    if (m_watcher != nullptr && verdict != Verdict::Failed)
        m_watcher->value(field.path(), spot, value, std::string_view(out).substr(before), true);
    return verdict;
}

Verdict SealHandler::write(Field& field, const Value& value, const Spot& spot, std::string& out) {
    const std::size_t before = out.size();
    const auto problem = m_plan.purpose == Purpose::Store
                             ? m_sealer.seal(*field.shared, value, {spot.row, field.ordinals.peek(m_record)}, out)
                             : m_sealer.restorable(*field.shared, value, out);
    if (!problem) {
        field.ordinals.use();
        ++field.tally.values;
        return out.size() != before ? Verdict::Written : Verdict::Emptied;
    }
    out.resize(before);
    return refuse(field, *problem, spot, out);
}

Verdict SealHandler::refuse(Field& field, Code problem, const Spot& spot, std::string& out) {
    if (field.rule().onError == OnError::Null && problem != Code::CryptoFailed) {
        ++field.tally.errors;
        m_plan.form->appendNull(out);
        return Verdict::Emptied;
    }
    failure = Failure(problem);
    if (m_plan.purpose != Purpose::Judge || problem == Code::CryptoFailed)
        return Verdict::Failed;
    ++m_item->problemsCount;
    if (m_item->keepsNote(field.path().size()))
        m_item->problems.push_back(Failure(problem, spot.where(field.path(), m_at)));
    return Verdict::Written;
}

SealWorker::SealWorker(SealPlan& plan, MediaType type, SealWatcher* watcher) : m_plan(plan), m_handler(plan, watcher) {
    if (type == MediaType::Csv)
        m_csv.emplace(plan.form->dialect(), plan.columns.size() == 1, m_handler);
    else
        m_json.emplace(m_handler);
}

Outcome<void> SealWorker::run(Item& item, Output& out) {
    return walkChunk(m_handler, m_csv, m_json, m_plan.envelope, item, out);
}

} // namespace sealwright::pipeline
