#pragma once
#include "app/s3/sharers.h"
#include "app/s3/upload_calls.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

namespace sealwright::s3 {

/// A pinned object as a source that is read over the network, in blocks that are kept for a while: the next ones are
/// fetched while one is used, and those just behind are still there.
class RemoteObject : public ByteSource {
public:
    static constexpr std::uint64_t blockLength = 2u << 20;
    static constexpr unsigned parallel = net::bodiesToAHost;
    static constexpr std::size_t ahead = 6; ///< blocks
    /// Both are of all such objects together; of each there are four, one of them ahead.
    static constexpr std::size_t held = 12; ///< blocks, those ahead among them

    RemoteObject(std::shared_ptr<net::NetworkThread> network, const StoreAccess& access, std::string object,
                 ObjectFacts pinned, const Sharers& sharers, const Cancel& cancel);
    ~RemoteObject() override;

    std::uint64_t size() const override { return m_pinned.size; }
    std::string name() const override { return m_object; }
    Outcome<std::size_t> readAt(std::uint64_t offset, MutableBytes out) const override;

private:
    using Bytes = std::shared_ptr<const std::string>;
    struct Block {
        Bytes bytes; ///< null: on its way
        std::optional<Failure> failure;
        std::uint64_t used = 0; ///< when it was read last, in readings; 0: never
        unsigned waiting = 0;   ///< threads
    };
    Outcome<Bytes> block(std::size_t index) const;
    void want(std::size_t index, bool first) const; ///< under m_mutex
    void forgetOldest() const;                      ///< under m_mutex
    void work() const;

    const std::shared_ptr<net::NetworkThread> m_network;
    const StoreAccess m_access;
    const std::string m_object;
    const ObjectFacts m_pinned;
    const Target m_target;
    const Share m_share;
    const std::size_t m_count; ///< of blocks

    mutable std::mutex m_mutex; ///< guards the rest
    mutable std::condition_variable m_wake;
    mutable std::map<std::size_t, Block> m_blocks;
    mutable std::deque<std::size_t> m_wanted; ///< of m_blocks, those that nobody fetches yet
    mutable std::uint64_t m_readings = 0;
    mutable std::size_t m_last = 0; ///< block that was asked for
    mutable Cancel m_stop;          ///< the caller's, or the end

    mutable std::vector<std::thread> m_workers;
    Cancel::Subscription m_subscription; ///< goes first
};

} // namespace sealwright::s3
