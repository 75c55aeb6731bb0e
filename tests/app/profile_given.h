#pragma once
#include "app/profile/sqlite_ledger.h"

#include <QTemporaryDir>
#include <QUuid>
#include <QtTest>

// What tests of the profile have in common.
namespace sealwright::tests {

inline const std::string jobId = "7c0e8dbe-6a0e-4cf2-a5a2-1f3d24dc1c11";

inline std::shared_ptr<Ledger> opened(const QString& path) {
    auto ledger = SqliteLedger::open(path.toStdString());
    return ledger ? *ledger : nullptr;
}

inline Receipt receipt(const std::string& name, Instant finished) {
    Receipt r;
    r.jobId = jobId;
    r.jobName = name;
    r.platformName = "platform.example";
    r.finished = finished;
    r.bucket = "cohort";
    r.object = "loader/a/b.csv";
    r.size = 5'000'000'000;
    r.records = 1'000'000;
    r.values = 4'000'000;
    r.compared = 3'999'999;
    r.sha256 = "aa";
    r.digest = "bb";
    r.canOpen = {"kid-1", "kid-2"};
    r.readable = {"sex", R"(name\.with "all" of [] it)"};
    r.signerKid = "kid-3";
    r.fields = 12;
    return r;
}

/// An event of that kind and id, into the outbox; its number, or 0.
inline std::uint64_t tell(Ledger& ledger, const std::string& eventId, JobEvent::Kind kind = JobEvent::Kind::Running,
                          const std::string& job = jobId, const Outbox::With& with = {}) {
    JobEvent event;
    event.kind = kind;
    event.eventId = eventId;
    event.jobId = job;
    event.machineId = "m-1";
    event.step = "seal";
    const auto number = ledger.outbox().add(event, {true, "amqps://mq.example", "ex", "key"}, with);
    return number ? *number : 0;
}

inline std::string freshId() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

/// A profile in a folder of its own.
class GivenProfile {
protected:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
    std::shared_ptr<Ledger> m_ledger;

    void begin() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_path = m_folder->filePath(QStringLiteral("profile.sqlite"));
        reopen();
    }
    /// As the next process finds it.
    void reopen() {
        m_ledger.reset();
        m_ledger = opened(m_path);
        QVERIFY(m_ledger);
    }
};

} // namespace sealwright::tests
