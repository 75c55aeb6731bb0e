#include "app/s3/remote_object.h"

#include "app/s3/range.h"

#include <algorithm>
#include <cstring>

namespace sealwright::s3 {

RemoteObject::RemoteObject(std::shared_ptr<net::NetworkThread> network, const StoreAccess& access, std::string object,
                           ObjectFacts pinned, const Sharers& sharers, const Cancel& cancel)
    : m_network(std::move(network)),
      m_access(access),
      m_object(std::move(object)),
      m_pinned(std::move(pinned)),
      m_target{*m_network, m_access, m_object},
      m_share(sharers),
      m_count(static_cast<std::size_t>((m_pinned.size + blockLength - 1) / blockLength)),
      m_subscription(cancel.onCancel([this] {
          {
              const std::lock_guard lock(m_mutex); // nobody is between looking at it and waiting
              m_stop.cancel();
          }
          m_wake.notify_all();
      })) {}

RemoteObject::~RemoteObject() {
    m_subscription = {};
    {
        const std::lock_guard lock(m_mutex);
        m_stop.cancel();
    }
    m_wake.notify_all();
    for (std::thread& worker : m_workers)
        worker.join();
}

Outcome<std::size_t> RemoteObject::readAt(std::uint64_t offset, MutableBytes out) const {
    std::size_t done = 0;
    while (done < out.size() && offset + done < m_pinned.size) {
        const std::uint64_t at = offset + done;
        const auto bytes = block(static_cast<std::size_t>(at / blockLength));
        if (!bytes)
            return bytes.failed();
        const std::size_t from = static_cast<std::size_t>(at % blockLength);
        const std::size_t taken = std::min(out.size() - done, (*bytes)->size() - from);
        std::memcpy(out.data() + done, (*bytes)->data() + from, taken);
        done += taken;
    }
    return done;
}

/// A block that failed is forgotten once all who waited for it know: who asks later has it fetched again.
Outcome<RemoteObject::Bytes> RemoteObject::block(std::size_t index) const {
    std::unique_lock lock(m_mutex);
    if (m_workers.empty())
        for (unsigned i = 0; i < parallel; ++i)
            m_workers.emplace_back([this] { work(); });
    if (const auto found = m_blocks.find(index);
        found != m_blocks.end() && found->second.failure && found->second.waiting == 0)
        m_blocks.erase(found);
    const bool inOrder = index == 0 || index == m_last || index == m_last + 1;
    m_last = index;
    want(index, true);
    Block& block = m_blocks[index];
    block.used = ++m_readings;
    ++block.waiting;
    for (std::size_t next = index + 1; inOrder && next < m_count && next <= index + m_share.of(ahead, std::size_t{1});
         ++next)
        want(next, false);
    m_wake.wait(lock, [&] { return m_stop.cancelled() || block.bytes || block.failure; });
    --block.waiting;
    if (block.bytes)
        return block.bytes;
    if (!block.failure)
        return fail(Code::Cancelled);
    const Failure failure = *block.failure;
    if (block.waiting == 0)
        m_blocks.erase(index);
    return fail(failure);
}

void RemoteObject::want(std::size_t index, bool first) const {
    const auto [found, isNew] = m_blocks.try_emplace(index);
    if (isNew) {
        m_wanted.insert(first ? m_wanted.begin() : m_wanted.end(), index);
        forgetOldest();
        m_wake.notify_all();
        return;
    }
    const auto waiting = std::find(m_wanted.begin(), m_wanted.end(), index);
    if (first && waiting != m_wanted.end()) {
        m_wanted.erase(waiting);
        m_wanted.push_front(index);
    }
}

/// Of those that have come and that nobody waits for: one that was read, and that longest ago, before one that is still
/// to be read.
void RemoteObject::forgetOldest() const {
    const auto isOlder = [](std::uint64_t one, std::uint64_t other) { return one != 0 && (other == 0 || one < other); };
    while (m_blocks.size() > m_share.of(held, std::size_t{4})) {
        auto oldest = m_blocks.end();
        for (auto one = m_blocks.begin(); one != m_blocks.end(); ++one) {
            const Block& block = one->second;
            const bool idle = (block.bytes || block.failure) && block.waiting == 0;
            if (idle && (oldest == m_blocks.end() || isOlder(block.used, oldest->second.used)))
                oldest = one;
        }
        if (oldest == m_blocks.end())
            return;
        m_blocks.erase(oldest);
    }
}

void RemoteObject::work() const {
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_stop.cancelled() || !m_wanted.empty(); });
        if (m_stop.cancelled())
            return;
        const std::size_t index = m_wanted.front();
        m_wanted.pop_front();
        lock.unlock();
        const std::uint64_t begin = index * blockLength;
        auto bytes = fetchRange(m_target, m_pinned, begin, std::min(begin + blockLength, m_pinned.size), m_stop);
        lock.lock();
        Block& block = m_blocks[index];
        if (bytes)
            block.bytes = std::make_shared<const std::string>(std::move(*bytes));
        else
            block.failure = bytes.error();
        forgetOldest();
        m_wake.notify_all();
    }
}

} // namespace sealwright::s3
