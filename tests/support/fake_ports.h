#pragma once
#include "models/tasks/services.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>

// The outside world in memory, with a fault at any one call: for tests of what tasks do when a port fails, hangs or is
// cancelled.
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

    /// The fault strikes at the call of that number, counted from 1, and nowhere else.
    void strikeAt(std::size_t number, Fault fault) {
        m_at = number;
        m_fault = fault;
    }
    std::size_t calls() const { ///< so far; may be asked while others call
        const std::lock_guard lock(m_mutex);
        return m_calls.size();
    }
    const std::vector<std::string>& names() const { return m_calls; }
    std::string struck() const { return m_at > 0 && m_at <= m_calls.size() ? m_calls[m_at - 1] : std::string(); }
    Cancel owner; ///< what Fault::Cancel turns

    /// Carries out `work` with whatever fault is due. `failure` is what this port says.
    template <class T, class Work>
    Outcome<T> pass(const std::string& name, Code failure, const Cancel* cancel, Work work) {
        Fault fault = Fault::None;
        {
            const std::lock_guard lock(m_mutex);
            m_calls.push_back(name);
            if (m_calls.size() == m_at)
                fault = m_fault;
        }
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
    std::size_t m_at = 0;
    Fault m_fault = Fault::None;
};

class FakeSecrets : public SecretStore {
public:
    explicit FakeSecrets(Script& script) : m_script(script) {}
    Outcome<crypto::SecretBytes> read(Entry entry) override {
        return m_script.pass<crypto::SecretBytes>("secrets.read", Code::KeychainLocked, nullptr,
                                                  [&]() -> Outcome<crypto::SecretBytes> {
                                                      const auto found = kept.find(entry);
                                                      if (found == kept.end())
                                                          return fail(Code::KeyMissing);
                                                      return found->second.clone();
                                                  });
    }
    Outcome<void> write(Entry entry, const crypto::SecretBytes& secret) override {
        return m_script.pass<void>("secrets.write", Code::KeychainDenied, nullptr, [&]() -> Outcome<void> {
            if (entry != Entry::AccessToken && kept.count(entry) > 0)
                return fail(Code::KeyExists);
            kept.insert_or_assign(entry, secret.clone());
            return {};
        });
    }
    Outcome<void> remove(Entry entry) override {
        kept.erase(entry);
        return {};
    }
    std::string place() const override { return "a fake"; }
    bool isSystemKeychain() const override { return false; }

    std::map<Entry, crypto::SecretBytes> kept;

private:
    Script& m_script;
};

class FakeLedger : public Ledger {
public:
    explicit FakeLedger(Script& script) : m_script(script) {}

    Outcome<std::vector<KeyRecord>> keys() override { return get("ledger.keys", keyRecords); }
    Outcome<void> rememberKey(const KeyRecord& key) override {
        return put("ledger.rememberKey", [&] { keyRecords.push_back(key); });
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
        std::vector<JobRecord> all;
        for (const auto& [id, record] : jobRecords)
            all.push_back(record);
        return get("ledger.jobs", all);
    }
    Outcome<std::optional<JobRecord>> job(const std::string& jobId) override {
        const auto found = jobRecords.find(jobId);
        return get("ledger.job", found == jobRecords.end() ? std::nullopt : std::optional(found->second));
    }
    Outcome<void> rememberJob(const JobRecord& job) override {
        return put("ledger.rememberJob", [&] { jobRecords[job.jobId] = job; });
    }
    Outcome<std::uint64_t> nextSequence(const std::string& jobId) override {
        return get("ledger.nextSequence", ++m_sequences[jobId]);
    }
    Outcome<void> addReceipt(const Receipt& receipt) override {
        return put("ledger.addReceipt", [&] { kept.push_back(receipt); });
    }
    Outcome<std::vector<Receipt>> receipts() override { return get("ledger.receipts", kept); }
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

    std::vector<KeyRecord> keyRecords;
    std::optional<Instant> kit;
    std::optional<PinnedRegistration> pinned;
    std::map<std::string, JobRecord> jobRecords;
    std::vector<Receipt> kept;
    std::map<std::string, std::string> settings;

private:
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
    std::map<std::string, std::uint64_t> m_sequences;
};

/// Keys are "bucket/object".
class FakeStore : public ObjectStore {
public:
    explicit FakeStore(Script& script) : m_script(script) {}

    Outcome<ObjectFacts> head(const StoreAccess& access, const std::string& object, const Cancel& cancel) override {
        return m_script.pass<ObjectFacts>("store.head", Code::NetworkUnreachable, &cancel,
                                          [&] { return facts(access, object); });
    }
    Outcome<void> fetch(const StoreAccess& access, const std::string& object, const ObjectFacts&, ByteSink& sink,
                        const TransferProgress&, const Cancel& cancel) override {
        return m_script.pass<void>("store.fetch", Code::NetworkUnreachable, &cancel,
                                   [&] { return sink.write(objects[access.bucket + "/" + object]); });
    }
    Outcome<ObjectFacts> put(const StoreAccess& access, const std::string& object,
                             std::shared_ptr<const ByteSource> source, const std::string&, const TransferProgress&,
                             const Cancel& cancel) override {
        return m_script.pass<ObjectFacts>("store.put", Code::NetworkUnreachable, &cancel,
                                          [&]() -> Outcome<ObjectFacts> {
                                              auto bytes = all(*source);
                                              if (!bytes)
                                                  return bytes.failed();
                                              objects[access.bucket + "/" + object] = std::move(*bytes);
                                              return facts(access, object);
                                          });
    }
    /// In parts of `partSize` bytes. Beginning, each part, and completing pass the script one by one.
    Outcome<ObjectFacts> putOnward(const StoreAccess& access, const std::string& object,
                                   std::shared_ptr<const ByteSource> source, const std::string&, UploadJournal& journal,
                                   const TransferProgress&, const Cancel& cancel) override {
        auto stored = inParts(access.bucket + "/" + object, *source, journal, cancel);
        if (!stored && !mayPass(stored.error().code))
            uploads.erase(access.bucket + "/" + object);
        return stored ? facts(access, object) : stored.failed();
    }
    Outcome<void> abandon(const StoreAccess& access, const std::string& object, const Cancel& cancel) override {
        return m_script.pass<void>("store.abandon", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<void> {
            uploads.erase(access.bucket + "/" + object);
            return {};
        });
    }
    Outcome<std::uint64_t> download(const std::string&, const std::vector<std::string>&, const std::string&,
                                    const std::string&, std::uint64_t, ByteSink&, const TransferProgress&,
                                    const Cancel&) override {
        return fail(Code::StorageNotFound);
    }
    Outcome<void> remove(const StoreAccess& access, const std::string& object, const Cancel& cancel) override {
        return m_script.pass<void>("store.remove", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<void> {
            objects.erase(access.bucket + "/" + object);
            return {};
        });
    }

    std::map<std::string, std::string> objects;
    struct Upload {
        std::string id;
        std::map<std::uint64_t, std::string> parts;
    };
    std::map<std::string, Upload> uploads; ///< unfinished, one an object
    std::uint64_t partsSent = 0;
    static constexpr std::uint64_t partSize = 64;

private:
    static Outcome<std::string> all(const ByteSource& source) {
        std::string bytes(source.size(), '\0');
        const auto got = source.readAt(0, {reinterpret_cast<Byte*>(bytes.data()), bytes.size()});
        return got ? Outcome<std::string>(std::move(bytes)) : got.failed();
    }
    Outcome<void> inParts(const std::string& key, const ByteSource& source, UploadJournal& journal,
                          const Cancel& cancel) {
        const auto bytes = all(source);
        if (!bytes)
            return bytes.failed();
        const UploadState known = journal.known();
        const auto unfinished = uploads.find(key);
        if (known.id.empty() || unfinished == uploads.end() || unfinished->second.id != known.id) {
            if (!known.id.empty() && objects[key] == *bytes)
                return {}; // completed, and nobody heard
            const std::string id = "upload-" + std::to_string(++m_ids);
            auto begun = m_script.pass<void>("store.begin", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<void> {
                uploads[key] = {id, {}};
                return {};
            });
            if (begun)
                begun = journal.begun(id, partSize);
            if (!begun)
                return begun;
        }
        for (std::uint64_t at = 0, number = 1; at < bytes->size(); at += partSize, ++number) {
            if (uploads[key].parts.count(number) > 0)
                continue;
            auto sent = m_script.pass<void>("store.part", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<void> {
                uploads[key].parts[number] = bytes->substr(at, partSize);
                ++partsSent;
                return {};
            });
            if (sent)
                sent = journal.sent({number, "\"e\"", std::string(64, 'a')});
            if (!sent)
                return sent;
        }
        return m_script.pass<void>("store.complete", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<void> {
            std::string whole;
            for (const auto& [number, part] : uploads[key].parts)
                whole += part;
            objects[key] = whole;
            uploads.erase(key);
            return {};
        });
    }
    Outcome<ObjectFacts> facts(const StoreAccess& access, const std::string& object) const {
        const auto found = objects.find(access.bucket + "/" + object);
        if (found == objects.end())
            return fail(Code::StorageNotFound);
        return ObjectFacts{found->second.size(), "\"e\""};
    }
    Script& m_script;
    int m_ids = 0;
};

/// A platform that keeps one job's state as the contract says: numbers rise, and what is over stays over.
class FakeApi : public JobApi {
public:
    explicit FakeApi(Script& script) : m_script(script) {}

    Outcome<Challenge> beginRegistration(const PlatformAccess&, const std::string&, const std::string&,
                                         const crypto::JwkSet& machine, const Cancel& cancel) override {
        return m_script.pass<Challenge>("api.beginRegistration", Code::NetworkUnreachable, &cancel,
                                        [&]() -> Outcome<Challenge> {
                                            const auto wrapped = crypto::wrapKey(crypto::freshDek(), machine.enc[0]);
                                            return Challenge{"c1", *wrapped, offered};
                                        });
    }
    Outcome<Registered> finishRegistration(const PlatformAccess&, const std::string&, const Cancel& cancel) override {
        return m_script.pass<Registered>("api.finishRegistration", Code::NetworkUnreachable, &cancel,
                                         [&]() -> Outcome<Registered> {
                                             return Registered{registrationJws, crypto::SecretBytes(asBytes("token"))};
                                         });
    }
    Outcome<std::vector<JobEntry>> jobs(const PlatformAccess&, const Cancel& cancel) override {
        return m_script.pass<std::vector<JobEntry>>("api.jobs", Code::NetworkUnreachable, &cancel,
                                                    [&] { return Outcome<std::vector<JobEntry>>({entry}); });
    }
    Outcome<JobEntry> job(const PlatformAccess&, const std::string&, const Cancel& cancel) override {
        return m_script.pass<JobEntry>("api.job", Code::NetworkUnreachable, &cancel, [&] {
            JobEntry now = entry;
            if (!events.empty() && !ends(events.back().first))
                now.state = JobState::Running;
            else if (!events.empty())
                now.state = *jobStateFromText(events.back().first);
            return Outcome<JobEntry>(now);
        });
    }
    Outcome<void> send(const PlatformAccess&, const JobEvent& event, const Cancel& cancel) override {
        static const char* kinds[] = {"claimed", "declined", "returned", "running", "progress", "done", "failed"};
        const char* kind = kinds[static_cast<int>(event.kind)];
        return m_script.pass<void>(std::string("api.send:") + kind, Code::NetworkUnreachable, &cancel,
                                   [&]() -> Outcome<void> {
                                       if (taken("done") + taken("declined") > 0)
                                           return fail(Code::PlatformConflict);
                                       if (!events.empty() && event.sequence <= events.back().second.sequence)
                                           return fail(Code::PlatformConflict);
                                       events.emplace_back(kind, event);
                                       return {};
                                   });
    }
    Outcome<std::vector<ResultEntry>> results(const PlatformAccess&, const Cancel&) override {
        return std::vector<ResultEntry>();
    }

    long taken(const std::string& kind) const {
        return std::count_if(events.begin(), events.end(), [&](const auto& one) { return one.first == kind; });
    }

    JobEntry entry;
    std::vector<std::pair<std::string, JobEvent>> events;
    crypto::JwkSet offered;
    std::string registrationJws;

private:
    static bool ends(const std::string& kind) {
        return kind == "done" || kind == "declined" || kind == "failed" || kind == "returned";
    }
    Script& m_script;
};

} // namespace sealwright::tests
