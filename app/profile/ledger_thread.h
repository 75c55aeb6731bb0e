#pragma once
#include "models/domain/failure.h"

#include <QSqlDatabase>

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace sealwright {

/// The one thread that holds the profile file's connection (a QSqlDatabase belongs to the thread that opened it). Any
/// other thread hands it work and waits; work is done in the order it comes, so one process never waits for itself.
class LedgerThread {
public:
    /// Opens or makes the file (0600) in an existing folder, in WAL mode, and brings it to today's schema.
    /// ProfileFailed.
    static Outcome<std::unique_ptr<LedgerThread>> open(const std::string& path);
    /// Does what is waiting, closes the file, joins.
    ~LedgerThread();
    LedgerThread(const LedgerThread&) = delete;
    LedgerThread& operator=(const LedgerThread&) = delete;

    /// Calls `work` on the thread and waits until it returned. Safe on any thread but from within work.
    void run(const std::function<void(QSqlDatabase&)>& work);

private:
    LedgerThread() = default;
    void loop(const std::string& path, Outcome<void>& opened, bool& told);

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::function<void(QSqlDatabase&)>> m_waiting;
    bool m_stop = false;
    std::thread m_thread;
};

} // namespace sealwright
