#pragma once
#include "models/ports/ledger.h"
#include "models/ports/object_store.h"

#include <memory>

// Ports that hand every call on, to be derived from by what wants to see a few of them.
namespace sealwright::kill {

class ForwardingOutbox : public Outbox {
public:
    explicit ForwardingOutbox(Outbox& next) : m_next(next) {}
    Outcome<std::uint64_t> add(const JobEvent& event, const FeedbackAddress& address, const With& with) override {
        return m_next.add(event, address, with);
    }
    Outcome<std::vector<std::string>> waitingJobs() override { return m_next.waitingJobs(); }
    Outcome<std::optional<WaitingEvent>> next(const std::string& jobId) override { return m_next.next(jobId); }
    Outcome<void> taken(const std::string& eventId) override { return m_next.taken(eventId); }
    Outcome<void> drop(const std::string& eventId, Code why) override { return m_next.drop(eventId, why); }
    Outcome<std::optional<std::string>> hold(const Hold& hold,
                                             const std::function<bool(const std::string&)>& alive) override {
        return m_next.hold(hold, alive);
    }
    Outcome<void> letGo(const std::string& jobId, const std::string& holder) override {
        return m_next.letGo(jobId, holder);
    }

private:
    Outbox& m_next;
};

class ForwardingUploads : public Uploads {
public:
    explicit ForwardingUploads(Uploads& next) : m_next(next) {}
    Outcome<std::vector<UploadRecord>> all() override { return m_next.all(); }
    Outcome<std::optional<UploadRecord>> find(const std::string& jobId) override { return m_next.find(jobId); }
    Outcome<void> remember(const UploadRecord& record) override { return m_next.remember(record); }
    Outcome<void> begun(const std::string& jobId, const std::string& id, std::uint64_t partSize) override {
        return m_next.begun(jobId, id, partSize);
    }
    Outcome<void> sent(const std::string& jobId, const UploadedPart& part) override { return m_next.sent(jobId, part); }
    Outcome<void> giveUp(const std::string& jobId) override { return m_next.giveUp(jobId); }
    Outcome<void> remove(const std::string& jobId) override { return m_next.remove(jobId); }

private:
    Uploads& m_next;
};

class ForwardingLedger : public Ledger {
public:
    explicit ForwardingLedger(std::shared_ptr<Ledger> next) : m_next(std::move(next)) {}
    Outcome<std::vector<KeyRecord>> keys() override { return m_next->keys(); }
    Outcome<void> rememberKeys(const std::vector<KeyRecord>& keys) override { return m_next->rememberKeys(keys); }
    Outcome<std::vector<KeyRecord>> formerKeys() override { return m_next->formerKeys(); }
    Outcome<void> rememberFormerKeys(const std::vector<KeyRecord>& keys) override {
        return m_next->rememberFormerKeys(keys);
    }
    Outcome<std::vector<KeyRecord>> nextKeys() override { return m_next->nextKeys(); }
    Outcome<void> rememberNextKeys(const std::vector<KeyRecord>& keys) override {
        return m_next->rememberNextKeys(keys);
    }
    Outcome<void> takeNextKeys(const std::optional<PinnedRegistration>& registration) override {
        return m_next->takeNextKeys(registration);
    }
    Outcome<std::optional<Instant>> recoveryKitMade() override { return m_next->recoveryKitMade(); }
    Outcome<void> rememberRecoveryKit(Instant when) override { return m_next->rememberRecoveryKit(when); }
    Outcome<std::optional<PinnedRegistration>> registration() override { return m_next->registration(); }
    Outcome<void> rememberRegistration(const PinnedRegistration& registration) override {
        return m_next->rememberRegistration(registration);
    }
    Outcome<std::vector<JobRecord>> jobs() override { return m_next->jobs(); }
    Outcome<std::optional<JobRecord>> job(const std::string& jobId) override { return m_next->job(jobId); }
    Outcome<void> rememberJob(const JobRecord& job) override { return m_next->rememberJob(job); }
    Outbox& outbox() override { return m_next->outbox(); }
    Uploads& uploads() override { return m_next->uploads(); }
    Outcome<std::vector<Receipt>> receipts() override { return m_next->receipts(); }
    Outcome<std::vector<AddressEntry>> addresses() override { return m_next->addresses(); }
    Outcome<void> addAddress(const AddressEntry& entry) override { return m_next->addAddress(entry); }
    Outcome<void> removeAddress(const std::string& kid) override { return m_next->removeAddress(kid); }
    Outcome<std::optional<std::string>> setting(const std::string& name) override { return m_next->setting(name); }
    Outcome<void> setSetting(const std::string& name, const std::string& value) override {
        return m_next->setSetting(name, value);
    }

private:
    const std::shared_ptr<Ledger> m_next;
};

class ForwardingStore : public ObjectStore {
public:
    explicit ForwardingStore(std::shared_ptr<ObjectStore> next) : m_next(std::move(next)) {}
    Outcome<ObjectFacts> head(const StoreAccess& access, const std::string& object, const Cancel& cancel) override {
        return m_next->head(access, object, cancel);
    }
    Outcome<void> fetch(const StoreAccess& access, const std::string& object, const ObjectFacts& pinned, ByteSink& sink,
                        const TransferProgress& progress, const Cancel& cancel) override {
        return m_next->fetch(access, object, pinned, sink, progress, cancel);
    }
    Outcome<ObjectFacts> put(const StoreAccess& access, const std::string& object,
                             std::shared_ptr<const ByteSource> source, const std::string& contentType,
                             const TransferProgress& progress, const Cancel& cancel) override {
        return m_next->put(access, object, std::move(source), contentType, progress, cancel);
    }
    Outcome<ObjectFacts> putOnward(const StoreAccess& access, const std::string& object,
                                   std::shared_ptr<const ByteSource> source, const std::string& contentType,
                                   UploadJournal& journal, const TransferProgress& progress,
                                   const Cancel& cancel) override {
        return m_next->putOnward(access, object, std::move(source), contentType, journal, progress, cancel);
    }
    std::unique_ptr<ObjectSink> putStream(const StoreAccess& access, const StreamedObject& object,
                                          const BegunUploadFn& begun, const Cancel& cancel) override {
        return m_next->putStream(access, object, begun, cancel);
    }
    std::shared_ptr<const ByteSource> open(const StoreAccess& access, const std::string& object,
                                           const ObjectFacts& pinned, const Cancel& cancel) override {
        return m_next->open(access, object, pinned, cancel);
    }
    Outcome<void> abandon(const StoreAccess& access, const std::string& object, const std::string& uploadId,
                          const Cancel& cancel) override {
        return m_next->abandon(access, object, uploadId, cancel);
    }
    Outcome<std::uint64_t> download(const std::string& url, const std::vector<std::string>& hosts,
                                    const std::string& caPem, const std::string& caSha256, std::uint64_t maxBytes,
                                    ByteSink& sink, const TransferProgress& progress, const Cancel& cancel) override {
        return m_next->download(url, hosts, caPem, caSha256, maxBytes, sink, progress, cancel);
    }
    Outcome<void> remove(const StoreAccess& access, const std::string& object, const Cancel& cancel) override {
        return m_next->remove(access, object, cancel);
    }

private:
    const std::shared_ptr<ObjectStore> m_next;
};

} // namespace sealwright::kill
