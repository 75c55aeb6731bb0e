#pragma once
#include "models/domain/cancel.h"
#include "models/domain/failure.h"

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

// The outside world in memory is in this folder, a port each, with a fault at any one call: for tests of what tasks do
// when a port fails, hangs or is cancelled.
namespace sealwright::tests {

/// Every call of a fake passes here, by name ("store.put", "api.send:done", "ledger.rememberJob").
class Script {
public:
    enum class Fault {
        None,
        Before, ///< the call fails and does nothing
        After,  ///< it is carried out, and its answer is lost
        Cancel, ///< the owner cancels during it
        Hang,   ///< it waits until it is cancelled
    };

    /// The fault strikes at the call of that number, counted from 1, and nowhere else. `code` is what the call fails
    /// with; without it what its port mostly says.
    void strikeAt(std::size_t number, Fault fault, std::optional<Code> code = std::nullopt) {
        m_at = number;
        m_fault = fault;
        m_code = code;
    }
    /// The same at the nth call of that name: where several threads call, their numbers differ from run to run.
    void strikeAt(const std::string& name, std::size_t nth, Fault fault, std::optional<Code> code = std::nullopt) {
        m_name = name;
        strikeAt(nth, fault, code);
    }
    /// Called with each call's name before it is carried out: for what else happens in the world.
    std::function<void(const std::string&)> onCall;
    std::size_t calls() const { ///< so far; may be asked while others call
        const std::lock_guard lock(m_mutex);
        return m_calls.size();
    }
    const std::vector<std::string>& names() const { return m_calls; } ///< once nobody calls any more
    /// The call that was struck; empty as yet. May be asked while others call.
    std::string struck() const {
        const std::lock_guard lock(m_mutex);
        return m_struck;
    }
    std::size_t calls(const std::string& name) const {
        const std::lock_guard lock(m_mutex);
        return static_cast<std::size_t>(std::count(m_calls.begin(), m_calls.end(), name));
    }
    Cancel owner; ///< what Fault::Cancel turns

    /// Carries out `work` with whatever fault is due. `failure` is what this port says.
    template <class T, class Work>
    Outcome<T> pass(const std::string& name, Code failure, const Cancel* cancel, Work work) {
        Fault fault = Fault::None;
        {
            const std::lock_guard lock(m_mutex);
            m_calls.push_back(name);
            const auto counted = m_name.empty() ? m_calls.size()
                                 : m_name != name
                                     ? 0
                                     : static_cast<std::size_t>(std::count(m_calls.begin(), m_calls.end(), name));
            if (m_at > 0 && counted == m_at) {
                fault = m_fault;
                m_struck = name;
            }
        }
        if (m_code && fault != Fault::None)
            failure = *m_code;
        if (onCall)
            onCall(name);
        if (fault == Fault::Cancel)
            owner.cancel();
        if (fault == Fault::Hang && cancel)
            waitFor(*cancel);
        if (cancel && cancel->cancelled())
            return fail(Code::Cancelled);
        if (fault == Fault::Before)
            return fail(failure);
        Outcome<T> outcome = work();
        if (fault == Fault::After)
            return fail(failure);
        return outcome;
    }

private:
    static void waitFor(const Cancel& cancel) {
        std::mutex mutex;
        std::condition_variable wake;
        bool told = false;
        const auto subscription = cancel.onCancel([&] {
            const std::lock_guard lock(mutex);
            told = true;
            wake.notify_all();
        });
        std::unique_lock lock(mutex);
        wake.wait(lock, [&] { return told; });
    }

    mutable std::mutex m_mutex;
    std::vector<std::string> m_calls;
    std::string m_name, m_struck;
    std::size_t m_at = 0;
    Fault m_fault = Fault::None;
    std::optional<Code> m_code;
};

} // namespace sealwright::tests
