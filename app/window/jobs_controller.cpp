#include "app/window/jobs_controller.h"

#include "models/tasks/upload_leftovers.h"

#include <QUrl>

#include <algorithm>

namespace sealwright::window {

namespace {

/// What this machine could not tell yet is newer than what the platform knows.
JobState stateOf(const BoardJob& job) {
    return job.record && job.record->reportPending ? job.record->state : job.state;
}

items::JobStanding standingOf(const BoardJob& job) {
    using items::JobStanding;
    if (job.interrupted)
        return JobStanding::Interrupted;
    const JobState state = stateOf(job);
    switch (state) {
    case JobState::Done:
        return JobStanding::Done;
    case JobState::Declined:
        return JobStanding::Declined;
    case JobState::Cancelled:
        return JobStanding::Cancelled;
    case JobState::Running:
        return JobStanding::Running;
    case JobState::Pending:
    case JobState::Claimed:
    case JobState::Failed:
    case JobState::Returned:
        break;
    }
    if (job.refused)
        return job.refused->code == Code::JobExpired ? JobStanding::Expired : JobStanding::Refused;
    if (state == JobState::Failed)
        return JobStanding::Failed;
    if (state == JobState::Returned)
        return JobStanding::Returned;
    return state == JobState::Claimed ? JobStanding::Started : JobStanding::WaitingForYou;
}

std::optional<Failure> failureOf(const BoardJob& job) {
    const JobState state = stateOf(job);
    if (job.refused && state != JobState::Done && state != JobState::Declined)
        return job.refused;
    if (job.record && !job.record->failureCode.empty() && state == JobState::Failed)
        if (const auto code = codeFromId(job.record->failureCode))
            return Failure(*code);
    return std::nullopt;
}

/// The list as the platform has it, and as the page shows it.
struct Listed {
    Board board;
    std::vector<items::JobRow> rows;
};

items::JobRow rowOf(const BoardJob& entry, const std::string& platformName, const KnownKeys& known,
                    const std::vector<Receipt>& receipts) {
    items::JobRow row;
    row.id = text(entry.jobId);
    row.name = row.id;
    row.standing = standingOf(entry);
    row.changed = entry.updated;
    row.failure = failureOf(entry);
    row.hasReceipt = std::any_of(receipts.begin(), receipts.end(),
                                 [&](const Receipt& receipt) { return receipt.jobId == entry.jobId; });
    row.reportPending = entry.record && entry.record->reportPending;
    row.platform = text(platformName);
    if (!entry.job)
        return row;
    const Job& job = *entry.job;
    row.name = text(job.name);
    row.purpose = text(job.purpose);
    row.expires = job.expires;
    row.platformKid = text(job.platformKid);
    row.platformWords = wordsOf(job.platformKid);
    row.localSource = !job.object;
    if (job.mediaType)
        row.mediaType = text(std::string(toText(*job.mediaType)));
    if (job.object) {
        row.sourceBucket = text(job.object->bucket);
        row.sourceObject = text(job.object->object);
        if (job.object->size)
            row.sourceSize = *job.object->size;
    }
    for (const FieldRule& rule : job.policy.fields)
        row.demands.append({text(rule.path), items::choiceOf(rule).state});
    row.endpointHost = QUrl(text(job.endpoint)).authority();
    row.bucket = text(job.targetBucket);
    row.prefix = text(job.targetPrefix);
    if (job.feedback.amqp) {
        row.brokerHost = QUrl(text(job.feedback.url)).authority();
        row.exchange = text(job.feedback.exchange);
    }
    row.openers = toItems(openersOf(job, known, platformName));
    return row;
}

Outcome<Listed> list(const Services& services, TaskContext& context) {
    auto board = listJobs(services, context);
    if (!board)
        return board.failed();
    const auto known = knownKeys(services);
    if (!known)
        return known.failed();
    const auto receipts = services.ledger->receipts();
    if (!receipts)
        return receipts.failed();
    Listed listed{std::move(*board), {}};
    for (const BoardJob& job : listed.board.jobs)
        listed.rows.push_back(rowOf(job, listed.board.platformName, *known, *receipts));
    items::JobFilterModel::putInOrder(listed.rows); // here, not on the GUI thread
    return listed;
}

} // namespace

JobsController::JobsController(Desk& desk, QObject* parent) : QObject(parent), m_desk(desk), m_view(desk.session.jobs) {
    connect(&m_view, &views::JobsView::refreshWanted, this, &JobsController::refresh);
    connect(&m_view, &views::JobsView::declineWanted, this, &JobsController::decline);
    connect(&m_view, &views::JobsView::giveUpWanted, this, &JobsController::giveUp);
    connect(&desk.session.run, &views::RunView::lineChanged, this, &JobsController::showLine);
    connect(&m_view, &views::JobsView::fieldsWanted, this, &JobsController::fieldsWanted);
}

void JobsController::refresh() {
    if (!m_desk.session.machine.facts().registered)
        return;
    if (m_task) {
        m_again = true;
        return;
    }
    m_again = false;
    m_view.begin();
    m_task = carryOut<Listed>(
        this, [services = m_desk.services](TaskContext& context) { return list(services, context); },
        [this](Listed& listed) {
            m_board = std::move(listed.board);
            // A run that ended without a word (a crash, a power cut) may be taken up again.
            for (items::JobRow& row : listed.rows)
                if (row.standing == items::JobStanding::Running && !isRunHere(row.id))
                    row.standing = items::JobStanding::Started;
            m_view.end();
            m_view.setJobs(std::move(listed.rows));
            m_before.clear();
            showLine();
            Q_EMIT platformHeard();
        },
        [this](const Failure& failure) {
            m_view.fail(failure);
            Q_EMIT platformHeard();
        });
    connect(m_task, &QObject::destroyed, this, [this] {
        if (m_again)
            refresh();
    });
}

/// What only this window knows of a job: that it waits for its run, or has left the line.
void JobsController::showLine() {
    const QStringList& line = m_desk.session.run.line();
    for (items::JobRow row : std::vector(m_view.jobs()->rows())) {
        const bool waits = line.contains(row.id);
        if (waits == (row.standing == items::JobStanding::InLine))
            continue;
        if (waits)
            m_before.insert(row.id, row.standing);
        row.standing = waits               ? items::JobStanding::InLine
                       : isRunHere(row.id) ? items::JobStanding::Running
                                           : m_before.take(row.id);
        m_view.update(row);
    }
}

bool JobsController::isRunHere(const QString& jobId) const {
    return m_desk.session.run.running() && m_desk.session.run.facts().jobId == jobId;
}

const BoardJob* JobsController::find(const std::string& jobId) const {
    const auto found =
        std::find_if(m_board.jobs.begin(), m_board.jobs.end(), [&](const BoardJob& job) { return job.jobId == jobId; });
    return found == m_board.jobs.end() ? nullptr : &*found;
}

void JobsController::decline(const QString& id, const QString& reason) {
    m_view.begin();
    carryOut<Declined>(
        this,
        [services = m_desk.services, jobId = id.toStdString(), why = reason.toStdString()](TaskContext& context) {
            return declineJob(services, jobId, why, context);
        },
        [this](Declined&) {
            m_view.end();
            refresh();
        },
        [this](const Failure& failure) { m_view.fail(failure); });
}

void JobsController::giveUp(const QString& id) {
    m_view.begin();
    carryOut<Nothing>(
        this,
        [services = m_desk.services, jobId = id.toStdString()](TaskContext& context) {
            return giveUpInterrupted(services, jobId, context);
        },
        [this](Nothing&) {
            m_view.end();
            refresh();
        },
        [this](const Failure& failure) { m_view.fail(failure); });
}

} // namespace sealwright::window
