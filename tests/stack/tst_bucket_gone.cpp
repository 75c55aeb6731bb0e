#include "tests/stack/own_store.h"
#include "tests/stack/stack_machine.h"
#include "tests/support/faults/fault_report.h"

using namespace sealwright;
using namespace sealwright::test;

/// The bucket that a job writes to is removed, with all that is in it: the job fails, says so on both sides, and can be
/// run once more when there is a bucket again.
class StackBucketGoneTest : public QObject {
    Q_OBJECT

    OwnStore m_store; ///< goes after the machine
    StackMachine m_machine;

    std::string ofBucket(const char* verb) {
        s3::Call call;
        call.verb = verb;
        if (call.verb == "DELETE")
            call.headers = {{"x-minio-force-delete", "true"}};
        return codeOf(s3::perform(m_machine.network(), m_machine.store(), call, Cancel()));
    }
    void runsAgain(const std::string& jobId) {
        QCOMPARE(ofBucket("PUT"), std::string("ok"));
        QVERIFY(m_machine.restart());
        const auto again = codeOf(m_machine.run(jobId, [](const TaskProgress&) {}));
        QVERIFY2(again == "ok", again.c_str());
        QCOMPARE(m_machine.there(jobId).state, std::string("done"));
        QCOMPARE(m_machine.stored(jobId), std::size_t{3});
        QCOMPARE(m_machine.unfinished(jobId), std::size_t{0});
        QVERIFY(m_machine.nothingIsLeftHere());
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STACK();
        QVERIFY(m_store.start());
        const auto said = m_machine.start();
        QVERIFY2(said.isEmpty(), said);
    }

    void aBucketThatGoesIsSaidAndNothingIsLost_data() {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("code");
        QTest::newRow("before the run") << QStringLiteral("bucket-gone-before") << QStringLiteral("storage.not-found");
        QTest::newRow("while parts are sent")
            << QStringLiteral("bucket-gone-at-upload") << QStringLiteral("storage.not-found");
        // The platform looks for what it is told of.
        QTest::newRow("before it is reported")
            << QStringLiteral("bucket-gone-at-report") << QStringLiteral("platform.rejected");
    }
    void aBucketThatGoesIsSaidAndNothingIsLost() {
        QFETCH(QString, fault);
        QFETCH(QString, code);
        const bool atUpload = fault.endsWith(QLatin1String("upload")),
                   atReport = fault.endsWith(QLatin1String("report"));
        QVERIFY(m_machine.writePeople(atUpload ? 8 << 20 : 40'000));
        const auto jobId =
            m_machine.order(localSource(), crypto::JsonObject{{"feedback", crypto::JsonObject{{"kind", "rest"}}}});
        QVERIFY2(!jobId.empty(), m_machine.platform.log());
        std::string gone;
        const auto remove = [&](bool now) {
            if (now && gone.empty())
                gone = ofBucket("DELETE");
        };
        remove(!atUpload && !atReport);
        const auto receipt = m_machine.run(jobId, [&](const TaskProgress& progress) {
            remove(atUpload && progress.step == Step::Upload && progress.done > 0);
            remove(atReport && progress.step == Step::Report);
        });
        QCOMPARE(gone, std::string("ok"));
        QCOMPARE(QString::fromStdString(codeOf(receipt)), code);
        QCOMPARE(m_machine.there(jobId).state, std::string("failed"));
        QVERIFY(m_machine.nothingIsLeftHere());
        QVERIFY(m_machine.services->ledger->receipts()->empty() ||
                m_machine.services->ledger->receipts()->front().jobId != jobId);
        runsAgain(jobId);
        QVERIFY(noteFault({fault.toStdString(), "minio", "removed the bucket and all in it",
                           "the job failed on both sides, nothing was left here; with a bucket again it ended well"},
                          receipt.error()));
    }
};

QTEST_GUILESS_MAIN(StackBucketGoneTest)
#include "tst_bucket_gone.moc"
