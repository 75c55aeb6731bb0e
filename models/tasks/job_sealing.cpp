#include "models/tasks/job_sealing.h"

#include "models/tasks/job_source.h"
#include "models/tasks/room.h"
#include "models/tasks/sealing.h"

namespace sealwright {

Outcome<SealedJob> sealJob(const SealingOrder& order, TaskContext& context) {
    const Job& job = order.job;
    const Instant begun = now();
    order.step(Step::Read);
    auto source = order.request.source;
    if (!source) {
        auto opened =
            openRunSource({order.services, job, order.registration, order.credentials, order.request.straightThrough},
                          order.request.inputPath, context);
        if (!opened)
            return opened.failed();
        source = std::move(*opened);
    }
    const DialectWish wish = overruled(job, order.request.dialect);
    const auto surveyed = survey(order.services, *source, wish, &job.policy, order.request.ownerPolicy, context);
    if (!surveyed)
        return surveyed.failed();
    order.request.surveyed(surveyed->profile);
    if (auto taken = takesEveryValue(*surveyed); !taken)
        return taken.failed();
    if (auto kept = order.choiceHolds(); !kept)
        return kept.failed();
    const auto secrets = openJobKeys(job, order.keys);
    if (!secrets)
        return secrets.failed();

    order.step(Step::Seal);
    const JobObjects objects = objectsOf(job, surveyed->mediaType);
    auto place = order.place(objects.data, surveyed->mediaType, sealedLength(surveyed->profile, surveyed->policy));
    if (!place)
        return place.failed();
    pipeline::EncryptRequest encrypt{surveyed->mediaType, surveyed->dialect, surveyed->policy, secrets->view(job),
                                     crypto::freshRunId()};
    auto written =
        pipeline::encryptDataset(*source, (*place)->sink(), encrypt, runOptions(order.services, Step::Seal, context));
    if (!written)
        return written.failed();
    const auto stored = (*place)->written();
    if (!stored)
        return stored.failed();

    order.step(Step::Check);
    const auto check = pipeline::checkAgainstSource(*source, **stored, encrypt, *written,
                                                    runOptions(order.services, Step::Check, context));
    if (!check)
        return check.failed();
    if (auto same = source->unchanged(); !same)
        return same.failed();
    written->content.name = objects.data.substr(job.targetPrefix.size());
    written->content.sha256 = check->sha256;
    const auto manifest = jobManifest(job, order.registration, order.keys, *secrets, *written,
                                      pipeline::metadataOf(surveyed->profile, written->dataset));
    if (!manifest)
        return manifest.failed();
    auto text = writeReadableManifest(*manifest);
    if (!text)
        return text.failed();

    SealedJob sealed;
    sealed.file = (*place)->takeFile();
    UploadRecord& record = sealed.record;
    record.jobId = job.jobId;
    record.size = (*stored)->size();
    record.sha256 = check->sha256;
    record.signature = crypto::signDetached("sealwright-manifest", *text, order.keys.sig);
    record.signerKid = order.keys.sig.kid();
    record.manifest = std::move(*text);
    record.values = check->values;
    record.compared = check->compared;
    record.begun = begun;
    record.bucket = job.targetBucket;
    record.object = objects.data;
    return sealed;
}

} // namespace sealwright
