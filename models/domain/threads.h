#pragma once
#include <system_error>
#include <thread>
#include <vector>

namespace sealwright {

/// Starts `work(0)` … `work(count - 1)`, each on a thread of its own, or fewer where the system gives no more threads:
/// what is shared out goes on with those that there are. The caller joins them. `start` makes one thread.
template <class Work, class Start>
std::vector<std::thread> startThreads(unsigned count, Work work, Start start) {
    std::vector<std::thread> threads;
    threads.reserve(count);
    for (unsigned i = 0; i < count; ++i) {
        try {
            threads.push_back(start([work, i] { work(i); }));
        } catch (const std::system_error&) {
            break;
        }
    }
    return threads;
}

template <class Work>
std::vector<std::thread> startThreads(unsigned count, Work work) {
    return startThreads(count, work, [](auto run) { return std::thread(std::move(run)); });
}

} // namespace sealwright
