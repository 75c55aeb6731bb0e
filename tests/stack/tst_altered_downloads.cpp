#include "crypto/stream/digest.h"
#include "tests/stack/stack_machine.h"
#include "tests/support/faults/fault_report.h"
#include "tests/support/platform/fault_proxy.h"

using namespace sealwright;
using namespace sealwright::test;
using Fault = FaultProxy::Fault;

namespace {

constexpr const char* canary = "Magdalena-Canary";
constexpr const char* object = "sources/altered.csv";

/// A table of about that size.
std::string table(std::size_t size) {
    std::string text = "name,ward\n";
    while (text.size() < size)
        text += canary + std::string(200, 'a') + std::to_string(text.size()) + ",3\n";
    return text;
}

std::string altered(std::string text) {
    text[text.size() / 2] ^= 1;
    return text;
}

QString latin(const char* plain) {
    return QString::fromLatin1(plain);
}

} // namespace

/// What a machine fetches from the real store is not what it was told of: replaced there, or altered on its way.
class StackAlteredDownloadsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<FaultProxy> m_proxy; ///< the address by which platform and machine know the store
    StackMachine m_machine;

    /// From here on the stack's object store is known by the proxy's address.
    bool goThroughProxy() {
        const QByteArray endpoint = stackValue("S3_ENDPOINT").toUtf8();
        m_proxy = std::make_unique<FaultProxy>(endpoint.toStdString());
        const QByteArray env = tests::contentsOf(stackValue("STACK"));
        const QByteArray before = "SEALWRIGHT_S3_ENDPOINT=" + endpoint + '\n';
        const QString file = m_folder.filePath(QStringLiteral("env"));
        qputenv("SEALWRIGHT_STACK", file.toUtf8());
        return env.count(before) == 1 &&
               tests::writeFile(
                   file, QByteArray(env).replace(
                             before, "SEALWRIGHT_S3_ENDPOINT=" + QByteArray::fromStdString(m_proxy->url()) + '\n'));
    }
    std::string store(const std::string& name, const std::string& bytes) {
        return codeOf(m_machine.services->store->put(
            m_machine.store(), name, memorySource(bytes, name), "text/csv", [](std::uint64_t, std::uint64_t) {},
            Cancel()));
    }
    /// Turns a bit of the first byte of each answer's body to a GET of that object.
    void alterOnTheWay(const std::string& name) {
        m_proxy->add({{"GET ", name}, Fault::EditAnswer, 1000, 0, {}, {}, [](std::string& piece, std::uint64_t from) {
                          const auto head = from == 0 ? piece.find("\r\n\r\n") : std::string::npos;
                          if (head != std::string::npos && head + 4 < piece.size())
                              piece[head + 4] ^= 1;
                          else if (from > 0)
                              piece[0] ^= 1;
                      }});
    }
    Outcome<Receipt> run(
        const std::string& jobId, bool straight,
        const std::function<void(const TaskProgress&)>& told = [](const TaskProgress&) {}) {
        TaskContext context;
        context.progress = told;
        RunRequest request;
        request.jobId = jobId;
        request.straightThrough = straight;
        return runJob(*m_machine.services, request, context);
    }
    std::string order(crypto::JsonObject source) {
        return m_machine.order(std::move(source),
                               crypto::JsonObject{{"feedback", crypto::JsonObject{{"kind", "rest"}}}});
    }
    void nothingCameOfIt(const std::string& jobId, const std::string& code) {
        QCOMPARE(m_machine.there(jobId).state, std::string("failed"));
        const auto record = m_machine.services->ledger->job(jobId);
        QVERIFY(record && *record && (*record)->state == JobState::Failed);
        QCOMPARE((*record)->failureCode, code);
        QVERIFY(m_machine.nothingIsLeftHere());
        QCOMPARE(m_machine.cli.leaks(canary, {}), QStringList());
        QCOMPARE(m_machine.stored(jobId), std::size_t{0});
        QCOMPARE(m_machine.unfinished(jobId), std::size_t{0});
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STACK();
        QVERIFY(goThroughProxy());
        const auto said = m_machine.start();
        QVERIFY2(said.isEmpty(), said);
    }
    void cleanup() {
        if (m_proxy)
            m_proxy->clear();
    }

    void aSourceOfOtherBytesIsNotSealed_data() {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<bool>("straight");
        for (const bool straight : {false, true}) {
            const QByteArray how = straight ? ", in one go" : "";
            QTest::newRow("replaced, of the same length" + how) << latin("same length") << straight;
            QTest::newRow("replaced, of another length" + how) << latin("other length") << straight;
            QTest::newRow("altered on the way" + how) << latin("on the way") << straight;
        }
    }
    void aSourceOfOtherBytesIsNotSealed() {
        QFETCH(QString, fault);
        QFETCH(bool, straight);
        const bool onTheWay = fault == latin("on the way");
        const std::string bytes = table(1u << 20);
        const auto jobId = order({{"kind", "object"},
                                  {"bucket", "cohort"},
                                  {"object", object},
                                  {"media_type", "text/csv"},
                                  {"size", static_cast<std::int64_t>(bytes.size())},
                                  {"sha256", crypto::hexLower(crypto::sha256(asBytes(bytes)))}});
        QVERIFY2(!jobId.empty(), m_machine.platform.log());
        QCOMPARE(store(object, onTheWay                        ? bytes
                               : fault == latin("same length") ? altered(bytes)
                                                               : bytes + "More,3\n"),
                 std::string("ok"));
        if (onTheWay)
            alterOnTheWay(object);
        const int before = m_proxy->struck();
        const auto receipt = run(jobId, straight);
        QCOMPARE(codeOf(receipt), std::string("job.source-mismatch"));
        QVERIFY(!onTheWay || m_proxy->struck() > before);
        nothingCameOfIt(jobId, "job.source-mismatch");

        m_proxy->clear();
        QCOMPARE(store(object, bytes), std::string("ok"));
        QCOMPARE(codeOf(run(jobId, straight)), std::string("ok"));
        QCOMPARE(m_machine.there(jobId).state, std::string("done"));
        QVERIFY(
            noteFault({onTheWay ? "download-altered" : "download-replaced-before", "minio",
                       onTheWay ? "turned a bit of a job's source on its way to the machine"
                                : "replaced a job's source by other bytes of " +
                                      std::string(fault == latin("same length") ? "the same" : "another") +
                                      " length, before it was fetched",
                       "the job failed on both sides, and nothing of it was left; of the right bytes it ended well"},
                      receipt.error()));
    }

    void aSourceReplacedWhileItIsReadIsNotMixed_data() {
        QTest::addColumn<bool>("straight");
        QTest::newRow("between two ranges") << false;
        QTest::newRow("between two readings, in one go") << true;
    }
    void aSourceReplacedWhileItIsReadIsNotMixed() {
        QFETCH(bool, straight);
        const std::string bytes = table(60u << 20); // more than is asked for ahead, or held
        QCOMPARE(store(object, bytes), std::string("ok"));
        const auto jobId =
            order({{"kind", "object"}, {"bucket", "cohort"}, {"object", object}, {"media_type", "text/csv"}});
        QVERIFY2(!jobId.empty(), m_machine.platform.log());
        std::string replaced;
        const auto receipt = run(jobId, straight, [&](const TaskProgress& progress) {
            const bool now = straight ? progress.step == Step::Seal : progress.step == Step::Read && progress.done > 0;
            if (now && replaced.empty())
                replaced = store(object, altered(bytes));
        });
        QCOMPARE(replaced, std::string("ok"));
        QVERIFY2(codeOf(receipt) == "storage.changed-while-read", codeOf(receipt).c_str());
        nothingCameOfIt(jobId, "storage.changed-while-read");
        QVERIFY(noteFault({"download-replaced-between", "minio",
                           straight ? "replaced a job's source after it had been looked at, while it was being sealed"
                                    : "replaced a job's source between two ranges of one fetch",
                           "seen by its ETag: the job failed on both sides, and nothing of it was left"},
                          receipt.error()));
    }

    void aReturnedDatasetOfOtherBytesIsNotKept_data() {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("code");
        QTest::newRow("a bit turned") << latin("bit") << latin("auth.altered");
        QTest::newRow("cut") << latin("cut") << latin("auth.altered");
        QTest::newRow("longer") << latin("longer") << latin("auth.altered");
        QTest::newRow("on the way") << latin("on the way") << latin("auth.altered");
    }
    void aReturnedDatasetOfOtherBytesIsNotKept() {
        QFETCH(QString, fault);
        QFETCH(QString, code);
        const std::string bytes = table(200'000);
        QCOMPARE(store(object, bytes), std::string("ok"));
        const auto jobId =
            order({{"kind", "object"}, {"bucket", "cohort"}, {"object", object}, {"media_type", "text/csv"}});
        QCOMPARE(codeOf(run(jobId, false)), std::string("ok"));
        const std::string data = "loader/tests/" + jobId + ".csv";
        const auto facts = m_machine.services->store->head(m_machine.store(), data, Cancel());
        QVERIFY(facts.ok());
        MemorySink kept;
        QVERIFY(m_machine.services->store
                    ->fetch(
                        m_machine.store(), data, *facts, kept, [](std::uint64_t, std::uint64_t) {}, Cancel())
                    .ok());
        const std::string sealed = kept.bytes();
        const bool onTheWay = fault == latin("on the way");
        if (onTheWay)
            alterOnTheWay(jobId + ".csv");
        else
            QCOMPARE(store(data, fault == latin("bit")   ? altered(sealed)
                                 : fault == latin("cut") ? sealed.substr(0, sealed.size() / 2)
                                                         : sealed + sealed.substr(sealed.size() / 2)),
                     std::string("ok"));

        const auto listed = m_machine.cli.run({latin("results"), latin("list")}).json()[latin("results")].toArray();
        QVERIFY(!listed.isEmpty()); // the latest first
        const auto id = listed.first().toObject()[latin("id")].toString();
        for (const QStringList& how : {QStringList(), QStringList{latin("--sealed")}}) {
            const QStringList get = QStringList{latin("results"), latin("get"), id, latin("--out"), fault} + how;
            const auto said = m_machine.cli.run(get);
            QCOMPARE(said.code(), code);
            QCOMPARE(said.status, 5);
            QCOMPARE(QDir(m_machine.cli.work(fault)).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
                     QStringList());
            QCOMPARE(m_machine.cli.leaks(canary, {}), QStringList());
            if (!how.isEmpty())
                continue;
            QVERIFY(noteFault({"result-altered", "minio",
                               onTheWay                ? "turned a bit of a returned dataset on its way to the machine"
                               : fault == latin("bit") ? "turned a bit of a returned dataset in the store"
                               : fault == latin("cut") ? "cut a returned dataset in the store"
                                                       : "added bytes to a returned dataset in the store",
                               "nothing of it was kept, sealed or open"},
                              said.json()));
        }
        m_proxy->clear();
        QCOMPARE(store(data, sealed), std::string("ok"));
        const auto said = m_machine.cli.run({latin("results"), latin("get"), id, latin("--out"), fault});
        QVERIFY2(said.status == 0, said.out + said.err);
        const QString file = m_machine.cli.work(said.json()[latin("file")].toString());
        QVERIFY(tests::contentsOf(file) == QByteArray::fromStdString(bytes));
        QVERIFY(QFile::remove(file)); // the next one looks for what it must not leave
    }
};

QTEST_GUILESS_MAIN(StackAlteredDownloadsTest)
#include "tst_altered_downloads.moc"
