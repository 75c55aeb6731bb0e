#include "models/tasks/event_delivery.h"

#include "models/domain/document.h"
#include "models/tasks/dataset_files.h"
#include "models/tasks/event_sender.h"
#include "models/tasks/job_upload.h"
#include "models/tasks/opening_keys.h"

#include <algorithm>
#include <limits>

namespace sealwright {

namespace {

/// The objects that a `done` event speaks of.
std::optional<JobObjects> objectsIn(const WaitingEvent& done, const Job& job) {
    const auto body = crypto::parseControlJson(done.message.body, 2 * maxManifestBytes);
    const auto* text = body ? body->find("manifest") : nullptr;
    if (!text || !text->string())
        return std::nullopt;
    const auto manifest = parseManifest(*text->string());
    if (!manifest)
        return std::nullopt;
    return objectsOf(job, manifest->dataset->mediaType);
}

/// Best effort, as in a run: the job's credentials may have run out by now.
void withdraw(const Services& services, const WaitingEvent& done) {
    const auto record = services.ledger->job(done.message.jobId);
    const auto registration = services.ledger->registration();
    if (!record || !*record || !registration || !*registration)
        return;
    const auto job = readKeptJob((*record)->jws);
    const auto objects = job ? objectsIn(done, *job) : std::nullopt;
    if (!objects)
        return;
    const auto keys = loadKeysFor(services, *job);
    if (!keys)
        return;
    const auto secrets = openJobSecrets(*job, keys->opening());
    if (secrets)
        JobUpload(services, *job, **registration, secrets->storage).withdraw(*objects);
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
        withdraw(services, event);
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
