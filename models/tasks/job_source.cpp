#include "crypto/stream/digest.h"
#include "models/pipeline/spool.h"
#include "models/tasks/job_board.h"
#include "models/tasks/job_credentials.h"
#include "models/tasks/opening_keys.h"

namespace sealwright {

namespace {

/// Hashes what passes through on its way into the spool.
class HashingSink : public ByteSink {
public:
    explicit HashingSink(ByteSink& next) : m_next(next) {}
    Outcome<void> write(std::string_view bytes) override {
        m_hash.update(asBytes(bytes));
        return m_next.write(bytes);
    }
    std::string hex() { return crypto::hexLower(m_hash.finish()); }

private:
    ByteSink& m_next;
    crypto::Sha256 m_hash;
};

Outcome<std::shared_ptr<ByteSource>> fetchSource(const Services& services, const Job& job,
                                                 const PinnedRegistration& registration, CredentialSource& credentials,
                                                 TaskContext& context) {
    const ObjectSource& object = *job.object;
    const StoreAccess store{job.endpoint,          job.region,   object.bucket, nullptr, registration.caPem,
                            registration.caSha256, &credentials, context.pause};
    const auto facts = services.store->head(store, object.object, context.cancel);
    if (!facts)
        return facts.failed();
    if (object.size && *object.size != facts->size)
        return fail(Failure(Code::JobSourceMismatch, {"size"}));

    auto spool = pipeline::Spool::create(services.spoolFolder);
    if (!spool)
        return spool.failed();
    HashingSink hashed(**spool);
    const auto fetched = services.store->fetch(
        store, object.object, *facts, hashed,
        [&](std::uint64_t done, std::uint64_t total) {
            context.progress({Step::Read, done, total});
        },
        context.cancel);
    if (!fetched)
        return fetched.failed();
    if (object.sha256 && hashed.hex() != *object.sha256)
        return fail(Failure(Code::JobSourceMismatch, {"sha256"}));
    return (*spool)->finish(object.object);
}

} // namespace

Outcome<std::shared_ptr<ByteSource>> openJobSource(const Services& services, const Job& job,
                                                   const std::string& inputPath, CredentialSource* credentials,
                                                   TaskContext& context) {
    if (!job.object) {
        if (inputPath.empty())
            return fail(Failure(Code::JobNeedsInput, {job.name}));
        return openFileSource(inputPath);
    }
    const auto kept = services.ledger->registration();
    if (!kept)
        return kept.failed();
    if (!*kept)
        return fail(Code::RegistrationMissing);
    if (credentials)
        return fetchSource(services, job, **kept, *credentials, context);
    const auto keys = loadKeysFor(services, job);
    if (!keys)
        return keys.failed();
    const auto own = JobCredentials::open(services, job, **kept, *keys);
    if (!own)
        return own.failed();
    return fetchSource(services, job, **kept, **own, context);
}

} // namespace sealwright
