#include "models/tasks/job_run.h"

#include "models/tasks/event_reporter.h"
#include "models/tasks/job_gate.h"
#include "models/tasks/job_manifest.h"
#include "models/tasks/job_upload.h"
#include "models/tasks/opening_keys.h"
#include "models/tasks/sealing.h"

namespace sealwright {

namespace {

/// How long a run that failed waits for the platform to hear of it; later the outbox goes on.
constexpr std::chrono::seconds longestGoodbye{5};

/// One run of one job, from taking it up to its receipt.
class JobRun {
public:
    JobRun(const Services& services, const RunRequest& request, Job job, MachineKeys keys,
           PinnedRegistration registration, TaskContext& context)
        : m_services(services),
          m_request(request),
          m_job(std::move(job)),
          m_keys(std::move(keys)),
          m_registration(std::move(registration)),
          m_reporter(services, m_job),
          m_context(context) {
        m_inner.cancel = context.cancel;
        m_inner.progress = [this](const TaskProgress& progress) {
            m_reporter.progress(progress);
            m_context.progress(progress);
        };
    }

    Outcome<Receipt> run() {
        if (auto held = m_reporter.open(m_context.cancel); !held)
            return held.failed();
        if (auto claimed = claim(); !claimed)
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

    Outcome<Receipt> carryOut() {
        auto source = m_request.source;
        step(Step::Read);
        if (!source) {
            auto opened = openJobSource(m_services, m_job, m_request.inputPath, m_inner);
            if (!opened)
                return opened.failed();
            source = std::move(*opened);
        }
        const DialectWish wish = overruled(m_job, m_request.dialect);
        const auto surveyed = survey(m_services, *source, wish, &m_job.policy, m_request.ownerPolicy, m_inner);
        if (!surveyed)
            return surveyed.failed();
        m_request.surveyed(surveyed->profile);
        if (auto taken = takesEveryValue(*surveyed); !taken)
            return taken.failed();
        m_choiceHolds = true;
        const auto secrets = openJobKeys(m_job, m_keys);
        if (!secrets)
            return secrets.failed();
        auto opened = openJobSecrets(m_job, m_keys.opening());
        if (!opened)
            return opened.failed();
        m_credentials.emplace(std::move(*opened));

        step(Step::Seal);
        const JobObjects objects = objectsOf(m_job, surveyed->mediaType);
        const std::string dataName = objects.data.substr(m_job.targetPrefix.size());
        // The name is of this run alone: two programs that work on one profile never meet in one file.
        auto file = FileSink::create(m_services.spoolFolder + "/" + freshUuid() + ".sealed-data", false);
        if (!file)
            return file.failed();
        pipeline::EncryptRequest encrypt{surveyed->mediaType, surveyed->dialect, surveyed->policy, secrets->view(m_job),
                                         crypto::freshRunId()};
        auto written = pipeline::encryptDataset(*source, **file, encrypt, runOptions(m_services, Step::Seal, m_inner));
        if (!written)
            return written.failed();
        if (auto flushed = (*file)->flush(); !flushed)
            return flushed.failed();
        const auto stored = openFileSource((*file)->temporaryPath());
        if (!stored)
            return stored.failed();

        step(Step::Check);
        const auto check = pipeline::checkAgainstSource(*source, **stored, encrypt, *written,
                                                        runOptions(m_services, Step::Check, m_inner));
        if (!check)
            return check.failed();
        if (auto same = source->unchanged(); !same)
            return same.failed();
        written->content.name = dataName;
        written->content.sha256 = check->sha256;
        const auto manifest = jobManifest(m_job, m_registration, m_keys, *secrets, *written,
                                          pipeline::metadataOf(surveyed->profile, written->dataset));
        if (!manifest)
            return manifest.failed();
        const auto manifestText = writeReadableManifest(*manifest);
        if (!manifestText)
            return manifestText.failed();
        const std::string signature = crypto::signDetached("sealwright-manifest", *manifestText, m_keys.sig);

        step(Step::Upload);
        m_upload.emplace(m_services, m_job, m_registration, m_credentials->storage);
        if (auto sent = m_upload->send(objects, surveyed->mediaType, *stored, *manifestText, signature, m_inner); !sent)
            return sent.failed();

        step(Step::Report);
        return report(receiptFor(*manifest, *check, *surveyed), *manifestText, signature, *manifest->metadata);
    }

    Receipt receiptFor(const Manifest& manifest, const pipeline::CheckResult& check, const Surveyed& surveyed) const {
        Receipt receipt;
        receipt.jobId = m_job.jobId;
        receipt.jobName = m_job.name;
        receipt.platformName = m_registration.platformName;
        receipt.finished = now();
        receipt.bucket = m_job.targetBucket;
        receipt.object = objectsOf(m_job, surveyed.mediaType).data;
        receipt.size = manifest.content.front().size;
        receipt.records = surveyed.profile.records;
        receipt.values = check.values;
        receipt.compared = check.compared;
        receipt.sha256 = check.sha256;
        receipt.digest = manifest.content.front().digest;
        for (const RecipientSlot& slot : manifest.recipients)
            receipt.canOpen.push_back(slot.kid);
        for (const FieldInfo& field : manifest.dataset->fields)
            if (field.action == Action::Keep)
                receipt.readable.push_back(field.path);
        receipt.signerKid = m_keys.sig.kid();
        receipt.fields = manifest.dataset->fields.size();
        return receipt;
    }

    /// The job is done once its `done` event is kept: with it goes the record and the receipt. Who cannot be told now
    /// is told later, and a cancel comes too late; a no fails the run.
    Outcome<Receipt> report(Receipt receipt, const std::string& manifest, const std::string& signature,
                            const crypto::Json& metadata) {
        const auto record = recordNow(JobState::Done);
        if (!record)
            return record.failed();
        const auto added = m_reporter.add(JobEvent::Kind::Done,
                                          [&](JobEvent& event) {
                                              event.manifest = manifest;
                                              event.signature = signature;
                                              event.metadata = metadata;
                                          },
                                          {&*record, &receipt});
        if (!added) {
            m_mayBeKept = !m_reporter.takeBack().ok();
            return added.failed();
        }
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
        if (m_upload)
            m_upload->withdraw();
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
                                          {record ? &*record : nullptr, nullptr});
        if (added)
            (void)m_reporter.answerTo(*added, Cancel(), longestGoodbye);
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
    EventReporter m_reporter;
    TaskContext& m_context;
    TaskContext m_inner; ///< as m_context, with progress told to the platform as well
    std::optional<JobSecrets> m_credentials;
    std::optional<JobUpload> m_upload; ///< uses m_credentials
    bool m_mayBeKept = false;          ///< the profile failed so that nobody knows whether `done` will be told
    bool m_choiceHolds = false;        ///< the owner's policy fits job and data: it is kept with the job
};

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
    if (request.prepare) {
        if (auto prepared = request.prepare(*found->job, request); !prepared)
            return prepared.failed();
    }
    if (!found->job->object && request.inputPath.empty() && !request.source)
        return fail(Failure(Code::JobNeedsInput, {found->job->name}));
    JobRun run(services, request, std::move(*found->job), std::move(*keys), std::move(**registration), context);
    return run.run();
}

} // namespace sealwright
