#pragma once
#include "models/domain/cancel.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace sealwright {

/// A cancel that turns by itself when its time is over, or as soon as `sooner` turns: one for all the calls of a piece
/// of work that must not take longer.
class Deadline {
public:
    explicit Deadline(std::chrono::milliseconds time, const Cancel& sooner = Cancel());
    ~Deadline();
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    const Cancel& cancel() const { return m_cancel; }

private:
    Cancel m_cancel;
    Cancel::Subscription m_sooner;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_over = false; ///< under m_mutex: nobody needs it any more
    std::thread m_thread;
};

} // namespace sealwright
