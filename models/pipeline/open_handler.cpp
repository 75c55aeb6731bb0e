#include "models/pipeline/open_handler.h"

#include "models/pipeline/walk_chunk.h"

#include "models/pipeline/row_order.h"

namespace sealwright::pipeline {

OpenHandler::Field* OpenHandler::field(const std::string& path) {
    Field& made = m_fields.emplace_back();
    made.stored = m_plan.field(path);
    made.name = made.stored != nullptr ? &made.stored->info->path : &path;
    if (const auto carried = m_carried.find(path); carried != m_carried.end())
        made.ordinals.carryOn(carried->second);
    // What is kept, masked or a pseudonym is left as it is.
    made.looksAt = m_watcher != nullptr || made.stored == nullptr || made.stored->hasTokens() ||
                   made.stored->mode == crypto::Mode::Fpe || (m_plan.keyless() && made.stored->mode);
    return &made;
}

OpenHandler::Field* OpenHandler::column(std::size_t index) {
    while (index >= m_columns.size()) {
        const std::size_t next = m_columns.size();
        const bool named = next < m_plan.columns().size();
        m_columns.push_back(
            field(named ? *m_plan.columns()[next] : m_positions.emplace_back(m_plan.positionPath(next))));
    }
    return m_columns[index];
}

void OpenHandler::takeOrdinals(const std::map<std::string, std::uint64_t>& next) {
    m_carried = next;
    for (Field& one : m_fields) {
        if (const auto carried = next.find(one.path()); carried != next.end())
            one.ordinals.carryOn(carried->second);
    }
}

void OpenHandler::giveOrdinals(std::map<std::string, std::uint64_t>& next) {
    for (Field& one : m_fields) {
        if (one.ordinals.inEnvelope())
            next[one.path()] = one.ordinals.peek(OrdinalCounter::envelope);
    }
}

void OpenHandler::beginRecord(const Spot& spot) {
    m_spot = spot;
    m_record = spot.envelope ? OrdinalCounter::envelope : spot.row;
    m_run.reset();
    m_row.reset();
    m_rowsDisagree = false;
    if (m_plan.manifest().runs.size() == 1)
        m_run = 0;
}

void OpenHandler::endRecord() {
    if (m_run)
        m_guess = *m_run;
    if (m_spot.envelope || !m_row || !m_run)
        return;
    auto& rows = m_item->rows;
    if (!rows.empty()) {
        RowRange& last = rows.back();
        if (last.run == *m_run && last.row + last.count == *m_row && last.record + last.count == m_spot.row) {
            ++last.count;
            return;
        }
    }
    rows.push_back({*m_run, *m_row, m_spot.row, 1});
}

void OpenHandler::report(Finding::Kind kind, const std::string& path) {
    ++m_item->findingsCount;
    if (!m_item->keepsNote(path.size()))
        return;
    Finding finding{kind, {}};
    if (!m_spot.envelope)
        finding.where.record = m_spot.row;
    finding.where.field = path;
    m_item->findings.push_back(std::move(finding));
}

Verdict OpenHandler::altered() {
    failure = Failure(Code::AuthAltered);
    return Verdict::Failed;
}

Verdict OpenHandler::leaf(Field& field, const Value& value, const Spot& spot, dataset::Splice& splice,
                          dataset::Span span) {
    ++m_values;
    if (m_watcher == nullptr)
        return open(field, value, spot, splice, span);
    std::string& out = splice.replace({span.begin, span.begin});
    const std::size_t before = out.size();
    const Verdict verdict = open(field, value, spot, splice, span);
    const auto restored = verdict == Verdict::Stay ? value.raw : std::string_view(out).substr(before);
    m_watcher->value(field.path(), spot, value, restored, verdict);
    return verdict == Verdict::Failed ? Verdict::Stay : verdict;
}

Verdict OpenHandler::open(Field& field, const Value& value, const Spot& spot, dataset::Splice& splice,
                          dataset::Span span) {
    if (field.stored == nullptr) {
        report(Finding::Kind::UnknownField, field.path());
        return Verdict::Stay;
    }
    const StoredField& stored = *field.stored;
    if (stored.hasTokens())
        return stored.mayStay(value, m_plan.form().isCsv()) ? Verdict::Stay
                                                            : openToken(field, value, spot, splice, span);
    if (m_plan.keyless()) {
        countResult(field, value);
        return Verdict::Stay;
    }
    if (stored.mode != crypto::Mode::Fpe || value.isNull || value.isEmpty)
        return Verdict::Stay;
    return m_opener.undoFpe(stored, value, splice.replace(span)) ? Verdict::Written : altered();
}

std::optional<crypto::OpenedValue> OpenHandler::openInRun(Field& field, std::string_view token) {
    if (m_run || !field.stored->hasRow()) {
        auto opened = m_opener.open(*field.stored, token, m_run.value_or(0));
        return opened.ok() ? std::optional(*opened) : std::nullopt;
    }
    const auto runs = static_cast<std::uint32_t>(m_plan.manifest().runs.size());
    for (std::uint32_t i = 0; i < runs; ++i) {
        const std::uint32_t run = (m_guess + i) % runs;
        auto opened = m_opener.open(*field.stored, token, run);
        if (opened.ok()) {
            m_run = run;
            return *opened;
        }
        if (opened.error() != crypto::Error::NotAuthentic)
            return std::nullopt;
    }
    return std::nullopt;
}

Verdict OpenHandler::openToken(Field& field, const Value& value, const Spot& spot, dataset::Splice& splice,
                               dataset::Span span) {
    const auto token = ValueForm::tokenText(value);
    if (token.empty())
        return altered();
    if (m_plan.keyless())
        return readToken(field, token);
    const auto opened = openInRun(field, token);
    if (!opened)
        return altered();
    ++field.tokens;
    if (field.stored->hasRow())
        place(field, opened->place);
    std::string& out = splice.replace(span);
    const std::size_t before = out.size();
    const unsigned depth = opened->type == crypto::ValueType::Json ? spot.depthHere() : 0;
    if (!m_plan.form().restore(opened->type, opened->body, !field.stored->hasRow(), depth, out)) {
        out.resize(before);
        return altered();
    }
    return out.size() != before ? Verdict::Written : Verdict::Emptied;
}

Verdict OpenHandler::readToken(Field& field, std::string_view token) {
    const crypto::Mode mode = *field.stored->mode;
    const auto claimed = crypto::readClaim(token, mode, tokenVersion(m_plan.manifest(), mode));
    if (!claimed.ok())
        return altered();
    ++field.tokens;
    if (field.stored->hasRow())
        place(field, *claimed);
    return Verdict::Stay;
}

void OpenHandler::countResult(Field& field, const Value& value) const {
    if (field.stored->mode == crypto::Mode::Fpe)
        field.tokens += value.isNull || value.isEmpty ? 0 : 1;
    else if (field.stored->mode == crypto::Mode::Pseudonym)
        field.tokens += crypto::looksLikePseudonym(ValueForm::tokenText(value)) ? 1 : 0;
}

void OpenHandler::place(Field& field, crypto::Place place) {
    const std::uint64_t expectedRow = m_spot.envelope ? 0 : m_row.value_or(place.row);
    m_row = m_row.value_or(place.row);
    if (place.row != expectedRow && !m_rowsDisagree) {
        m_rowsDisagree = true;
        report(Finding::Kind::RowsDisagree, field.path());
    }
    if (place.ordinal != field.ordinals.peek(m_record))
        report(Finding::Kind::OrdinalsNotInOrder, field.path());
    field.ordinals.use();
}

OpenWorker::OpenWorker(OpenPlan& plan, OpenWatcher* watcher) : m_plan(plan), m_handler(plan, watcher) {
    if (plan.form().isCsv())
        m_csv.emplace(plan.form().dialect(), plan.singleColumn(), m_handler);
    else
        m_json.emplace(m_handler);
}

Outcome<void> OpenWorker::run(Item& item, Output& out) {
    return walkChunk(m_handler, m_csv, m_json, m_plan.envelope, item, out);
}

} // namespace sealwright::pipeline
