#include "tests/kill/mortal_services.h"

#include "tests/kill/forwarding.h"

#include <atomic>
#include <csignal>
#include <unistd.h>

namespace sealwright::kill {

namespace {

std::string& wanted() {
    static std::string point;
    return point;
}

using Kind = JobEvent::Kind;

class MortalOutbox : public ForwardingOutbox {
public:
    using ForwardingOutbox::ForwardingOutbox;
    Outcome<std::uint64_t> add(const JobEvent& event, const FeedbackAddress& address, const With& with) override {
        if (event.kind == Kind::Done)
            pass("done-unkept");
        auto number = ForwardingOutbox::add(event, address, with);
        if (event.kind == Kind::Claimed)
            pass("claim-kept");
        if (event.kind == Kind::Running && event.step == "upload")
            pass("upload-in-place");
        if (event.kind == Kind::Done)
            pass("done-kept");
        return number;
    }
    Outcome<void> taken(const std::string& eventId) override {
        auto done = ForwardingOutbox::taken(eventId);
        if (doneIsSent)
            pass("done-forgotten");
        return done;
    }
    std::atomic<bool> doneIsSent{false};
};

class MortalUploads : public ForwardingUploads {
public:
    using ForwardingUploads::ForwardingUploads;
    Outcome<void> remember(const UploadRecord& record) override {
        pass("upload-unremembered");
        m_size = record.size;
        auto done = ForwardingUploads::remember(record);
        pass("upload-remembered");
        return done;
    }
    Outcome<void> begun(const std::string& jobId, const std::string& id, std::uint64_t partSize) override {
        pass("begin-unnoted");
        m_parts = partSize > 0 ? (m_size + partSize - 1) / partSize : 0;
        auto done = ForwardingUploads::begun(jobId, id, partSize);
        pass("begin-noted");
        return done;
    }
    Outcome<void> sent(const std::string& jobId, const UploadedPart& part) override {
        pass("part-unnoted");
        auto done = ForwardingUploads::sent(jobId, part);
        pass("part-noted");
        if (++m_sent == m_parts)
            pass("parts-noted");
        return done;
    }

private:
    std::atomic<std::uint64_t> m_size{0}, m_parts{0}, m_sent{0};
};

class MortalLedger : public ForwardingLedger {
public:
    explicit MortalLedger(std::shared_ptr<Ledger> ledger)
        : ForwardingLedger(ledger), m_outbox(ledger->outbox()), m_uploads(ledger->uploads()) {}
    Outcome<void> rememberJob(const JobRecord& job) override {
        auto done = ForwardingLedger::rememberJob(job);
        pass("run-remembered");
        return done;
    }
    Outbox& outbox() override { return m_outbox; }
    Uploads& uploads() override { return m_uploads; }
    MortalOutbox& mortalOutbox() { return m_outbox; }

private:
    MortalOutbox m_outbox;
    MortalUploads m_uploads;
};

class MortalStream : public ObjectSink {
public:
    explicit MortalStream(std::unique_ptr<ObjectSink> next) : m_next(std::move(next)) {}
    Outcome<void> write(std::string_view bytes) override {
        auto done = m_next->write(bytes);
        m_written += bytes.size();
        if (m_written > half)
            pass("stream-half");
        return done;
    }
    Outcome<ObjectFacts> finish() override {
        pass("stream-written");
        auto stored = m_next->finish();
        pass("data-stored");
        return stored;
    }

private:
    static constexpr std::uint64_t half = 17u << 20; ///< two parts have been handed on, and more is there
    const std::unique_ptr<ObjectSink> m_next;
    std::uint64_t m_written = 0;
};

class MortalStore : public ForwardingStore {
public:
    using ForwardingStore::ForwardingStore;
    Outcome<ObjectFacts> put(const StoreAccess& access, const std::string& object,
                             std::shared_ptr<const ByteSource> source, const std::string& contentType,
                             const TransferProgress& progress, const Cancel& cancel) override {
        auto stored = ForwardingStore::put(access, object, std::move(source), contentType, progress, cancel);
        pass(object.ends_with(".jws") ? "signature-stored" : "manifest-stored");
        return stored;
    }
    Outcome<ObjectFacts> putOnward(const StoreAccess& access, const std::string& object,
                                   std::shared_ptr<const ByteSource> source, const std::string& contentType,
                                   UploadJournal& journal, const TransferProgress& progress,
                                   const Cancel& cancel) override {
        pass("data-begins");
        auto stored =
            ForwardingStore::putOnward(access, object, std::move(source), contentType, journal, progress, cancel);
        pass("data-stored");
        return stored;
    }
    std::unique_ptr<ObjectSink> putStream(const StoreAccess& access, const StreamedObject& object,
                                          const BegunUploadFn& begun, const Cancel& cancel) override {
        return std::make_unique<MortalStream>(ForwardingStore::putStream(access, object, begun, cancel));
    }
    Outcome<void> remove(const StoreAccess& access, const std::string& object, const Cancel& cancel) override {
        auto done = ForwardingStore::remove(access, object, cancel);
        pass("target-cleared");
        return done;
    }
};

class MortalFeedback : public Feedback {
public:
    MortalFeedback(std::shared_ptr<Feedback> feedback, std::shared_ptr<MortalLedger> ledger)
        : m_feedback(std::move(feedback)), m_ledger(std::move(ledger)) {}
    Outcome<void> send(const FeedbackAccess& access, const EventMessage& message, const Cancel& cancel) override {
        auto sent = m_feedback->send(access, message, cancel);
        if (message.body.find("\"kind\":\"claimed\"") != std::string::npos)
            pass("claim-sent");
        if (message.body.find("\"kind\":\"done\"") != std::string::npos) {
            m_ledger->mortalOutbox().doneIsSent = true;
            pass("done-sent");
        }
        return sent;
    }

private:
    const std::shared_ptr<Feedback> m_feedback;
    const std::shared_ptr<MortalLedger> m_ledger;
};

} // namespace

const std::vector<std::string>& points() {
    static const std::vector<std::string> all{
        "claim-kept",       "claim-sent",   "run-remembered", "half-read",           "sealing",
        "half-sealed",      "half-checked", "target-cleared", "upload-unremembered", "upload-remembered",
        "upload-in-place",  "data-begins",  "begin-unnoted",  "begin-noted",         "part-unnoted",
        "part-noted",       "half-sent",    "parts-noted",    "data-stored",         "manifest-stored",
        "signature-stored", "done-unkept",  "done-kept",      "done-sent",           "done-forgotten"};
    return all;
}

const std::vector<std::string>& straightPoints() {
    static const std::vector<std::string> all{
        "target-cleared", "upload-unremembered", "upload-remembered", "sealing",        "begin-unnoted",
        "begin-noted",    "half-sealed",         "stream-half",       "stream-written", "data-stored",
        "half-checked",   "manifest-stored",     "signature-stored",  "done-unkept",    "done-kept"};
    return all;
}

void endAt(const std::string& point) {
    wanted() = point;
}

void pass(const std::string& point) {
    if (point == wanted())
        ::kill(::getpid(), SIGKILL);
}

void follow(const TaskProgress& progress) {
    const bool half = progress.total > 0 && progress.done * 2 >= progress.total;
    switch (progress.step) {
    case Step::Read:
        if (half)
            pass("half-read");
        break;
    case Step::Seal:
        pass(half ? "half-sealed" : "sealing");
        break;
    case Step::Check:
        if (half)
            pass("half-checked");
        break;
    case Step::Upload:
        if (half)
            pass("half-sent");
        break;
    case Step::Report:
        break;
    }
}

Services mortal(const Services& services) {
    Services all = services;
    const auto ledger = std::make_shared<MortalLedger>(services.ledger);
    all.ledger = ledger;
    all.store = std::make_shared<MortalStore>(services.store);
    all.toPlatform = std::make_shared<MortalFeedback>(services.toPlatform, ledger);
    return all;
}

} // namespace sealwright::kill
