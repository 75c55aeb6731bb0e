#pragma once
#include "models/tasks/services.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>

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

/// Hears Cancel::current(), as every store that may wait for a person does.
class FakeSecrets : public SecretStore {
public:
    explicit FakeSecrets(Script& script) : m_script(script) {}
    Outcome<crypto::SecretBytes> read(const Place& entry) override {
        const Cancel cancel = Cancel::current();
        return m_script.pass<crypto::SecretBytes>("secrets.read", Code::KeychainLocked, &cancel,
                                                  [&]() -> Outcome<crypto::SecretBytes> {
                                                      const auto found = kept.find(entry);
                                                      if (found == kept.end())
                                                          return fail(Code::KeyMissing);
                                                      return found->second.clone();
                                                  });
    }
    Outcome<void> write(const Place& entry, const crypto::SecretBytes& secret) override {
        const Cancel cancel = Cancel::current();
        return m_script.pass<void>("secrets.write", Code::KeychainDenied, &cancel, [&]() -> Outcome<void> {
            if (entry.entry != Entry::AccessToken && kept.count(entry) > 0)
                return fail(Code::KeyExists);
            kept.insert_or_assign(entry, secret.clone());
            return {};
        });
    }
    Outcome<void> remove(const Place& entry) override {
        if (Cancel::current().cancelled())
            return fail(Code::Cancelled);
        kept.erase(entry);
        return {};
    }
    std::string place() const override { return "a fake"; }
    bool isSystemKeychain() const override { return false; }

    std::map<Place, crypto::SecretBytes> kept;

private:
    Script& m_script;
};

/// What ledger and outbox have in common; guarded, for a run adds events while its reporter sends them.
struct FakeProfile {
    std::mutex mutex;
    std::map<std::string, JobRecord> jobRecords;
    std::vector<Receipt> receipts;
    std::vector<WaitingEvent> events; ///< in the order they came
    std::map<std::string, std::uint64_t> sequences;
    std::map<std::string, Outbox::Hold> holds;
    std::map<std::string, UploadRecord> uploads;

    bool waits(const std::string& jobId, std::initializer_list<JobEvent::Kind> kinds) const {
        return std::any_of(events.begin(), events.end(), [&](const WaitingEvent& event) {
            return event.message.jobId == jobId && std::find(kinds.begin(), kinds.end(), event.kind) != kinds.end();
        });
    }
};

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

class FakeUploads : public Uploads {
public:
    FakeUploads(Script& script, FakeProfile& profile) : m_script(script), m_profile(profile) {}

    Outcome<std::vector<UploadRecord>> all() override {
        using All = std::vector<UploadRecord>;
        return pass<All>("all", [&] {
            All all;
            for (const auto& [id, record] : m_profile.uploads)
                all.push_back(record);
            return Outcome<All>(std::move(all));
        });
    }
    Outcome<std::optional<UploadRecord>> find(const std::string& jobId) override {
        using Found = std::optional<UploadRecord>;
        return pass<Found>("find", [&] {
            const auto found = m_profile.uploads.find(jobId);
            return Outcome<Found>(found == m_profile.uploads.end() ? Found() : Found(found->second));
        });
    }
    Outcome<void> remember(const UploadRecord& record) override {
        return change("remember", [&] { m_profile.uploads[record.jobId] = record; });
    }
    Outcome<void> begun(const std::string& jobId, const std::string& uploadId, std::uint64_t partSize) override {
        return changeOne("begun", jobId, [&](UploadRecord& record) { record.state = {uploadId, partSize, {}}; });
    }
    Outcome<void> sent(const std::string& jobId, const UploadedPart& part) override {
        return changeOne("sent", jobId, [&](UploadRecord& record) { record.state.parts.push_back(part); });
    }
    Outcome<void> giveUp(const std::string& jobId) override {
        return changeOne("giveUp", jobId, [](UploadRecord& record) { record.givenUp = true; });
    }
    Outcome<void> remove(const std::string& jobId) override {
        return change("remove", [&] { m_profile.uploads.erase(jobId); });
    }

private:
    template <class T, class Work>
    Outcome<T> pass(const char* name, Work work) {
        return m_script.pass<T>(std::string("uploads.") + name, Code::ProfileFailed, nullptr, [&] {
            const std::lock_guard lock(m_profile.mutex);
            return work();
        });
    }
    template <class Work>
    Outcome<void> change(const char* name, Work work) {
        return pass<void>(name, [&] {
            work();
            return Outcome<void>();
        });
    }
    template <class Work>
    Outcome<void> changeOne(const char* name, const std::string& jobId, Work work) {
        return change(name, [&] {
            if (const auto found = m_profile.uploads.find(jobId); found != m_profile.uploads.end())
                work(found->second);
        });
    }
    Script& m_script;
    FakeProfile& m_profile;
};

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

/// Keys are "bucket/object".
class FakeStore : public ObjectStore {
public:
    explicit FakeStore(Script& script) : m_script(script) {}

    Outcome<ObjectFacts> head(const StoreAccess& access, const std::string& object, const Cancel& cancel) override {
        use(access, cancel);
        return m_script.pass<ObjectFacts>("store.head", Code::NetworkUnreachable, &cancel,
                                          [&]() -> Outcome<ObjectFacts> {
                                              if (away)
                                                  return fail(Code::NetworkUnreachable);
                                              return facts(access, object);
                                          });
    }
    Outcome<void> fetch(const StoreAccess& access, const std::string& object, const ObjectFacts&, ByteSink& sink,
                        const TransferProgress&, const Cancel& cancel) override {
        use(access, cancel);
        return m_script.pass<void>("store.fetch", Code::NetworkUnreachable, &cancel,
                                   [&] { return sink.write(objects[access.bucket + "/" + object]); });
    }
    Outcome<ObjectFacts> put(const StoreAccess& access, const std::string& object,
                             std::shared_ptr<const ByteSource> source, const std::string&, const TransferProgress&,
                             const Cancel& cancel) override {
        use(access, cancel);
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
        use(access, cancel);
        const auto stored = inParts(access.bucket + "/" + object, *source, journal, cancel);
        return stored ? facts(access, object) : stored.failed();
    }
    /// One part a write. Beginning, each part, and completing pass the script as those of putOnward() do.
    std::unique_ptr<ObjectSink> putStream(const StoreAccess& access, const std::string& object, const std::string&,
                                          const BegunUploadFn& begun, const Cancel& cancel) override {
        use(access, cancel);
        return std::make_unique<Stream>(*this, access, object, begun, cancel);
    }
    std::shared_ptr<const ByteSource> open(const StoreAccess& access, const std::string& object, const ObjectFacts&,
                                           const Cancel& cancel) override {
        return std::make_shared<Remote>(*this, access.bucket + "/" + object, cancel);
    }
    Outcome<void> abandon(const StoreAccess& access, const std::string& object, const std::string&,
                          const Cancel& cancel) override {
        return m_script.pass<void>("store.abandon", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<void> {
            uploads.erase(access.bucket + "/" + object);
            return {};
        });
    }
    Outcome<std::uint64_t> download(const std::string& url, const std::vector<std::string>& hosts, const std::string&,
                                    const std::string&, std::uint64_t maxBytes, ByteSink& sink, const TransferProgress&,
                                    const Cancel& cancel) override {
        return m_script.pass<std::uint64_t>(
            "store.download", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<std::uint64_t> {
                const auto host = hostOfEndpoint(url);
                if (!host || std::find(hosts.begin(), hosts.end(), *host) == hosts.end())
                    return fail(Code::JobHostNotListed);
                const auto found = urls.find(url);
                if (found == urls.end())
                    return fail(ended.count(url) > 0 ? Code::StorageDenied : Code::StorageNotFound);
                if (found->second.size() > maxBytes)
                    return fail(Code::StorageFailed);
                if (auto written = sink.write(found->second); !written)
                    return written.failed();
                return found->second.size();
            });
    }
    Outcome<void> remove(const StoreAccess& access, const std::string& object, const Cancel& cancel) override {
        return m_script.pass<void>("store.remove", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<void> {
            objects.erase(access.bucket + "/" + object);
            return {};
        });
    }

    bool away = false;
    std::map<std::string, std::string> objects;
    std::map<std::string, std::string> urls; ///< what lies behind pre-signed ones
    std::set<std::string> ended;             ///< those that were good once
    std::vector<std::string> accessKeys;     ///< of the renewable credentials, one a call
    struct Upload {
        std::string id;
        std::map<std::uint64_t, std::string> parts;
    };
    std::map<std::string, Upload> uploads; ///< unfinished, one an object
    std::uint64_t partsSent = 0;
    static constexpr std::uint64_t partSize = 64;

private:
    class Stream : public ObjectSink {
    public:
        Stream(FakeStore& store, StoreAccess access, std::string object, BegunUploadFn begun, Cancel cancel)
            : m_store(store),
              m_access(std::move(access)),
              m_object(std::move(object)),
              m_key(m_access.bucket + "/" + m_object),
              m_begun(std::move(begun)),
              m_cancel(std::move(cancel)) {}
        Outcome<void> write(std::string_view bytes) override {
            if (m_parts == 0)
                if (auto begun = m_store.beginUpload(m_key, m_begun, m_cancel); !begun)
                    return begun;
            return m_store.putPart(m_key, ++m_parts, std::string(bytes), m_cancel);
        }
        Outcome<ObjectFacts> finish() override {
            const auto done = m_store.completeUpload(m_key, m_cancel);
            return done ? m_store.facts(m_access, m_object) : done.failed();
        }

    private:
        FakeStore& m_store;
        const StoreAccess m_access;
        const std::string m_object, m_key;
        const BegunUploadFn m_begun;
        const Cancel m_cancel;
        std::uint64_t m_parts = 0;
    };
    class Remote : public ByteSource {
    public:
        Remote(FakeStore& store, const std::string& key, Cancel cancel)
            : m_store(store), m_bytes(store.objects[key]), m_key(key), m_cancel(std::move(cancel)) {}
        std::uint64_t size() const override { return m_bytes.size(); }
        std::string name() const override { return m_key; }
        Outcome<std::size_t> readAt(std::uint64_t offset, MutableBytes out) const override {
            return m_store.m_script.pass<std::size_t>(
                "store.read", Code::NetworkUnreachable, &m_cancel, [&]() -> Outcome<std::size_t> {
                    const auto piece = std::string_view(m_bytes).substr(std::min<std::size_t>(offset, m_bytes.size()));
                    const std::size_t taken = std::min(piece.size(), out.size());
                    std::copy_n(piece.begin(), taken, reinterpret_cast<char*>(out.data()));
                    return taken;
                });
        }

    private:
        FakeStore& m_store;
        const std::string m_bytes, m_key;
        const Cancel m_cancel;
    };

    void use(const StoreAccess& access, const Cancel& cancel) {
        if (access.renewable)
            accessKeys.push_back(access.renewable->current(cancel)->accessKey);
    }
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
            if (auto begun = beginUpload(
                    key, [&](const std::string& id) { return journal.begun(id, partSize); }, cancel);
                !begun)
                return begun;
        }
        for (std::uint64_t at = 0, number = 1; at < bytes->size(); at += partSize, ++number) {
            if (uploads[key].parts.count(number) > 0)
                continue;
            auto sent = putPart(key, number, bytes->substr(at, partSize), cancel);
            if (sent)
                sent = journal.sent({number, "\"e\"", std::string(64, 'a')});
            if (!sent)
                return sent;
        }
        return completeUpload(key, cancel);
    }
    Outcome<void> beginUpload(const std::string& key, const BegunUploadFn& begun, const Cancel& cancel) {
        const std::string id = "upload-" + std::to_string(++m_ids);
        auto done = m_script.pass<void>("store.begin", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<void> {
            uploads[key] = {id, {}};
            return {};
        });
        return done ? begun(id) : done;
    }
    Outcome<void> putPart(const std::string& key, std::uint64_t number, std::string bytes, const Cancel& cancel) {
        return m_script.pass<void>("store.part", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<void> {
            uploads[key].parts[number] = std::move(bytes);
            ++partsSent;
            return {};
        });
    }
    Outcome<void> completeUpload(const std::string& key, const Cancel& cancel) {
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
    Outcome<Challenge> beginRotation(const PlatformAccess& access, const std::string&, const crypto::JwkSet& machine,
                                     const Cancel& cancel) override {
        return m_script.pass<Challenge>(
            "api.beginRotation", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<Challenge> {
                if (auto known = knows(access); !known)
                    return known.failed();
                offeredByMachine = machine;
                return Challenge{"c2", *crypto::wrapKey(crypto::freshDek(), machine.enc[0]), offered};
            });
    }
    Outcome<Registered> finishRotation(const PlatformAccess& access, const std::string& proof, const std::string& old,
                                       const Cancel& cancel) override {
        return m_script.pass<Registered>(
            "api.finishRotation", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<Registered> {
                if (auto known = knows(access); !known)
                    return known.failed();
                if (!checkOldProof(old, proof, machineKeys.sig[0], offeredByMachine.sig[0]))
                    return fail(Failure(Code::PlatformRejected, {"proof.refused"}));
                const std::string fresh = "token-" + std::to_string(++tokens);
                waitingKeys[fresh] = offeredByMachine;
                return Registered{rotationJws ? rotationJws() : registrationJws, crypto::SecretBytes(asBytes(fresh))};
            });
    }
    Outcome<std::vector<std::string>> registrations(const PlatformAccess& access, const Cancel& cancel) override {
        return m_script.pass<std::vector<std::string>>("api.registrations", Code::NetworkUnreachable, &cancel,
                                                       [&]() -> Outcome<std::vector<std::string>> {
                                                           if (auto known = knows(access); !known)
                                                               return known.failed();
                                                           return statements;
                                                       });
    }
    Outcome<std::vector<JobEntry>> jobs(const PlatformAccess& access, const Cancel& cancel) override {
        return m_script.pass<std::vector<JobEntry>>("api.jobs", Code::NetworkUnreachable, &cancel,
                                                    [&]() -> Outcome<std::vector<JobEntry>> {
                                                        if (auto known = knows(access); !known)
                                                            return known.failed();
                                                        return more.empty() ? std::vector<JobEntry>{entry} : more;
                                                    });
    }
    Outcome<JobEntry> job(const PlatformAccess&, const std::string& id, const Cancel& cancel) override {
        return m_script.pass<JobEntry>("api.job", Code::NetworkUnreachable, &cancel, [&]() -> Outcome<JobEntry> {
            for (const JobEntry& one : more)
                if (one.jobId == id)
                    return one;
            return entry;
        });
    }
    Outcome<std::string> renewedCredentials(const PlatformAccess&, const std::string&, const Cancel& cancel) override {
        return m_script.pass<std::string>("api.renewedCredentials", Code::NetworkUnreachable, &cancel,
                                          [&]() -> Outcome<std::string> {
                                              if (credentialsJws.empty())
                                                  return fail(Code::PlatformConflict);
                                              return credentialsJws;
                                          });
    }
    Outcome<std::vector<ResultEntry>> results(const PlatformAccess&, const Cancel&) override { return resultEntries; }
    std::vector<ResultEntry> resultEntries;

    JobEntry entry;
    std::vector<JobEntry> more; ///< the list, where there is more than the one
    crypto::JwkSet offered;
    std::string registrationJws, credentialsJws;

    /// Which access token the platform goes by; empty: any. A rotation's token counts from its first use on.
    std::string token;
    crypto::JwkSet machineKeys, offeredByMachine;
    std::map<std::string, crypto::JwkSet> waitingKeys; ///< of rotations, by token
    int tokens = 0;
    std::function<std::string()> rotationJws;
    std::vector<std::string> statements;
    bool revoked = false;
    std::optional<Failure> away; ///< what every call with a token says, while it is set

private:
    Outcome<void> knows(const PlatformAccess& access) {
        if (away)
            return fail(*away);
        if (revoked)
            return fail(Failure(Code::MachineRevoked, {"machine.revoked"}));
        const std::string given(asText(access.accessToken.reveal()));
        if (const auto waiting = waitingKeys.find(given); waiting != waitingKeys.end()) {
            machineKeys = waiting->second;
            token = given;
            waitingKeys.clear();
        }
        if (!token.empty() && token != given)
            return fail(Failure(Code::PlatformDenied, {"token.unknown"}));
        return {};
    }
    static bool ends(const std::string& kind) {
        return kind == "done" || kind == "declined" || kind == "failed" || kind == "returned";
    }
    Script& m_script;
};

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
