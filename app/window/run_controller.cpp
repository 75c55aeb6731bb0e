#include "app/window/run_controller.h"

#include "models/tasks/pace.h"

#include <QDateTime>
#include <QUrl>

#include <algorithm>
#include <chrono>

namespace sealwright::window {

namespace {

views::RunStep toView(Step step) {
    return static_cast<views::RunStep>(step);
}

static_assert(static_cast<int>(views::RunStep::Report) == static_cast<int>(Step::Report));

RunController::Shown withNames(const Services& services, Receipt receipt) {
    Manifest slots; // only who can open it, for the one function that knows names
    for (const std::string& kid : receipt.canOpen)
        slots.recipients.push_back({kid, {}, {}, {}});
    RunController::Shown shown;
    if (const auto known = knownKeys(services))
        shown.openers = toItems(openersOf(slots, *known));
    shown.receipt = std::move(receipt);
    return shown;
}

} // namespace

RunController::RunController(Desk& desk, JobsController& jobs, QObject* parent)
    : QObject(parent), m_desk(desk), m_jobs(jobs), m_view(desk.session.run) {
    connect(&m_view, &views::RunView::cancelWanted, this, [this] {
        if (m_task)
            m_task->cancel();
    });
    connect(&m_view, &views::RunView::pauseWanted, this, [this] {
        if (m_task)
            m_task->pause();
    });
    connect(&m_view, &views::RunView::goOnWanted, this, [this] {
        if (m_task)
            m_task->goOn();
    });
    connect(&desk.session.jobs, &views::JobsView::goOnWanted, this, &RunController::goOn);
    connect(&desk.session.jobs, &views::JobsView::leaveLineWanted, this, &RunController::leaveLine);
    connect(&desk.session.jobs, &views::JobsView::receiptWanted, this, &RunController::showReceipt);
}

void RunController::start(const std::shared_ptr<const ChosenSource>& chosen, const Policy& ownerPolicy, bool straight) {
    Wanted wanted;
    wanted.facts = factsOf(chosen->job);
    wanted.facts.sourceBytes = chosen->source->size();
    if (straight)
        wanted.facts.straight = views::RunFacts::Straight::Wished;
    const views::FieldsView& fields = m_desk.session.fields;
    const auto as = [&fields](items::FieldState state) { return static_cast<quint64>(fields.withState(state).size()); };
    const auto all = static_cast<quint64>(fields.fieldCount());
    wanted.facts.columns = all;
    wanted.facts.sealedColumns = all - as(items::FieldState::Readable) - as(items::FieldState::LeftOut);
    wanted.request.jobId = chosen->job.jobId;
    wanted.request.inputPath = chosen->inputPath;
    wanted.request.ownerPolicy = ownerPolicy;
    wanted.request.source = chosen->source;
    wanted.request.dialect = wishFor(chosen->sniffed.mediaType, chosen->sniffed.dialect);
    wanted.request.straightThrough = straight;
    wanted.request.restart = true; // what was sealed before was sealed with another choice
    runOrWait(std::move(wanted));
}

views::RunFacts RunController::factsOf(const Job& job) const {
    views::RunFacts facts;
    facts.jobId = text(job.jobId);
    facts.jobName = text(job.name);
    facts.platform = text(m_jobs.board().platformName);
    facts.storageHost = QUrl(text(job.endpoint)).authority();
    return facts;
}

void RunController::goOn(const QString& jobId) {
    const BoardJob* found = m_jobs.find(jobId.toStdString());
    if (!found || !found->job)
        return;
    Wanted wanted;
    wanted.facts = factsOf(*found->job);
    wanted.request.jobId = found->jobId;
    runOrWait(std::move(wanted));
}

void RunController::runOrWait(Wanted wanted) {
    if (!m_task)
        return begin(std::move(wanted), true);
    const QString& id = wanted.facts.jobId;
    if (id == m_facts.jobId || m_view.line().contains(id))
        return;
    m_line.push_back(std::move(wanted));
    showLine();
    m_desk.session.fields.leave();
}

void RunController::leaveLine(const QString& jobId) {
    std::erase_if(m_line, [&](const Wanted& one) { return one.facts.jobId == jobId; });
    showLine();
}

void RunController::showLine() {
    QStringList ids;
    for (const Wanted& one : m_line)
        ids.append(one.facts.jobId);
    m_view.setLine(ids);
}

void RunController::runNext() {
    if (m_task || m_line.empty())
        return;
    Wanted next = std::move(m_line.front());
    m_line.pop_front();
    begin(std::move(next), false);
    showLine();
}

void RunController::begin(Wanted wanted, bool shown) {
    m_step.reset();
    m_facts = wanted.facts;
    m_view.start(m_facts, shown);
    carryOutRun(std::move(wanted.request));
}

void RunController::carryOutRun(RunRequest request) {
    m_task = carryOut<Shown>(
        this,
        [this, services = m_desk.services, request](TaskContext& context) -> Outcome<Shown> {
            const auto begun = std::chrono::steady_clock::now();
            RunRequest wanted = request;
            bool whole = true; // a run that only went on says nothing about how long one takes
            wanted.goesOn = [&whole](const UploadRecord&) {
                whole = false;
                return Outcome<void>();
            };
            wanted.lacksRoom = [this](const Room& room) { // on the task's thread, which this outlives
                QMetaObject::invokeMethod(
                    this, [this, room] { goesStraight(room); }, Qt::QueuedConnection);
            };
            auto receipt = runJob(services, wanted, context);
            if (!receipt)
                return receipt.failed();
            const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
            if (whole)
                (void)keepPace(services, receipt->size, taken.count()); // the job is done all the same
            return withNames(services, std::move(*receipt));
        },
        [this](Shown& shown) {
            m_view.finish(factsOf(shown));
            Q_EMIT ended();
        },
        [this](const Failure& failure) {
            m_view.stop(failure);
            Q_EMIT ended();
        });
    connect(m_task, &Task::progressed, this, &RunController::follow);
    connect(m_task, &QObject::destroyed, this, &RunController::runNext);
}

void RunController::goesStraight(const Room& room) {
    if (!m_task)
        return;
    m_facts.straight = views::RunFacts::Straight::NoRoom;
    m_facts.roomNeeded = room.needed;
    m_facts.roomFree = room.free;
    m_view.setFacts(m_facts);
}

void RunController::follow(const TaskProgress& progress) {
    if (m_step != progress.step) {
        m_step = progress.step;
        m_view.setStep(toView(progress.step));
    }
    bool news = false;
    const auto note = [&news](std::optional<quint64>& known, std::uint64_t value) {
        if (value > 0 && known != value) {
            known = value;
            news = true;
        }
    };
    note(m_facts.records, progress.records);
    note(m_facts.values, progress.values);
    note(m_facts.compared, progress.compared);
    if (news)
        m_view.setFacts(m_facts);
    m_view.setProgress(progress.done, progress.total, QDateTime::currentMSecsSinceEpoch());
}

void RunController::showReceipt(const QString& jobId) {
    carryOut<std::optional<Shown>>(
        this,
        [services = m_desk.services, wanted = jobId.toStdString()](TaskContext&) -> Outcome<std::optional<Shown>> {
            auto receipts = services.ledger->receipts();
            if (!receipts)
                return receipts.failed();
            const auto found = std::find_if(receipts->begin(), receipts->end(),
                                            [&](const Receipt& receipt) { return receipt.jobId == wanted; });
            return found == receipts->end() ? std::optional<Shown>() : withNames(services, std::move(*found));
        },
        [this](std::optional<Shown>& shown) {
            if (shown)
                m_view.showReceipt(factsOf(*shown));
        },
        [this](const Failure& failure) { m_desk.session.jobs.fail(failure); });
}

void RunController::receiptChanged() {
    const auto& shown = m_view.receipt();
    if (shown && shown->reportPending && !m_view.running())
        showReceipt(shown->jobId);
}

views::ReceiptFacts RunController::factsOf(const Shown& shown) const {
    const Receipt& receipt = shown.receipt;
    views::ReceiptFacts facts;
    facts.jobId = text(receipt.jobId);
    facts.jobName = text(receipt.jobName);
    facts.platform = text(receipt.platformName);
    facts.finished = receipt.finished;
    facts.reportPending = receipt.reportPending;
    facts.bucket = text(receipt.bucket);
    facts.object = text(receipt.object);
    facts.sha256 = text(receipt.sha256);
    facts.size = receipt.size;
    facts.records = receipt.records;
    facts.values = receipt.values;
    facts.compared = receipt.compared;
    facts.openers = shown.openers;
    for (const std::string& path : receipt.readable)
        facts.readable << text(path);
    facts.signerName = m_desk.session.machine.facts().name;
    facts.signerKid = text(receipt.signerKid);
    facts.signerWords = wordsOf(receipt.signerKid);
    return facts;
}

} // namespace sealwright::window
