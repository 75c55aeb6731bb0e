#pragma once
#include "tests/support/fakes/fake_profile.h"
#include "tests/support/fakes/script.h"

namespace sealwright::tests {

/// Events as they wait in a FakeProfile.
class FakeOutbox : public Outbox {
public:
    FakeOutbox(Script& script, FakeProfile& profile) : m_script(script), m_profile(profile) {}

    Outcome<std::uint64_t> add(const JobEvent& event, const FeedbackAddress& address, const With& with) override {
        return m_script.pass<std::uint64_t>(
            "outbox.add:" + std::string(toText(event.kind)), Code::ProfileFailed, nullptr,
            [&]() -> Outcome<std::uint64_t> {
                const std::lock_guard lock(m_profile.mutex);
                JobEvent numbered = event;
                numbered.sequence = ++m_profile.sequences[event.jobId];
                std::erase_if(m_profile.events, [&](const WaitingEvent& old) {
                    return old.message.jobId == event.jobId && old.kind == JobEvent::Kind::Progress;
                });
                m_profile.events.push_back({messageOf(numbered), numbered.sequence, event.kind, address});
                if (with.job)
                    m_profile.jobRecords[event.jobId] = *with.job;
                if (with.receipt)
                    m_profile.receipts.push_back(*with.receipt);
                if (with.upload == With::Upload::Ends)
                    m_profile.uploads.erase(event.jobId);
                if (const auto found = m_profile.uploads.find(event.jobId);
                    with.upload == With::Upload::IsGivenUp && found != m_profile.uploads.end())
                    found->second.givenUp = true;
                return numbered.sequence;
            });
    }
    Outcome<std::vector<std::string>> waitingJobs() override {
        return m_script.pass<std::vector<std::string>>(
            "outbox.waitingJobs", Code::ProfileFailed, nullptr, [&]() -> Outcome<std::vector<std::string>> {
                const std::lock_guard lock(m_profile.mutex);
                std::vector<std::string> ids;
                for (const WaitingEvent& event : m_profile.events)
                    if (std::find(ids.begin(), ids.end(), event.message.jobId) == ids.end())
                        ids.push_back(event.message.jobId);
                return ids;
            });
    }
    Outcome<std::optional<WaitingEvent>> next(const std::string& jobId) override {
        using Next = std::optional<WaitingEvent>;
        return m_script.pass<Next>("outbox.next", Code::ProfileFailed, nullptr, [&]() -> Outcome<Next> {
            const std::lock_guard lock(m_profile.mutex);
            for (const WaitingEvent& event : m_profile.events)
                if (event.message.jobId == jobId)
                    return Next(event);
            return Next();
        });
    }
    Outcome<void> taken(const std::string& eventId) override {
        return m_script.pass<void>("outbox.taken", Code::ProfileFailed, nullptr, [&]() -> Outcome<void> {
            const std::lock_guard lock(m_profile.mutex);
            forget(eventId);
            return {};
        });
    }
    Outcome<void> drop(const std::string& eventId, Code why) override {
        return m_script.pass<void>("outbox.drop", Code::ProfileFailed, nullptr, [&]() -> Outcome<void> {
            const std::lock_guard lock(m_profile.mutex);
            for (const WaitingEvent& event : m_profile.events)
                if (event.message.eventId == eventId && event.kind == JobEvent::Kind::Done) {
                    JobRecord& record = m_profile.jobRecords[event.message.jobId];
                    record.state = JobState::Failed;
                    record.failureCode = stableId(why);
                    for (const Receipt& receipt : m_profile.receipts)
                        if (receipt.jobId == event.message.jobId) {
                            UploadRecord& upload = m_profile.uploads[receipt.jobId];
                            upload = {};
                            upload.jobId = receipt.jobId;
                            upload.givenUp = true;
                            upload.bucket = receipt.bucket;
                            upload.object = receipt.object;
                        }
                    std::erase_if(m_profile.receipts,
                                  [&](const Receipt& receipt) { return receipt.jobId == event.message.jobId; });
                }
            forget(eventId);
            return {};
        });
    }
    Outcome<std::optional<std::string>> hold(const Hold& hold,
                                             const std::function<bool(const std::string&)>& alive) override {
        using Held = std::optional<std::string>;
        return m_script.pass<Held>("outbox.hold", Code::ProfileFailed, nullptr, [&]() -> Outcome<Held> {
            const std::lock_guard lock(m_profile.mutex);
            const auto found = m_profile.holds.find(hold.jobId);
            if (found != m_profile.holds.end() && found->second.holder != hold.holder &&
                found->second.until >= hold.from && alive(found->second.holder))
                return Held(found->second.holder);
            m_profile.holds[hold.jobId] = hold;
            return Held();
        });
    }
    Outcome<void> letGo(const std::string& jobId, const std::string& holder) override {
        const std::lock_guard lock(m_profile.mutex); // no call of the script: a destructor's failure tells nobody
        if (const auto found = m_profile.holds.find(jobId);
            found != m_profile.holds.end() && found->second.holder == holder)
            m_profile.holds.erase(found);
        return {};
    }

private:
    void forget(const std::string& eventId) {
        std::erase_if(m_profile.events, [&](const WaitingEvent& event) { return event.message.eventId == eventId; });
    }
    Script& m_script;
    FakeProfile& m_profile;
};

} // namespace sealwright::tests
