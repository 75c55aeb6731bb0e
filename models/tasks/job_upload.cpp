#include "models/tasks/job_upload.h"

namespace sealwright {

JobUpload::JobUpload(const Services& services, const Job& job, const PinnedRegistration& registration,
                     const StorageCredentials& credentials)
    : m_services(services), m_access{job.endpoint, job.region,         job.targetBucket,
                                     &credentials, registration.caPem, registration.caSha256} {}

Outcome<void> JobUpload::send(const JobObjects& objects, MediaType type, std::shared_ptr<const ByteSource> data,
                              const std::string& manifest, const std::string& signature, TaskContext& context) {
    const auto all = [&]() -> Outcome<void> {
        if (auto sent = put(objects.data, std::move(data), std::string(toText(type)), context); !sent)
            return sent.failed();
        if (auto sent = put(objects.manifest, memorySource(manifest, objects.manifest), "application/json", context);
            !sent)
            return sent.failed();
        return put(objects.signature, memorySource(signature, objects.signature), "application/jose", context);
    };
    auto sent = all();
    if (!sent)
        withdraw();
    return sent;
}

Outcome<void> JobUpload::put(const std::string& object, std::shared_ptr<const ByteSource> source,
                             const std::string& type, TaskContext& context) {
    // Before it is tried: of a put that failed nobody knows whether the store has the object.
    m_put.push_back(object);
    const auto put = m_services.store->put(
        m_access, object, std::move(source), type,
        [&](std::uint64_t done, std::uint64_t total) {
            context.progress({Step::Upload, done, total, 0, 0, 0});
        },
        context.cancel);
    if (!put)
        return put.failed();
    return {};
}

void JobUpload::withdraw() {
    for (auto object = m_put.rbegin(); object != m_put.rend(); ++object)
        (void)m_services.store->remove(m_access, *object, Cancel());
    m_put.clear();
}

void JobUpload::withdraw(const JobObjects& objects) {
    m_put = {objects.data, objects.manifest, objects.signature};
    withdraw();
}

} // namespace sealwright
