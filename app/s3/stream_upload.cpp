#include "app/s3/stream_upload.h"

#include "app/s3/completion.h"
#include "app/s3/part_sizes.h"
#include "app/s3/slice_hash.h"

#include <algorithm>

namespace sealwright::s3 {

std::uint64_t streamedPartSize(std::uint64_t number, std::uint64_t expected) {
    constexpr std::uint64_t mebibyte = 1u << 20, alike = 4500, each = 600, doublings = 9;
    constexpr std::uint64_t longest = 4096 * mebibyte; // the protocol's limit is 5 GiB
    const std::uint64_t first = std::max(8 * mebibyte, (expected / alike / mebibyte + 1) * mebibyte);
    return std::min(longest, number <= alike ? first : first << std::min((number - alike - 1) / each + 1, doublings));
}

StreamUpload::StreamUpload(std::shared_ptr<net::NetworkThread> network, const StoreAccess& access,
                           StreamedObject object, BegunUploadFn begun, const Sharers& sharers, const Cancel& cancel)
    : m_network(std::move(network)),
      m_access(access),
      m_object(std::move(object)),
      m_target{*m_network, m_access, m_object.name},
      m_begun(std::move(begun)),
      m_share(sharers),
      m_subscription(cancel.onCancel([this] { stop(Code::Cancelled); })) {}

StreamUpload::~StreamUpload() {
    m_subscription = {};
    stop(Code::Cancelled);
    join();
}

void StreamUpload::stop(const Failure& failure) {
    {
        const std::lock_guard lock(m_mutex);
        if (!m_failure)
            m_failure = failure;
    }
    m_stop.cancel();
    m_wake.notify_all();
}

void StreamUpload::join() {
    for (std::thread& worker : m_workers)
        worker.join();
    m_workers.clear();
}

Outcome<void> StreamUpload::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::uint64_t whole = streamedPartSize(m_parts.size() + 1, m_object.expected);
        if (m_filling.empty())
            m_filling.reserve(whole);
        const std::size_t taken = std::min<std::size_t>(bytes.size(), whole - m_filling.size());
        m_filling.append(bytes.substr(0, taken));
        bytes.remove_prefix(taken);
        if (m_filling.size() == whole)
            if (auto handed = handOn(); !handed)
                return handed;
    }
    return {};
}

/// Waits until there is room for one more part under way. m_parts grows on this thread alone.
Outcome<void> StreamUpload::handOn() {
    if (m_uploadId.empty())
        if (auto begun = begin(); !begun)
            return begun;
    const std::uint64_t size = m_filling.size();
    Job job{m_parts.size(), memorySource(std::move(m_filling), m_object.name)};
    m_filling.clear();
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [&] {
        return m_failure || m_underWay == 0 || m_underWay + size <= m_share.of(mostUnderWay, std::uint64_t{1});
    });
    if (m_failure)
        return fail(*m_failure);
    m_underWay += size;
    m_parts.push_back({job.index + 1, size, {}, {}});
    m_waiting.push_back(std::move(job));
    m_wake.notify_all();
    return {};
}

Outcome<void> StreamUpload::begin() {
    auto begun = createUpload(m_target, m_object.contentType, m_stop);
    if (!begun)
        return begun.failed();
    m_uploadId = std::move(begun->id);
    m_storeChecks = begun->checksSha256;
    if (auto noted = m_begun(m_uploadId); !noted)
        return noted;
    for (unsigned i = 0; i < parallelParts; ++i)
        m_workers.emplace_back([this] { work(); });
    return {};
}

void StreamUpload::work() {
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_failure || m_ended || !m_waiting.empty(); });
        if (m_failure || m_waiting.empty())
            return;
        Job job = std::move(m_waiting.front());
        m_waiting.pop_front();
        lock.unlock();
        const auto sent = sendPart(job);
        const std::uint64_t size = job.bytes->size();
        job.bytes.reset(); // before its room is given to another
        if (!sent)
            return stop(sent.error());
        lock.lock();
        m_underWay -= size;
        m_wake.notify_all();
    }
}

Outcome<void> StreamUpload::sendPart(const Job& job) {
    const std::uint64_t size = job.bytes->size();
    auto hash = hashSlice(*job.bytes, 0, size, m_stop);
    if (!hash)
        return hash.failed();
    auto etag = uploadPart(
        m_target, m_uploadId, job.index + 1, {job.bytes, 0, size, hash->hex, m_storeChecks}, [](std::uint64_t) {},
        m_stop);
    if (!etag)
        return etag.failed();
    const std::lock_guard lock(m_mutex);
    m_parts[job.index].etag = std::move(*etag);
    m_parts[job.index].sha256 = std::move(hash->base64);
    return {};
}

Outcome<ObjectFacts> StreamUpload::finish() {
    if (m_uploadId.empty()) {
        const auto bytes = memorySource(std::move(m_filling), m_object.name);
        auto etag = putObject(
            m_target, bytes, m_object.contentType, [](std::uint64_t) {}, m_stop);
        return etag ? confirm(m_target, {bytes->size(), std::move(*etag)}, m_stop) : etag.failed();
    }
    if (!m_filling.empty())
        if (auto handed = handOn(); !handed)
            return handed.failed();
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
    }
    m_wake.notify_all();
    join();
    {
        const std::lock_guard lock(m_mutex);
        if (m_failure)
            return fail(*m_failure);
    }
    const auto stored = completeSurely(m_target, m_uploadId, m_parts, m_stop);
    if (!stored)
        return stored;
    abortAllUploads(m_target, m_stop);
    return confirm(m_target, *stored, m_stop);
}

} // namespace sealwright::s3
