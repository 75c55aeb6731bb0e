#pragma once
#include "tests/support/fakes/fake_outbox.h"
#include "tests/support/fakes/fake_uploads.h"

namespace sealwright::tests {

/// The profile, with its outbox and its uploads.
class FakeLedger : public Ledger {
public:
    explicit FakeLedger(Script& script) : m_script(script), m_outbox(script, profile), m_uploads(script, profile) {}

    Outcome<std::vector<KeyRecord>> keys() override { return get("ledger.keys", keyRecords); }
    Outcome<void> rememberKeys(const std::vector<KeyRecord>& keys) override {
        return put("ledger.rememberKeys", [&] { remember(keyRecords, keys); });
    }
    Outcome<std::vector<KeyRecord>> formerKeys() override { return get("ledger.formerKeys", formerRecords); }
    Outcome<void> rememberFormerKeys(const std::vector<KeyRecord>& keys) override {
        return put("ledger.rememberFormerKeys", [&] { remember(formerRecords, keys); });
    }
    Outcome<std::vector<KeyRecord>> nextKeys() override { return get("ledger.nextKeys", nextRecords); }
    Outcome<void> rememberNextKeys(const std::vector<KeyRecord>& keys) override {
        return put("ledger.rememberNextKeys", [&] { nextRecords = keys; });
    }
    Outcome<void> takeNextKeys(const std::optional<PinnedRegistration>& registration) override {
        return m_script.pass<void>("ledger.takeNextKeys", Code::ProfileFailed, nullptr, [&]() -> Outcome<void> {
            if (nextRecords.empty())
                return fail(Code::ProfileFailed);
            formerRecords.insert(formerRecords.begin(), keyRecords.begin(), keyRecords.end());
            keyRecords = std::move(nextRecords);
            nextRecords.clear();
            kit.reset();
            if (registration)
                pinned = registration;
            return {};
        });
    }
    Outcome<std::optional<Instant>> recoveryKitMade() override { return get("ledger.recoveryKitMade", kit); }
    Outcome<void> rememberRecoveryKit(Instant when) override {
        return put("ledger.rememberRecoveryKit", [&] { kit = when; });
    }
    Outcome<std::optional<PinnedRegistration>> registration() override { return get("ledger.registration", pinned); }
    Outcome<void> rememberRegistration(const PinnedRegistration& registration) override {
        return put("ledger.rememberRegistration", [&] { pinned = registration; });
    }
    Outcome<std::vector<JobRecord>> jobs() override {
        const std::lock_guard lock(profile.mutex);
        std::vector<JobRecord> all;
        for (const auto& [id, record] : profile.jobRecords)
            all.push_back(shown(record));
        return get("ledger.jobs", all);
    }
    Outcome<std::optional<JobRecord>> job(const std::string& jobId) override {
        std::optional<JobRecord> record;
        {
            const std::lock_guard lock(profile.mutex);
            if (const auto found = profile.jobRecords.find(jobId); found != profile.jobRecords.end())
                record = shown(found->second);
        }
        return get("ledger.job", record);
    }
    Outcome<void> rememberJob(const JobRecord& job) override {
        return put("ledger.rememberJob", [&] {
            const std::lock_guard lock(profile.mutex);
            profile.jobRecords[job.jobId] = job;
        });
    }
    Outbox& outbox() override { return m_outbox; }
    Uploads& uploads() override { return m_uploads; }
    Outcome<std::vector<Receipt>> receipts() override {
        const std::lock_guard lock(profile.mutex);
        return get("ledger.receipts", profile.receipts);
    }
    Outcome<std::vector<AddressEntry>> addresses() override {
        return get("ledger.addresses", std::vector<AddressEntry>());
    }
    Outcome<void> addAddress(const AddressEntry&) override {
        return put("ledger.addAddress", [] {});
    }
    Outcome<void> removeAddress(const std::string&) override {
        return put("ledger.removeAddress", [] {});
    }
    Outcome<std::optional<std::string>> setting(const std::string& name) override {
        const auto found = settings.find(name);
        return get("ledger.setting", found == settings.end() ? std::nullopt : std::optional(found->second));
    }
    Outcome<void> setSetting(const std::string& name, const std::string& value) override {
        return put("ledger.setSetting", [&] { settings[name] = value; });
    }

    std::vector<KeyRecord> keyRecords, formerRecords, nextRecords;
    std::optional<Instant> kit;
    std::optional<PinnedRegistration> pinned;
    FakeProfile profile;
    std::map<std::string, std::string> settings;

private:
    static void remember(std::vector<KeyRecord>& records, const std::vector<KeyRecord>& keys) {
        for (const KeyRecord& key : keys) {
            std::erase_if(records, [&](const KeyRecord& known) { return known.kid == key.kid; });
            records.push_back(key);
        }
    }
    JobRecord shown(JobRecord record) const {
        using Kind = JobEvent::Kind;
        record.reportPending = profile.waits(record.jobId, {Kind::Done, Kind::Failed, Kind::Declined, Kind::Returned});
        return record;
    }
    template <class T>
    Outcome<T> get(const char* name, T value) {
        return m_script.pass<T>(name, Code::ProfileFailed, nullptr, [&]() -> Outcome<T> { return std::move(value); });
    }
    template <class Work>
    Outcome<void> put(const char* name, Work work) {
        return m_script.pass<void>(name, Code::ProfileFailed, nullptr, [&]() -> Outcome<void> {
            work();
            return {};
        });
    }
    Script& m_script;
    FakeOutbox m_outbox;
    FakeUploads m_uploads;
};

} // namespace sealwright::tests
