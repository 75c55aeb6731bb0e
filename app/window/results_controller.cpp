#include "app/window/results_controller.h"

#include "models/tasks/sealing.h"

namespace sealwright::window {

namespace {

constexpr auto seenSetting = "results.seen";

items::ResultRows toItems(const pipeline::RecordPager::Page& page) {
    using From = pipeline::RecordPager::Cell::State;
    using To = items::ResultCell::State;
    items::ResultRows rows;
    for (const auto& row : page.rows) {
        auto& cells = rows.emplace_back();
        for (const auto& cell : row) {
            const To state = cell.state == From::Value    ? To::Value
                             : cell.state == From::Null   ? To::Null
                             : cell.state == From::Absent ? To::Absent
                             : cell.state == From::Sealed ? To::Sealed
                                                          : To::Altered;
            cells.push_back({text(cell.text), state});
        }
    }
    return rows;
}

} // namespace

ResultsController::ResultsController(Desk& desk, QObject* parent)
    : QObject(parent), m_desk(desk), m_view(desk.session.results) {
    connect(&m_view, &views::ResultsView::refreshWanted, this, &ResultsController::refresh);
    connect(&m_view, &views::ResultsView::openWanted, this, &ResultsController::open);
    connect(&m_view, &views::ResultsView::saveWanted, this, &ResultsController::save);
    connect(&m_view, &views::ResultsView::closed, this, [this] { m_reading.reset(); });
    connect(&m_view, &views::ResultsView::cancelWanted, this, [this] {
        if (m_opening)
            m_opening->cancel();
    });
    connect(m_view.table(), &items::ResultTableModel::pageWanted, this, &ResultsController::page);
}

void ResultsController::refresh() {
    if (m_listing || !m_desk.session.machine.facts().registered)
        return;
    m_view.begin();
    m_listing = carryOut<std::vector<ResultEntry>>(
        this, [services = m_desk.services](TaskContext& context) { return listResults(services, context); },
        [this](std::vector<ResultEntry>& entries) {
            m_entries = std::move(entries);
            m_view.end();
            const auto seen = m_desk.services.ledger->setting(seenSetting);
            const QString ids = seen && *seen ? text(**seen) : QString();
            std::vector<items::ResultRow> rows;
            for (const ResultEntry& entry : m_entries)
                rows.push_back(
                    {text(entry.resultId), text(entry.name), entry.created, ids.contains(text(entry.resultId))});
            m_view.setResults(std::move(rows));
        },
        [this](const Failure& failure) { m_view.fail(failure); });
}

void ResultsController::open(const QString& id) {
    const auto entry =
        std::find_if(m_entries.begin(), m_entries.end(), [&](const ResultEntry& e) { return text(e.resultId) == id; });
    if (entry == m_entries.end() || m_opening)
        return;
    using Opened = std::shared_ptr<Reading>;
    m_opening = carryOut<Opened>(
        this,
        [services = m_desk.services, wanted = *entry](TaskContext& context) -> Outcome<Opened> {
            auto result = openResult(services, wanted, context);
            if (!result)
                return result.failed();
            auto reading = std::make_shared<Reading>();
            reading->result = std::move(*result);
            auto pager = pipeline::RecordPager::open(reading->result.stored, reading->result.manifest,
                                                     reading->result.keys->view(reading->result.manifest),
                                                     runOptions(services, Step::Read, context));
            if (!pager)
                return pager.failed();
            reading->pager = std::move(*pager);
            return reading;
        },
        [this](Opened& reading) { show(reading); }, [this](const Failure& failure) { m_view.openFailed(failure); });
    connect(m_opening, &Task::progressed, this,
            [this](const TaskProgress& progress) { m_view.setProgress(progress.done, progress.total); });
}

void ResultsController::show(const std::shared_ptr<Reading>& reading) {
    m_reading = reading;
    const OpenedResult& result = reading->result;
    views::ResultFacts facts;
    facts.id = text(result.entry.resultId);
    facts.name = text(result.entry.name);
    if (!result.signerKid.empty())
        facts.signer = result.signerName.empty() ? m_desk.session.machine.facts().name : text(result.signerName);
    facts.signerWords = wordsOf(result.signerKid);
    facts.signedAt = result.manifest.created;
    facts.records = reading->pager->records();
    facts.findings = result.read.findingsCount;
    for (const pipeline::Finding& finding : result.read.findings) {
        const QString kind = text(std::string(pipeline::stableId(finding.kind)));
        if (!facts.findingIds.contains(kind))
            facts.findingIds << kind;
        if (finding.kind == pipeline::Finding::Kind::ChangedSinceSigned)
            facts.unchanged = false;
    }
    QStringList paths;
    for (const std::string& path : reading->pager->paths())
        paths << text(path);
    m_view.setOpened(facts, paths);
    m_view.results()->markSeen(facts.id);
    const auto seen = m_desk.services.ledger->setting(seenSetting);
    const std::string before = seen && *seen ? **seen : std::string();
    if (before.find(result.entry.resultId) == std::string::npos)
        (void)m_desk.services.ledger->setSetting(seenSetting, before + " " + result.entry.resultId);
}

void ResultsController::page(quint64 first, int count) {
    if (!m_reading)
        return;
    carryOut<pipeline::RecordPager::Page>(
        this,
        [reading = m_reading, first, count](TaskContext&) {
            return reading->pager->page(first, static_cast<std::size_t>(count));
        },
        [this, reading = m_reading](pipeline::RecordPager::Page& page) {
            if (reading == m_reading)
                m_view.table()->setPage(page.first, toItems(page));
        },
        [this](const Failure& failure) { m_view.fail(failure); });
}

void ResultsController::save(const QString& path) {
    if (!m_reading)
        return;
    m_view.begin();
    carryOut<std::string>(
        this,
        [services = m_desk.services, reading = m_reading, target = path.toStdString()](TaskContext& context) {
            return saveResult(services, reading->result, target, true, context); // the file dialog has asked
        },
        [this](std::string& saved) {
            m_view.end();
            m_view.setSaved(text(saved));
        },
        [this](const Failure& failure) { m_view.fail(failure); });
}

} // namespace sealwright::window
