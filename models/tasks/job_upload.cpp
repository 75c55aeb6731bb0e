#include "models/tasks/job_upload.h"

#include "models/tasks/kept_upload.h"

namespace sealwright {

namespace {

TransferProgress following(TaskContext& context) {
    return [&context](std::uint64_t done, std::uint64_t total) {
        context.progress({Step::Upload, done, total, 0, 0, 0});
    };
}

} // namespace

JobUpload::JobUpload(const Services& services, const Job& job, const PinnedRegistration& registration,
                     CredentialSource& credentials)
    : m_services(services), m_jobId(job.jobId), m_access{job.endpoint, job.region,         job.targetBucket,
                                                         nullptr,      registration.caPem, registration.caSha256,
                                                         &credentials} {}

Outcome<void> JobUpload::send(const UploadRecord& record, std::shared_ptr<const ByteSource> data,
                              TaskContext& context) {
    m_access.pause = context.pause;
    const JobObjects objects = objectsBeside(record.object);
    if (data)
        if (auto sent = sendData(record, std::move(data), context); !sent)
            return sent;
    if (auto stored = put(objects.manifest, record.manifest, "application/json", context); !stored)
        return stored;
    return put(objects.signature, record.signature, "application/jose", context);
}

Outcome<void> JobUpload::sendData(const UploadRecord& record, std::shared_ptr<const ByteSource> data,
                                  TaskContext& context) {
    const auto manifest = parseManifest(record.manifest);
    if (!manifest)
        return manifest.failed();
    KeptJournal journal(m_services.ledger->uploads(), record);
    const auto sent = m_services.store->putOnward(m_access, record.object, std::move(data),
                                                  std::string(toText(manifest->dataset->mediaType)), journal,
                                                  following(context), context.cancel);
    return sent ? Outcome<void>() : sent.failed();
}

std::unique_ptr<SealedPlace> JobUpload::sealInto(const StreamedObject& object, const TaskContext& context) {
    m_access.pause = context.pause;
    return sealIntoStore(
        m_services, m_access, object,
        [this](const std::string& id) { return m_services.ledger->uploads().begun(m_jobId, id, 0); }, context.cancel);
}

Outcome<void> JobUpload::put(const std::string& object, const std::string& text, const std::string& type,
                             TaskContext& context) {
    const auto stored =
        m_services.store->put(m_access, object, memorySource(text, object), type, following(context), context.cancel);
    return stored ? Outcome<void>() : stored.failed();
}

Outcome<void> JobUpload::clear(const JobObjects& objects, const Cancel& cancel) {
    return removeAll({objects.signature, objects.manifest}, cancel);
}

Outcome<void> JobUpload::withdraw(const UploadRecord& record, const Cancel& cancel) {
    const JobObjects objects = objectsBeside(record.object);
    if (auto removed = removeAll({objects.signature, objects.manifest}, cancel); !removed)
        return removed;
    if (auto left = m_services.store->abandon(m_access, objects.data, record.state.id, cancel); !left)
        return left;
    return removeAll({objects.data}, cancel);
}

Outcome<void> JobUpload::removeAll(const std::vector<std::string>& objects, const Cancel& cancel) {
    for (const std::string& object : objects)
        if (auto removed = m_services.store->remove(m_access, object, cancel); !removed)
            return removed;
    return {};
}

} // namespace sealwright
