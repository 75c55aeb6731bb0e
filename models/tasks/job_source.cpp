#include "models/tasks/job_source.h"
#include "crypto/stream/digest.h"
#include "models/pipeline/spool.h"
#include "models/tasks/job_access.h"
#include "models/tasks/job_board.h"
#include "models/tasks/room.h"

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

using Source = std::shared_ptr<const ByteSource>;

/// What passes is hashed, and goes nowhere.
class Nowhere final : public ByteSink {
public:
    Outcome<void> write(std::string_view) override { return {}; }
};

/// The object on its way through `next`, whole and the one that the job means.
Outcome<void> fetchThrough(ByteSink& next, const RunSource& from, const StoreAccess& access, const ObjectFacts& facts,
                           TaskContext& context) {
    const ObjectSource& object = *from.job.object;
    HashingSink hashed(next);
    const auto fetched = from.services.store->fetch(
        access, object.object, facts, hashed,
        [&](std::uint64_t done, std::uint64_t total) {
            context.progress({Step::Read, done, total});
        },
        context.cancel);
    if (!fetched)
        return fetched;
    if (object.sha256 && hashed.hex() != *object.sha256)
        return fail(Failure(Code::JobSourceMismatch, {"sha256"}));
    return {};
}

Outcome<Source> openObject(const RunSource& from, TaskContext& context) {
    const ObjectSource& object = *from.job.object;
    const StoreAccess access{
        from.job.endpoint,          from.job.region,   object.bucket, nullptr, from.registration.caPem,
        from.registration.caSha256, &from.credentials, context.pause};
    const auto facts = from.services.store->head(access, object.object, context.cancel);
    if (!facts)
        return facts.failed();
    if (object.size && *object.size != facts->size)
        return fail(Failure(Code::JobSourceMismatch, {"size"}));
    if (from.straight || (from.mayBeRemote && !roomFor(from.services, facts->size).suffices())) {
        Nowhere nowhere;
        if (object.sha256) // what is read after is the same object, by its ETag
            if (auto same = fetchThrough(nowhere, from, access, *facts, context); !same)
                return same.failed();
        return from.services.store->open(access, object.object, *facts, context.cancel);
    }
    auto spool = pipeline::Spool::create(from.services.spoolFolder);
    if (!spool)
        return spool.failed();
    if (auto fetched = fetchThrough(**spool, from, access, *facts, context); !fetched)
        return fetched.failed();
    auto source = (*spool)->finish(object.object);
    return source ? Outcome<Source>(std::move(*source)) : source.failed();
}

Outcome<Source> openLocal(const Job& job, const std::string& inputPath) {
    if (inputPath.empty())
        return fail(Failure(Code::JobNeedsInput, {job.name}));
    auto source = openFileSource(inputPath);
    return source ? Outcome<Source>(std::move(*source)) : source.failed();
}

} // namespace

Outcome<Source> openJobSource(const Services& services, const Job& job, const std::string& inputPath,
                              TaskContext& context) {
    if (!job.object)
        return openLocal(job, inputPath);
    const auto access = JobAccess::open(services, job);
    if (!access)
        return access.failed();
    return openObject({services, job, (*access)->registration(), (*access)->credentials(), false, false}, context);
}

Outcome<Source> openRunSource(const RunSource& from, const std::string& inputPath, TaskContext& context) {
    return from.job.object ? openObject(from, context) : openLocal(from.job, inputPath);
}

} // namespace sealwright
