#include "models/tasks/event_delivery.h"

#include "models/tasks/dataset_files.h"
#include "models/tasks/deadline.h"
#include "models/tasks/event_sender.h"
#include "models/tasks/upload_leftovers.h"

#include <algorithm>
#include <limits>

namespace sealwright {

namespace {

/// What the refused event's run had uploaded: the outbox made it an upload that was given up.
void withdraw(const Services& services, const std::string& jobId, const Cancel& cancel) {
    const auto record = services.ledger->uploads().find(jobId);
    if (!record || !*record || !(*record)->givenUp)
        return;
    const Deadline deadline(longestTidying, cancel);
    (void)tidyUpload(services, **record, deadline.cancel()); // else by the next start
}

void tellFailed(const Services& services, const WaitingEvent& done, const Failure& why) {
    const auto registration = services.ledger->registration();
    if (!registration || !*registration)
        return;
    JobEvent event;
    event.kind = JobEvent::Kind::Failed;
    event.eventId = freshUuid();
    event.jobId = done.message.jobId;
    event.machineId = (*registration)->registration.machineId;
    event.at = now();
    event.reason = stableId(why.code);
    (void)services.ledger->outbox().add(event, done.address, {});
}

} // namespace

Outcome<Delivery> deliverEvents(const Services& services, TaskContext& context) {
    Delivery delivery;
    const auto jobs = services.ledger->outbox().waitingJobs();
    if (!jobs)
        return jobs.failed();
    EventSender sender(services, EventSender::For::Sending);
    std::vector<FeedbackAddress> silent;
    const auto heard = [&](const WaitingEvent& event, const Told& told) {
        ++delivery.sent;
        if (event.kind != JobEvent::Kind::Done || told.fate != Fate::Refused)
            return;
        withdraw(services, event.message.jobId, context.cancel);
        tellFailed(services, event, *told.why);
    };
    for (const std::string& jobId : *jobs) {
        const auto event = services.ledger->outbox().next(jobId);
        if (!event)
            return event.failed();
        if (!*event) // somebody else was quicker
            continue;
        ++delivery.waiting;
        if (context.cancel.cancelled() || std::find(silent.begin(), silent.end(), (*event)->address) != silent.end())
            continue;
        const auto held = sender.hold(jobId);
        if (!held)
            return held.failed();
        if (!*held)
            continue;
        const auto sent = sender.send(jobId, std::numeric_limits<std::uint64_t>::max(), heard, context.cancel);
        sender.letGo(jobId);
        if (sent) {
            --delivery.waiting;
            continue;
        }
        delivery.why = sent.error();
        silent.push_back((*event)->address);
    }
    return delivery;
}

} // namespace sealwright
