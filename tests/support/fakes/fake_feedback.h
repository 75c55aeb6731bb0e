#pragma once
#include "crypto/base/control_json.h"
#include "models/ports/feedback.h"
#include "tests/support/fakes/script.h"

namespace sealwright::tests {

/// Who hears of jobs, as the contract says: a known id changes nothing, numbers rise, and what is over stays over.
class FakeFeedback : public Feedback {
public:
    FakeFeedback(Script& script, std::string name) : m_script(script), m_name(std::move(name)) {}

    struct Event {
        std::string kind, eventId;
        std::uint64_t sequence = 0;
        std::string body;
        std::string jobId = {};
        std::string text(const char* member) const {
            const auto json = crypto::parseControlJson(body, std::size_t{64} << 20);
            const auto* found = json ? json->find(member) : nullptr;
            return found && found->string() ? *found->string() : std::string();
        }
    };

    Outcome<void> send(const FeedbackAccess& access, const EventMessage& message, const Cancel& cancel) override {
        const auto json = crypto::parseControlJson(message.body, std::size_t{64} << 20);
        Event event{*json->find("kind")->string(), message.eventId,
                    static_cast<std::uint64_t>(*json->find("sequence")->integer()), message.body, message.jobId};
        if (const auto answer = [&] { return instead ? instead(event, access) : std::nullopt; }(); answer)
            return fail(*answer);
        return m_script.pass<void>(m_name + ".send:" + event.kind, Code::NetworkUnreachable, &cancel,
                                   [&]() -> Outcome<void> {
                                       const std::lock_guard lock(m_mutex);
                                       return take(std::move(event));
                                   });
    }

    /// Knows what another has heard.
    void takeOver(const FakeFeedback& other) {
        auto events = other.events();
        const std::lock_guard lock(m_mutex);
        m_events = std::move(events);
    }

    long taken(const std::string& kind) const {
        const std::lock_guard lock(m_mutex);
        return std::count_if(m_events.begin(), m_events.end(), [&](const Event& one) { return one.kind == kind; });
    }
    std::vector<Event> events() const {
        const std::lock_guard lock(m_mutex);
        return m_events;
    }
    /// An answer that comes first, where it gives one. Set before anything is sent.
    std::function<std::optional<Failure>(const Event&, const FeedbackAccess&)> instead;

private:
    Outcome<void> take(Event event) {
        std::uint64_t last = 0;
        for (const Event& known : m_events) {
            if (known.jobId != event.jobId)
                continue;
            last = known.sequence;
            if (known.eventId == event.eventId)
                return known.body == event.body ? Outcome<void>() : Outcome<void>(fail(Code::PlatformConflict));
            if (known.kind == "done" || known.kind == "declined")
                return fail(Code::PlatformConflict);
        }
        if (event.sequence <= last)
            return fail(Code::PlatformConflict);
        m_events.push_back(std::move(event));
        return {};
    }
    Script& m_script;
    const std::string m_name;
    mutable std::mutex m_mutex;
    std::vector<Event> m_events;
};

} // namespace sealwright::tests
