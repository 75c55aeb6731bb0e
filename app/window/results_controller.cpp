#include "app/window/results_controller.h"

#include "models/tasks/sealing.h"

namespace sealwright::window {

namespace {

constexpr auto seenSetting = "results.seen";

struct Listed {
    std::vector<ResultEntry> entries;
    std::string seen; ///< ids of those that were opened
};

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
    m_listing = carryOut<Listed>(
        this,
        [services = m_desk.services](TaskContext& context) -> Outcome<Listed> {
            auto entries = listResults(services, context);
            if (!entries)
                return entries.failed();
            auto seen = services.ledger->setting(seenSetting);
            if (!seen)
                return seen.failed();
            return Listed{std::move(*entries), std::move(*seen).value_or(std::string())};
        },
        [this](Listed& listed) {
            m_entries = std::move(listed.entries);
            std::vector<items::ResultRow> rows;
            for (const ResultEntry& entry : m_entries)
                rows.push_back({text(entry.resultId), text(entry.name), entry.created,
                                listed.seen.find(entry.resultId) != std::string::npos});
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
    facts.columns = reading->pager->columns();
    facts.ending = text(std::string(fileEnding(result.manifest.dataset->mediaType)));
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
    m_wantedPages.clear();
    m_view.setOpened(facts, paths);
    rememberSeen(result.entry.resultId);
}

void ResultsController::rememberSeen(const std::string& id) {
    carryOut<Nothing>(
        this,
        [services = m_desk.services, id](TaskContext&) -> Outcome<Nothing> {
            const auto seen = services.ledger->setting(seenSetting);
            if (!seen)
                return seen.failed();
            const std::string before = seen->value_or(std::string());
            if (before.find(id) == std::string::npos)
                if (auto set = services.ledger->setSetting(seenSetting, before + " " + id); !set)
                    return set.failed();
            return Nothing{};
        },
        [](Nothing&) {}, [this](const Failure& failure) { m_view.fail(failure); });
}

/// One page at a time, the one asked for last before the others: that is where the person looks.
void ResultsController::page(quint64 first, int count) {
    if (!m_reading)
        return;
    if (m_paging) {
        m_wantedPages.append({first, count});
        if (m_wantedPages.size() > static_cast<qsizetype>(items::ResultTableModel::pagesKept))
            m_wantedPages.removeFirst();
        return;
    }
    const auto next = [this] {
        m_paging = nullptr;
        if (!m_wantedPages.isEmpty()) {
            const auto [further, many] = m_wantedPages.takeLast();
            page(further, many);
        }
    };
    m_paging = carryOut<pipeline::RecordPager::Page>(
        this,
        [reading = m_reading, first, count](TaskContext&) {
            return reading->pager->page(first, static_cast<std::size_t>(count));
        },
        [this, reading = m_reading, next](pipeline::RecordPager::Page& page) {
            if (reading == m_reading)
                m_view.table()->setPage(page.first, toItems(page));
            next();
        },
        [this, reading = m_reading, next](const Failure& failure) {
            if (reading == m_reading)
                m_view.fail(failure);
            next();
        });
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
        [this](std::string& saved) { m_view.setSaved(text(saved)); },
        [this](const Failure& failure) { m_view.fail(failure); });
}

} // namespace sealwright::window
