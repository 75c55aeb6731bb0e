#include "models/tasks/upload_leftovers.h"
#include "tests/stack/own_store.h"
#include "tests/stack/stack_machine.h"
#include "tests/support/faults/fault_report.h"

using namespace sealwright;
using namespace sealwright::test;

/// The store ends the sessions that jobs' credentials are, under way: at once, as their time would after a quarter of
/// an hour at the least.
class StackSessionsTest : public QObject {
    Q_OBJECT

    OwnStore m_store; ///< goes after the machine
    StackMachine m_machine;

    /// All sessions that STS ever gave to the platform's user; MinIO's own call, signed as its other ones.
    std::string endSessions() {
        StoreAccess administration = m_machine.store();
        administration.bucket = "minio";
        s3::Call call;
        call.verb = "POST";
        call.object = "admin/v3/revoke-tokens/builtin";
        call.query = {{"fullRevoke", "true"}, {"user", stackValue("STS_ACCESS_KEY").toStdString()}};
        return codeOf(s3::perform(m_machine.network(), administration, call, Cancel()));
    }

    bool nothingIsLeftToTidy() {
        TaskContext context;
        const auto leftovers = tidyUploads(*m_machine.services, context, std::chrono::minutes(5));
        return leftovers && leftovers->left == 0;
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STACK();
        QVERIFY(m_store.start());
        const auto said = m_machine.start();
        QVERIFY2(said.isEmpty(), said);
    }

    void aSessionThatHasEndedIsFollowedByAnother_data() {
        QTest::addColumn<int>("step");
        for (const Step step : {Step::Read, Step::Check, Step::Upload})
            QTest::newRow(std::string(toText(step)).c_str()) << static_cast<int>(step);
    }
    void aSessionThatHasEndedIsFollowedByAnother() {
        QFETCH(int, step);
        const bool whileSending = step == static_cast<int>(Step::Upload);
        QVERIFY(m_machine.writePeople(8 << 20));
        const auto jobId = m_machine.order(whileSending ? localSource() : storedSource());
        QVERIFY2(!jobId.empty(), m_machine.platform.log());
        std::string ended;
        const auto receipt = m_machine.run(
            jobId,
            [&](const TaskProgress& progress) {
                if (progress.step == static_cast<Step>(step) && (progress.done > 0 || !whileSending) && ended.empty())
                    ended = endSessions();
            },
            whileSending);
        QCOMPARE(ended, std::string("ok"));
        QVERIFY2(receipt.ok(), codeOf(receipt).c_str());
        QTRY_COMPARE_WITH_TIMEOUT(m_machine.there(jobId).state, std::string("done"), 120'000);
        QCOMPARE(m_machine.stored(jobId), std::size_t{3});
        QCOMPARE(m_machine.unfinished(jobId), std::size_t{0});
        QVERIFY(noteFault({"credentials-expired", "minio",
                           "ended the session at the step " + std::string(toText(static_cast<Step>(step))),
                           "the platform gave new credentials, and the run went on with those"}));
    }

    void whereThereIsNoOtherTheJobFailsAndIsTidiedLater() {
        QVERIFY(m_machine.writePeople(8 << 20));
        const auto jobId = m_machine.order(localSource());
        QVERIFY(m_machine.platform.fault("/v1/jobs/" + jobId + "/credentials", 403, 1000));
        // So slow that most of it is still to come when the session ends, however busy the machine is.
        m_machine.services->limitTransfers(256 << 10);
        std::string ended;
        const auto receipt = m_machine.run(jobId, [&](const TaskProgress& progress) {
            if (progress.step != Step::Upload || progress.done == 0 || !ended.empty())
                return;
            ended = endSessions();
            m_machine.services->limitTransfers(0);
        });
        QVERIFY2(ended == "ok", (ended + ' ' + codeOf(receipt)).c_str());
        const auto code = codeOf(receipt);
        QVERIFY2(code == "storage.denied", code.c_str());
        QTRY_COMPARE_WITH_TIMEOUT(m_machine.there(jobId).state, std::string("failed"), 120'000);
        QVERIFY(m_machine.nothingIsLeftHere());
        QCOMPARE(m_machine.stored(jobId), std::size_t{0});
        QCOMPARE(m_machine.unfinished(jobId), std::size_t{1}); // nobody here may remove it

        QVERIFY(m_machine.platform.endFaults());
        QVERIFY(m_machine.restart());
        QVERIFY(nothingIsLeftToTidy()); // as every next start does, with all the time that it needs
        QCOMPARE(m_machine.unfinished(jobId), std::size_t{0});
        const auto again = codeOf(m_machine.run(jobId, [](const TaskProgress&) {}));
        QVERIFY2(again == "ok", again.c_str());
        QVERIFY(noteFault({"credentials-revoked", "minio",
                           "ended the session while parts were sent, and the platform gave no other",
                           "the job failed on both sides; given new ones, what had been sent was removed, and the next "
                           "run ended well"},
                          receipt.error()));
    }
};

QTEST_GUILESS_MAIN(StackSessionsTest)
#include "tst_sessions.moc"
