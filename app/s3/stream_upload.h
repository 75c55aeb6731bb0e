#pragma once
#include "app/s3/sharers.h"
#include "app/s3/upload_calls.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace sealwright::s3 {

/// How long the part of that number (from 1) of an object is of which `expected` bytes are expected (0: no idea): all
/// alike where it becomes no longer than that, or than 35 GiB, 8 MiB at least, so that little waits in memory; else
/// twice as much after each 600, so that the protocol's 10,000 parts hold the largest object there may be.
std::uint64_t streamedPartSize(std::uint64_t number, std::uint64_t expected);

/// Sends what is written to it in parts, several side by side, while more is being written. What is small becomes one
/// request. A failure or a drop leaves what has been sent at the store.
class StreamUpload : public ObjectSink {
public:
    /// Parts under way, of all such uploads together, hold this much; of each there is one at least.
    static constexpr std::uint64_t mostUnderWay = 48u << 20;

    StreamUpload(std::shared_ptr<net::NetworkThread> network, const StoreAccess& access, StreamedObject object,
                 BegunUploadFn begun, const Sharers& sharers, const Cancel& cancel);
    ~StreamUpload() override;

    Outcome<void> write(std::string_view bytes) override;
    Outcome<ObjectFacts> finish() override;

private:
    struct Job {
        std::size_t index = 0;
        std::shared_ptr<const ByteSource> bytes;
    };
    Outcome<void> handOn();
    Outcome<void> begin();
    void work();
    Outcome<void> sendPart(const Job& job);
    void stop(const Failure& failure);
    void join();

    const std::shared_ptr<net::NetworkThread> m_network;
    const StoreAccess m_access;
    const StreamedObject m_object;
    const Target m_target;
    const BegunUploadFn m_begun;
    const Share m_share;
    Cancel m_stop; ///< the caller's, or a failure
    std::string m_filling, m_uploadId;
    bool m_storeChecks = false;

    std::mutex m_mutex; ///< guards the rest
    std::condition_variable m_wake;
    std::deque<Job> m_waiting;
    std::vector<StoredPart> m_parts;
    std::uint64_t m_underWay = 0;     ///< bytes
    bool m_ended = false;             ///< no more parts come
    std::optional<Failure> m_failure; ///< the first

    std::vector<std::thread> m_workers;
    Cancel::Subscription m_subscription; ///< goes first
};

} // namespace sealwright::s3
