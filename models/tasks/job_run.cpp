#include "models/tasks/job_run.h"

#include "models/tasks/deadline.h"
#include "models/tasks/event_reporter.h"
#include "models/tasks/job_credentials.h"
#include "models/tasks/job_gate.h"
#include "models/tasks/job_sealing.h"
#include "models/tasks/job_upload.h"
#include "models/tasks/kept_upload.h"
#include "models/tasks/opening_keys.h"
#include "models/tasks/upload_leftovers.h"

namespace sealwright {

namespace {

/// How long a run that failed waits for the platform to hear of it; later the outbox goes on.
constexpr std::chrono::seconds longestGoodbye{5};

/// One run of one job, from taking it up to its receipt.
class JobRun {
public:
    JobRun(const Services& services, const RunRequest& request, Job job, MachineKeys keys,
           PinnedRegistration registration, std::optional<KeptUpload> kept, TaskContext& context)
        : m_services(services),
          m_request(request),
          m_job(std::move(job)),
          m_keys(std::move(keys)),
          m_registration(std::move(registration)),
          m_kept(std::move(kept)),
          m_goesOn(m_kept.has_value()),
          m_reporter(services, m_job),
          m_context(context) {
        m_inner.cancel = context.cancel;
        m_inner.leave = context.leave;
        m_inner.pause = context.pause;
        m_inner.progress = [this](const TaskProgress& progress) {
            m_reporter.progress(progress);
            m_context.progress(progress);
        };
    }

    Outcome<Receipt> run() {
        if (auto held = m_reporter.open(m_context.cancel); !held)
            return held.failed();
        if (auto earlier = lookBack(); !earlier)
            return earlier.failed();
        // A job that is gone on with was claimed by the run that was interrupted.
        if (auto claimed = m_goesOn ? Outcome<void>() : claim(); !claimed)
            return claimed.failed();
        auto receipt = [this]() -> Outcome<Receipt> {
            if (auto kept = remember(JobState::Running); !kept)
                return kept.failed();
            return carryOut();
        }();
        if (!receipt)
            giveUp(receipt.error());
        return receipt;
    }

private:
    /// Nothing is done before the other side has taken the claim: the platform may say no, a broker confirms.
    Outcome<void> claim() {
        const auto added = m_reporter.add(JobEvent::Kind::Claimed, [](JobEvent&) {});
        const Told told = added ? m_reporter.answerTo(*added, m_context.cancel) : Told{Fate::Waiting, added.error()};
        if (told.fate == Fate::Taken)
            return {};
        // A claim whose answer was lost is no claim: the job is taken up again some day.
        if (told.fate == Fate::Waiting)
            (void)m_reporter.takeBack();
        return fail(*told.why);
    }

    /// What an earlier run left: looked at once the job is held, so that it stays as it is.
    Outcome<void> lookBack() {
        auto earlier = m_services.ledger->uploads().find(m_job.jobId);
        if (!earlier)
            return earlier.failed();
        m_earlier = std::move(*earlier);
        if (!m_goesOn)
            return {};
        if (!m_earlier || m_earlier->givenUp || m_earlier->file != m_kept->record.file)
            return fail(Failure(Code::JobBusy, {m_job.jobId})); // somebody else was quicker
        m_kept->record = *m_earlier;
        return {};
    }

    Outcome<Receipt> carryOut() {
        auto credentials = JobCredentials::open(m_services, m_job, m_registration, m_keys);
        if (!credentials)
            return credentials.failed();
        m_credentials = std::move(*credentials);
        m_upload.emplace(m_services, m_job, m_registration, *m_credentials);
        if (!m_goesOn)
            if (auto ready = makeReady(); !ready)
                return ready.failed();
        step(Step::Upload);
        if (auto sent = m_upload->send(m_kept->record, m_kept->data, m_inner); !sent)
            return sent.failed();
        step(Step::Report);
        const auto manifest = parseManifest(m_kept->record.manifest);
        if (!manifest)
            return manifest.failed();
        return report(receiptFor(*manifest), *manifest->metadata);
    }

    /// Seals, makes room in the store, and keeps what is sealed until it is there.
    Outcome<void> makeReady() {
        auto sealed = sealJob({m_services, m_request, m_job, m_keys, m_registration, *m_credentials,
                               [this](Step next) { step(next); },
                               [this] {
                                   m_choiceHolds = true;
                                   return m_request.ownerPolicy ? remember(JobState::Running) : Outcome<void>();
                               },
                               [this](const std::string& object, MediaType type, std::uint64_t length) {
                                   return place(object, type, length);
                               }},
                              m_inner);
        if (!sealed)
            return sealed.failed();
        if (!sealed->file) { // it has gone straight through
            m_kept.emplace(KeptUpload{std::move(sealed->record), nullptr});
            return {};
        }
        if (auto clear = clearTarget(sealed->record.object); !clear)
            return clear;
        if (auto kept = keepUpload(m_services, *sealed->file, sealed->record); !kept)
            return kept;
        if (m_earlier)
            removeKeptFile(*m_earlier);
        m_kept.emplace(KeptUpload{std::move(sealed->record), nullptr});
        auto data = openFileSource(m_kept->record.file);
        if (!data)
            return data.failed();
        m_kept->data = std::move(*data);
        return {};
    }

    /// What an earlier run left there goes, so that its manifest never stands beside other data.
    Outcome<void> clearTarget(const std::string& object) {
        if (m_earlier)
            if (auto gone = m_upload->withdraw(*m_earlier, m_context.cancel); !gone)
                return gone;
        return m_upload->clear(objectsBeside(object), m_context.cancel);
    }

    Outcome<std::unique_ptr<SealedPlace>> place(const std::string& object, MediaType type, std::uint64_t length) {
        const Room room = roomFor(m_services, length);
        if (!m_request.straightThrough && room.suffices())
            return sealIntoFile(m_services);
        if (!m_request.straightThrough)
            m_request.lacksRoom(room);
        if (auto clear = clearTarget(object); !clear)
            return clear.failed();
        // Given up from the start: nobody can go on with it, and who comes after a kill removes what it left.
        UploadRecord begun;
        begun.jobId = m_job.jobId;
        begun.givenUp = true;
        begun.begun = now();
        begun.bucket = m_job.targetBucket;
        begun.object = object;
        if (auto kept = m_services.ledger->uploads().remember(begun); !kept)
            return kept.failed();
        if (m_earlier)
            removeKeptFile(*m_earlier);
        return m_upload->sealInto({object, std::string(toText(type)), length}, m_context);
    }

    Receipt receiptFor(const Manifest& manifest) const {
        const UploadRecord& record = m_kept->record;
        Receipt receipt;
        receipt.jobId = m_job.jobId;
        receipt.jobName = m_job.name;
        receipt.platformName = m_registration.platformName;
        receipt.finished = now();
        receipt.bucket = record.bucket;
        receipt.object = record.object;
        receipt.size = record.size;
        receipt.records = manifest.runs.front().records.value_or(0);
        receipt.values = record.values;
        receipt.compared = record.compared;
        receipt.sha256 = record.sha256;
        receipt.digest = manifest.content.front().digest;
        for (const RecipientSlot& slot : manifest.recipients)
            receipt.canOpen.push_back(slot.kid);
        for (const FieldInfo& field : manifest.dataset->fields)
            if (field.action == Action::Keep)
                receipt.readable.push_back(field.path);
        receipt.signerKid = record.signerKid;
        receipt.fields = manifest.dataset->fields.size();
        return receipt;
    }

    /// The job is done once its `done` event is kept: with it go the record and the receipt, and the upload's record
    /// ends. Who cannot be told now is told later, and a cancel comes too late; a no fails the run.
    Outcome<Receipt> report(Receipt receipt, const crypto::Json& metadata) {
        const auto record = recordNow(JobState::Done);
        if (!record)
            return record.failed();
        const auto added = m_reporter.add(JobEvent::Kind::Done,
                                          [&](JobEvent& event) {
                                              event.manifest = m_kept->record.manifest;
                                              event.signature = m_kept->record.signature;
                                              event.metadata = metadata;
                                          },
                                          {&*record, &receipt, Outbox::With::Upload::Ends});
        if (!added) {
            m_mayBeKept = !m_reporter.takeBack().ok();
            return added.failed();
        }
        removeKeptFile(m_kept->record);
        const Told told = m_reporter.answerTo(*added, m_context.cancel);
        if (told.fate == Fate::Refused)
            return fail(*told.why);
        receipt.reportPending = told.fate == Fate::Waiting;
        return receipt;
    }

    /// The platform hears of a failure what a stranger may know: code and place, never a value, never the owner's file
    /// name. What lies in the store goes: nobody was told of it, or who was has said no.
    void giveUp(const Failure& failure) {
        if (m_mayBeKept) // then it is sent some day, and all of it is there
            return;
        const bool cancelled = failure.code == Code::Cancelled;
        const auto record = recordNow(cancelled ? JobState::Returned : JobState::Failed, stableId(failure.code));
        const auto added = m_reporter.add(cancelled ? JobEvent::Kind::Returned : JobEvent::Kind::Failed,
                                          [&](JobEvent& event) {
                                              event.reason = stableId(failure.code);
                                              crypto::JsonObject details;
                                              if (failure.where.record)
                                                  details.emplace_back("record", *failure.where.record);
                                              if (!failure.where.field.empty())
                                                  details.emplace_back("field", failure.where.field);
                                              if (failure.where.byte)
                                                  details.emplace_back("byte", *failure.where.byte);
                                              event.details = crypto::Json(std::move(details));
                                          },
                                          {record ? &*record : nullptr, nullptr, Outbox::With::Upload::IsGivenUp});
        if (!added) // the profile fails: what is kept is for the next start to judge
            return;
        withdraw();
        (void)m_reporter.answerTo(*added, m_context.leave, longestGoodbye);
    }

    void withdraw() {
        if (m_kept)
            removeKeptFile(m_kept->record);
        const auto given = m_services.ledger->uploads().find(m_job.jobId);
        if (!given || !*given)
            return;
        removeKeptFile(**given);
        const Deadline deadline(longestTidying, m_context.leave);
        if (m_upload && m_upload->withdraw(**given, deadline.cancel()))
            (void)m_services.ledger->uploads().remove(m_job.jobId);
    }

    void step(Step step) {
        m_context.progress({step, 0, 0, 0, 0, 0});
        if (step != Step::Report)
            m_reporter.running(step);
    }

    Outcome<JobRecord> recordNow(JobState state, std::string_view failureCode = {}) const {
        const auto before = m_services.ledger->job(m_job.jobId);
        if (!before)
            return before.failed();
        JobRecord record = recordOf(m_job, state, *before);
        record.failureCode = failureCode;
        if (!m_request.inputPath.empty())
            record.inputPath = m_request.inputPath;
        if (m_request.ownerPolicy && m_choiceHolds)
            record.policyJson = crypto::writeControlJson(toJson(*m_request.ownerPolicy));
        return record;
    }

    Outcome<void> remember(JobState state) {
        const auto record = recordNow(state);
        return record ? m_services.ledger->rememberJob(*record) : record.failed();
    }

    const Services& m_services;
    const RunRequest& m_request;
    const Job m_job;
    const MachineKeys m_keys;
    const PinnedRegistration m_registration;
    std::optional<UploadRecord> m_earlier; ///< as the ledger had it when the run began
    std::optional<KeptUpload> m_kept;      ///< what is sent: from an earlier run, or once this one has sealed it
    const bool m_goesOn;                   ///< from an earlier run
    EventReporter m_reporter;
    TaskContext& m_context;
    TaskContext m_inner; ///< as m_context, with progress told to the platform as well
    std::unique_ptr<JobCredentials> m_credentials;
    std::optional<JobUpload> m_upload; ///< uses m_credentials
    bool m_mayBeKept = false;          ///< the profile failed so that nobody knows whether `done` will be told
    bool m_choiceHolds = false;        ///< the owner's policy fits job and data: it is kept with the job
};

/// An interrupted upload that the owner wants to go on with, and the platform still waits for. Nothing where there is
/// none.
Outcome<std::optional<KeptUpload>> toGoOnWith(const Services& services, const RunRequest& request,
                                              const BoardJob& found, TaskContext& context) {
    if (request.restart || !found.interrupted)
        return std::optional<KeptUpload>();
    return openKeptUpload(services, found.jobId, context);
}

} // namespace

Outcome<Receipt> runJob(const Services& services, const RunRequest& wanted, TaskContext& context) {
    RunRequest request = wanted;
    auto found =
        request.jws.empty() ? findJob(services, request.jobId, context) : jobFromJws(services, request.jws, context);
    if (!found)
        return found.failed();
    if (found->refused)
        return fail(*found->refused);
    auto keys = loadKeysFor(services, *found->job);
    if (!keys)
        return keys.failed();
    auto registration = services.ledger->registration();
    if (!registration)
        return registration.failed();
    auto kept = toGoOnWith(services, request, *found, context);
    if (!kept)
        return kept.failed();
    if (*kept) {
        if (auto agreed = request.goesOn((*kept)->record); !agreed)
            return agreed.failed();
    } else if (request.prepare) {
        if (auto prepared = request.prepare(*found->job, request); !prepared)
            return prepared.failed();
    }
    if (!*kept && !found->job->object && request.inputPath.empty() && !request.source)
        return fail(Failure(Code::JobNeedsInput, {found->job->name}));
    JobRun run(services, request, std::move(*found->job), std::move(*keys), std::move(**registration), std::move(*kept),
               context);
    return run.run();
}

} // namespace sealwright
