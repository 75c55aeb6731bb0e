#include "app/profile/sqlite_ledger.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace sealwright;

namespace {

const std::string jobId = "0b9a5a0e-5f0f-4a53-9d3f-3f7c1c1f7a01", another = "0b9a5a0e-5f0f-4a53-9d3f-3f7c1c1f7a02";

UploadRecord record(const std::string& job) {
    UploadRecord made;
    made.jobId = job;
    made.file = "/somewhere/\xff.sealed-data"; // a path need not be UTF-8
    made.size = std::uint64_t{5} << 40;
    made.sha256 = std::string(64, 'a');
    made.manifest = "{\"name\":\"\u00e4\"}\n";
    made.signature = "e30..c2ln";
    made.signerKid = "kid-1";
    made.values = 12;
    made.compared = 11;
    made.begun = 1'700'000'000;
    made.bucket = "out";
    made.object = "loader/a/" + job + ".csv";
    return made;
}

bool same(const UploadRecord& a, const UploadRecord& b) {
    return a.jobId == b.jobId && a.givenUp == b.givenUp && a.file == b.file && a.size == b.size &&
           a.sha256 == b.sha256 && a.manifest == b.manifest && a.signature == b.signature &&
           a.signerKid == b.signerKid && a.values == b.values && a.compared == b.compared && a.begun == b.begun &&
           a.bucket == b.bucket && a.object == b.object && a.state == b.state;
}

JobEvent eventOf(JobEvent::Kind kind, const char* id) {
    JobEvent event;
    event.kind = kind;
    event.eventId = id;
    event.jobId = jobId;
    event.machineId = "m-1";
    event.at = 1;
    event.manifest = "{}";
    event.signature = "a..b";
    return event;
}

} // namespace

/// The ledger's shelf of uploads under way, in a real profile file.
class UploadsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<Ledger> m_ledger;

    void reopen() {
        m_ledger.reset();
        auto ledger = SqliteLedger::open(m_folder->filePath(QStringLiteral("profile.sqlite")).toStdString());
        QVERIFY(ledger.ok());
        m_ledger = std::move(*ledger);
    }
    std::optional<UploadRecord> found(const std::string& job = jobId) {
        const auto record = m_ledger->uploads().find(job);
        return record ? *record : std::nullopt;
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        reopen();
    }
    void cleanup() { m_ledger.reset(); }

    void keepsOneUploadAJob() {
        QVERIFY(!found());
        UploadRecord first = record(jobId);
        first.state = {
            "upload-1", 16 << 20, {{1, "\"e1\"", std::string(64, 'b')}, {3, "\"e3\"", std::string(64, 'c')}}};
        QVERIFY(m_ledger->uploads().remember(first).ok());
        QVERIFY(m_ledger->uploads().remember(record(another)).ok());
        reopen();
        QVERIFY(found() && same(*found(), first));
        QCOMPARE(m_ledger->uploads().all()->size(), std::size_t{2});
        UploadRecord second = record(jobId);
        second.sha256 = std::string(64, 'd');
        QVERIFY(m_ledger->uploads().remember(second).ok());
        QVERIFY(same(*found(), second)); // the parts of the first are gone
        QVERIFY(m_ledger->uploads().remove(jobId).ok());
        QVERIFY(m_ledger->uploads().remove(jobId).ok());
        QVERIFY(!found() && found(another));
    }

    void followsHowFarItHasCome() {
        QVERIFY(m_ledger->uploads().remember(record(jobId)).ok());
        QVERIFY(m_ledger->uploads().begun(jobId, "upload-1", 100).ok());
        const UploadedPart second{2, "\"e2\"", std::string(64, 'b')}, first{1, "\"e1\"", std::string(64, 'c')};
        QVERIFY(m_ledger->uploads().sent(jobId, second).ok());
        QVERIFY(m_ledger->uploads().sent(jobId, first).ok());
        QVERIFY(m_ledger->uploads().sent(jobId, second).ok());
        reopen();
        QVERIFY((found()->state == UploadState{"upload-1", 100, {first, second}}));
        QVERIFY(m_ledger->uploads().begun(jobId, "upload-2", 200).ok());
        QVERIFY((found()->state == UploadState{"upload-2", 200, {}}));
        QVERIFY(m_ledger->uploads().sent(another, first).ok()); // there is no such upload
        QVERIFY(!found(another));
        QVERIFY(m_ledger->uploads().remember(record(another)).ok());
        QVERIFY(found(another)->state.parts.empty());
    }

    void endsTogetherWithTheEventThatSaysSo() {
        using Upload = Outbox::With::Upload;
        QVERIFY(m_ledger->uploads().remember(record(jobId)).ok());
        QVERIFY(m_ledger->uploads().remember(record(another)).ok());
        const auto add = [&](JobEvent::Kind kind, const char* id, Upload upload) {
            return m_ledger->outbox().add(eventOf(kind, id), {}, {nullptr, nullptr, upload}).ok();
        };
        QVERIFY(add(JobEvent::Kind::Running, "a", Upload::Stays));
        QVERIFY(found() && !found()->givenUp);
        QVERIFY(add(JobEvent::Kind::Failed, "b", Upload::IsGivenUp));
        QVERIFY(found()->givenUp && !found(another)->givenUp);
        QVERIFY(!add(JobEvent::Kind::Done, "b", Upload::Ends)); // that id is taken: nothing of it happens
        QVERIFY(found());
        QVERIFY(add(JobEvent::Kind::Done, "c", Upload::Ends));
        QVERIFY(!found() && found(another));
        QVERIFY(m_ledger->uploads().giveUp(another).ok() && found(another)->givenUp);
    }

    /// What a refused `done` spoke of lies in the store still, and somebody has to remove it.
    void aDoneThatIsDroppedLeavesAnUploadToBeRemoved() {
        Receipt receipt;
        receipt.jobId = jobId;
        receipt.bucket = "out";
        receipt.object = "loader/a/x.csv";
        receipt.size = 5;
        JobRecord job;
        job.jobId = jobId;
        job.state = JobState::Done;
        QVERIFY(m_ledger->uploads().remember(record(jobId)).ok());
        QVERIFY(m_ledger->outbox()
                    .add(eventOf(JobEvent::Kind::Done, "d"), {}, {&job, &receipt, Outbox::With::Upload::Ends})
                    .ok());
        QVERIFY(!found());
        QVERIFY(m_ledger->outbox().drop("d", Code::PlatformConflict).ok());
        QVERIFY(found() && found()->givenUp && found()->file.empty());
        QCOMPARE(found()->bucket, receipt.bucket);
        QCOMPARE(found()->object, receipt.object);
    }
};

QTEST_GUILESS_MAIN(UploadsTest)
#include "tst_uploads.moc"
