#include "models/tasks/job_board.h"

#include "models/tasks/dataset_files.h"
#include "models/tasks/event_sender.h"
#include "models/tasks/job_gate.h"
#include "models/tasks/kept_upload.h"
#include "models/tasks/registration_update.h"

#include <algorithm>

namespace sealwright {

namespace {

BoardJob judge(const JobContext& context, const std::string& jws, const std::optional<JobRecord>& record) {
    BoardJob entry;
    entry.record = record;
    if (auto accepted = acceptJob(jws, context)) {
        entry.job = std::move(*accepted);
        if (auto fresh = refuseReplay(*entry.job, record); !fresh)
            entry.refused = fresh.error();
    } else {
        entry.refused = accepted.error();
        if (auto readable = readJob(jws, context))
            entry.job = std::move(*readable);
    }
    if (entry.job)
        entry.jobId = entry.job->jobId;
    return entry;
}

/// What the platform still waits for.
bool isUnderWay(JobState state) {
    return state == JobState::Claimed || state == JobState::Running;
}

/// One that was begun in time may end.
bool mayEnd(const BoardJob& entry, const UploadRecord& upload) {
    return entry.job &&
           (!entry.refused || (entry.refused->code == Code::JobExpired && upload.begun <= entry.job->expires));
}

/// Looks whether an upload of the job waits to be gone on with. One that the platform does not wait for any more is
/// given up.
Outcome<void> lookForUpload(const Services& services, BoardJob& entry, bool underWay) {
    Uploads& uploads = services.ledger->uploads();
    const auto record = uploads.find(entry.jobId);
    if (!record)
        return record.failed();
    if (!*record || !canGoOn(**record))
        return {};
    EventSender sender(services, EventSender::For::Sending);
    const auto free = sender.hold(entry.jobId);
    if (!free)
        return free.failed();
    if (!*free)
        return {};
    if (!underWay)
        return uploads.giveUp(entry.jobId);
    entry.interrupted = mayEnd(entry, **record);
    if (entry.interrupted)
        entry.refused.reset();
    return {};
}

/// Where the job of that id stands: by the platform's answer, and by what waits here.
Outcome<void> place(const Services& services, BoardJob& job, const std::string& jobId, const JobEntry& answer) {
    job.jobId = jobId;
    job.state = answer.state;
    job.updated = answer.updated;
    return lookForUpload(services, job, isUnderWay(job.state));
}

int rank(JobState state) {
    switch (state) {
    case JobState::Running:
        return 0;
    case JobState::Claimed:
        return 1;
    case JobState::Pending:
    case JobState::Returned:
        return 2;
    case JobState::Failed:
        return 3;
    case JobState::Done:
    case JobState::Declined:
    case JobState::Cancelled:
        break;
    }
    return 4;
}

/// Judges by what is pinned; where that does not know a signer, the platform is asked once whether its key is another
/// by now.
class Judge {
public:
    Judge(const Services& services, const Cancel& cancel) : m_services(services), m_cancel(cancel) {}

    Outcome<void> ready() {
        auto gate = jobContext(m_services);
        if (!gate)
            return gate.failed();
        m_gate = std::move(*gate);
        return {};
    }

    Outcome<BoardJob> judge(const std::string& jws, const std::optional<JobRecord>& record) {
        BoardJob job = sealwright::judge(m_gate, jws, record);
        if (!job.refused || job.refused->code != Code::JobUnknownSigner || m_asked)
            return job;
        m_asked = true;
        const auto learnt = updateRegistration(m_services, m_cancel);
        if (!learnt || !*learnt)
            return job;
        if (auto again = ready(); !again)
            return again.failed();
        return sealwright::judge(m_gate, jws, record);
    }

private:
    const Services& m_services;
    const Cancel& m_cancel;
    JobContext m_gate;
    bool m_asked = false;
};

} // namespace

Outcome<Board> listJobs(const Services& services, TaskContext& context) {
    Judge gate(services, context.cancel);
    if (auto ready = gate.ready(); !ready)
        return ready.failed();
    const auto access = platformAccess(services);
    if (!access)
        return access.failed();
    auto entries = services.api->jobs(*access, context.cancel);
    noteStanding(services, entries);
    if (!entries)
        return entries.failed();
    const auto records = services.ledger->jobs();
    if (!records)
        return records.failed();

    Board board;
    const auto kept = services.ledger->registration();
    if (!kept)
        return kept.failed();
    board.platformName = (*kept)->platformName;
    board.platformHost = (*kept)->registration.platform;
    for (const JobEntry& entry : *entries) {
        const auto record =
            std::find_if(records->begin(), records->end(), [&](const JobRecord& r) { return r.jobId == entry.jobId; });
        auto job = gate.judge(entry.jws, record == records->end() ? std::nullopt : std::optional(*record));
        if (!job)
            return job.failed();
        if (auto placed = place(services, *job, entry.jobId, entry); !placed)
            return placed.failed();
        board.jobs.push_back(std::move(*job));
    }
    std::stable_sort(board.jobs.begin(), board.jobs.end(), [](const BoardJob& a, const BoardJob& b) {
        if (rank(a.state) != rank(b.state))
            return rank(a.state) < rank(b.state);
        return a.updated > b.updated;
    });
    return board;
}

Outcome<BoardJob> findJob(const Services& services, const std::string& jobId, TaskContext& context) {
    Judge gate(services, context.cancel);
    if (auto ready = gate.ready(); !ready)
        return ready.failed();
    const auto access = platformAccess(services);
    if (!access)
        return access.failed();
    const auto entry = services.api->job(*access, jobId, context.cancel);
    noteStanding(services, entry);
    if (!entry)
        return entry.failed();
    const auto record = services.ledger->job(jobId);
    if (!record)
        return record.failed();
    auto job = gate.judge(entry->jws, *record);
    if (!job)
        return job;
    if (job->job && job->job->jobId != jobId)
        return fail(Failure(Code::PlatformAnswerInvalid, {"job_id"}));
    if (auto placed = place(services, *job, jobId, *entry); !placed)
        return placed.failed();
    return job;
}

Outcome<BoardJob> jobFromJws(const Services& services, const std::string& jws, TaskContext& context) {
    Judge gate(services, context.cancel);
    if (auto ready = gate.ready(); !ready)
        return ready.failed();
    const auto revoked = isRevoked(services);
    if (!revoked)
        return revoked.failed();
    if (*revoked)
        return fail(Code::MachineRevoked);
    auto job = gate.judge(jws, std::nullopt);
    if (!job)
        return job;
    if (!job->job)
        return fail(*job->refused);
    const auto record = services.ledger->job(job->jobId);
    if (!record)
        return record.failed();
    auto judged = gate.judge(jws, *record);
    if (!judged)
        return judged;
    judged->jobId = job->jobId;
    if (auto looked = lookForUpload(services, *judged, true); !looked)
        return looked.failed();
    return judged;
}

namespace {

/// Sends one event that ends a job which is not being run, and waits for the answer.
Outcome<Told> sendAtOnce(const Services& services, const Job& job, JobEvent event, const Cancel& cancel) {
    EventSender sender(services, EventSender::For::Sending);
    sender.know(job);
    if (auto held = sender.holdSoon(job.jobId, cancel); !held)
        return held.failed();
    event.eventId = freshUuid();
    event.jobId = job.jobId;
    event.machineId = job.machineId;
    event.at = now();
    Outbox& outbox = services.ledger->outbox();
    const auto number = outbox.add(event, job.feedback, {nullptr, nullptr, Outbox::With::Upload::IsGivenUp});
    if (!number) {
        (void)outbox.drop(event.eventId, number.error().code);
        return number.failed();
    }
    Told answer;
    const auto sent = sender.send(
        job.jobId, *number,
        [&](const WaitingEvent& heard, const Told& told) {
            if (heard.message.eventId == event.eventId)
                answer = told;
        },
        cancel);
    if (answer.fate == Fate::Waiting && !sent)
        answer.why = sent.error();
    if (answer.fate == Fate::Waiting && cancel.cancelled()) {
        (void)outbox.drop(event.eventId, Code::Cancelled);
        return fail(Code::Cancelled);
    }
    return answer;
}

} // namespace

Outcome<Declined> declineJob(const Services& services, const std::string& jobId, const std::string& reason,
                             TaskContext& context) {
    const auto found = findJob(services, jobId, context);
    if (!found)
        return found.failed();
    if (!found->job)
        return fail(*found->refused);
    JobEvent event;
    event.kind = JobEvent::Kind::Declined;
    event.reason = reason;
    const auto told = sendAtOnce(services, *found->job, std::move(event), context.cancel);
    if (!told)
        return told.failed();
    if (told->fate == Fate::Refused)
        return fail(*told->why);
    const auto record = services.ledger->job(jobId);
    if (!record)
        return record.failed();
    if (auto kept = services.ledger->rememberJob(recordOf(*found->job, JobState::Declined, *record)); !kept)
        return kept.failed();
    return Declined{told->fate == Fate::Waiting};
}

} // namespace sealwright
