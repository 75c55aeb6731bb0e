#include "models/tasks/upload_leftovers.h"

#include "models/tasks/dataset_files.h"
#include "models/tasks/deadline.h"
#include "models/tasks/event_sender.h"
#include "models/tasks/job_access.h"
#include "models/tasks/job_gate.h"
#include "models/tasks/job_upload.h"
#include "models/tasks/kept_upload.h"

#include <limits>

namespace sealwright {

namespace {

/// The job as it was taken up.
Outcome<Job> keptJob(const Services& services, const std::string& jobId) {
    const auto record = services.ledger->job(jobId);
    if (!record)
        return record.failed();
    if (!*record)
        return fail(Failure(Code::JobNotFound, {jobId}));
    return readKeptJob((*record)->jws);
}

Outcome<void> withdrawFromStore(const Services& services, const Job& job, const UploadRecord& record,
                                const Cancel& cancel) {
    const auto access = JobAccess::open(services, job);
    if (!access)
        return access.failed();
    return JobUpload(services, job, (*access)->registration(), (*access)->credentials()).withdraw(record, cancel);
}

/// One that was given up, or that nobody can go on with: its process was killed before the file had its place.
bool isLeftover(const UploadRecord& record) {
    return record.givenUp || !canGoOn(record);
}

} // namespace

Outcome<void> tidyUpload(const Services& services, const UploadRecord& record, const Cancel& cancel) {
    removeKeptFile(record);
    const auto job = keptJob(services, record.jobId);
    if (!job)
        return job.failed();
    const auto gone = withdrawFromStore(services, *job, record, cancel);
    // A job that is over gets no new credentials: what is left then is for who owns the store.
    const bool locked = !gone && gone.error().code == Code::StorageDenied && now() > job->expires;
    return gone || locked ? services.ledger->uploads().remove(record.jobId) : gone.failed();
}

Outcome<Leftovers> tidyUploads(const Services& services, TaskContext& context, std::chrono::milliseconds longest) {
    if (auto strays = removeStrayFiles(services); !strays)
        return strays.failed();
    const auto records = services.ledger->uploads().all();
    if (!records)
        return records.failed();
    Leftovers leftovers;
    std::optional<Deadline> deadline;
    EventSender sender(services, EventSender::For::Sending);
    for (const UploadRecord& listed : *records) {
        if (!isLeftover(listed))
            continue;
        const auto held = sender.hold(listed.jobId);
        if (!held)
            return held.failed();
        if (!*held)
            continue;
        // Once more, for it may have been somebody's until now.
        const auto record = services.ledger->uploads().find(listed.jobId);
        if (!record)
            return record.failed();
        if (*record && isLeftover(**record)) {
            if (!deadline)
                deadline.emplace(longest, context.cancel);
            if (auto gone = tidyUpload(services, **record, deadline->cancel()); !gone) {
                ++leftovers.left;
                leftovers.why = gone.error();
            }
        }
        sender.letGo(listed.jobId);
    }
    return leftovers;
}

Outcome<Nothing> giveUpInterrupted(const Services& services, const std::string& jobId, TaskContext& context) {
    EventSender sender(services, EventSender::For::Sending);
    if (auto held = sender.holdSoon(jobId, context.cancel); !held)
        return held.failed();
    const auto record = services.ledger->uploads().find(jobId);
    if (!record)
        return record.failed();
    if (!*record)
        return fail(Failure(Code::JobNotFound, {jobId}));
    const auto job = keptJob(services, jobId);
    if (!job)
        return job.failed();
    const auto before = services.ledger->job(jobId);
    if (!before)
        return before.failed();
    JobEvent event;
    event.kind = JobEvent::Kind::Returned;
    event.eventId = freshUuid();
    event.jobId = jobId;
    event.machineId = job->machineId;
    event.at = now();
    event.reason = stableId(Code::Cancelled);
    event.details = crypto::Json(crypto::JsonObject());
    const JobRecord returned = recordOf(*job, JobState::Returned, *before);
    const auto number =
        services.ledger->outbox().add(event, job->feedback, {&returned, nullptr, Outbox::With::Upload::IsGivenUp});
    if (!number)
        return number.failed();
    const Deadline deadline(longestTidying, context.cancel);
    (void)tidyUpload(services, **record, deadline.cancel());
    // Who cannot be told now is told by the next delivery.
    (void)sender.send(
        jobId, *number, [](const WaitingEvent&, const Told&) {}, deadline.cancel());
    return Nothing{};
}

} // namespace sealwright
