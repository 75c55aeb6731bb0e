#include "app/s3/s3_call.h"
#include "tests/app/s3_given.h"
#include "tests/support/faults/fault_report.h"
#include "tests/support/platform/fault_proxy.h"

#include <QtTest>

using namespace sealwright;
using namespace sealwright::tests;
using test::FaultProxy;
using Fault = FaultProxy::Fault;

namespace {

/// The value of that header becomes what `change` makes of it.
std::function<void(std::string&, std::uint64_t)> inHead(std::string name,
                                                        std::function<std::string(std::string)> change) {
    return
        [name = "\r\n" + std::move(name) + ": ", change = std::move(change)](std::string& piece, std::uint64_t from) {
            const auto at = piece.find(name);
            if (from != 0 || at == std::string::npos)
                return;
            const auto begin = at + name.size(), end = piece.find("\r\n", begin);
            piece.replace(begin, end - begin, change(piece.substr(begin, end - begin)));
        };
}

} // namespace

/// What comes from a real store and is not what it sent: other answers, other bytes, other numbers.
class S3WireTest : public QObject {
    Q_OBJECT

    std::shared_ptr<net::NetworkThread> m_network = std::make_shared<net::NetworkThread>();
    S3Store m_store{m_network};
    StorageCredentials m_credentials;
    std::unique_ptr<FaultProxy> m_proxy;
    StoreAccess m_direct, m_access; ///< the latter through the proxy
    const std::string m_bytes = patterned(300'000);

    Outcome<ObjectFacts> put(const std::string& object, const std::string& bytes) {
        return m_store.put(m_access, object, memorySource(bytes, "memory"), "text/csv", quiet, Cancel());
    }
    std::string there(const std::string& object) {
        const auto facts = m_store.head(m_direct, object, Cancel());
        MemorySink sink;
        return facts && m_store.fetch(m_direct, object, *facts, sink, quiet, Cancel()) ? sink.bytes() : std::string();
    }
    /// Fetched through the proxy.
    Outcome<void> fetch(const std::string& object, MemorySink& sink, const Cancel& cancel = {}) {
        const auto facts = m_store.head(m_direct, object, Cancel());
        return facts ? m_store.fetch(m_access, object, *facts, sink, quiet, cancel)
                     : Outcome<void>(fail(facts.error()));
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("what it did not send");
        m_credentials = givenCredentials();
        m_direct = givenAccess("wire", m_credentials);
        QCOMPARE(makeBucket(*m_network, m_direct), std::string("ok"));
        m_access = m_direct;
        m_access.endpoint.clear();
    }

    void init() {
        m_proxy = std::make_unique<FaultProxy>(m_direct.endpoint);
        m_access.endpoint = m_proxy->url();
        QCOMPARE(codeOf(m_store.put(m_direct, "there", memorySource(m_bytes, "memory"), "text/csv", quiet, Cancel())),
                 std::string("ok"));
    }

    void aStatusIsToldOrWaitedOut_data() {
        QTest::addColumn<QString>("status");
        QTest::addColumn<QString>("always"); // the code where it never ends
        QTest::addColumn<bool>("passes");    // where it comes once
        const auto row = [](const char* status, const char* always, bool passes) {
            QTest::newRow(status) << QString::fromLatin1(status) << QString::fromLatin1(always) << passes;
        };
        row("403 Forbidden", "storage.denied", false);
        row("404 Not Found", "storage.not-found", false);
        row("409 Conflict", "storage.failed", false);
        row("412 Precondition Failed", "storage.changed-while-read", false);
        row("429 Too Many Requests", "storage.failed", true);
        row("500 Internal Server Error", "storage.failed", true);
        row("503 Slow Down", "storage.failed", true);
    }
    void aStatusIsToldOrWaitedOut() {
        QFETCH(QString, status);
        QFETCH(QString, always);
        QFETCH(bool, passes);
        const auto answer = "HTTP/1.1 " + status.toStdString() + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        const auto struck = [&](int times) {
            m_proxy->clear();
            m_proxy->add({{"PUT "}, Fault::OtherAnswer, times, 0, {}, answer});
        };
        struck(1);
        QCOMPARE(QString::fromStdString(codeOf(put("once", m_bytes))), passes ? QStringLiteral("ok") : always);
        QCOMPARE(m_proxy->struck(), 1);
        struck(1000);
        const auto stored = put("always", m_bytes);
        QCOMPARE(QString::fromStdString(codeOf(stored)), always);
        QVERIFY(m_proxy->struck() >= (passes ? 4 : 2));
        QVERIFY(test::noteFault({"status-" + status.left(3).toStdString(), "minio",
                                 "put it in the place of every answer to a PUT",
                                 passes ? "tried again with growing pauses, then said; where it came once, it was "
                                          "waited out"
                                        : "said at once"},
                                stored.error()));
    }

    void bytesAlteredOnTheirWayThereAreSentAgain() {
        m_proxy->add({{"PUT "}, Fault::AlterRequest, 1, 100'000});
        QCOMPARE(codeOf(put("altered", m_bytes)), std::string("ok"));
        QCOMPARE(m_proxy->struck(), 1);
        QVERIFY(there("altered") == m_bytes);
        m_proxy->add({{"PUT "}, Fault::AlterRequest, 1000, 100'000});
        const auto stored = put("always-altered", m_bytes);
        QVERIFY2(codeOf(stored) == "storage.checksum-differs", codeOf(stored).c_str());
        QVERIFY(there("always-altered").empty());
        QVERIFY(test::noteFault({"altered-body", "minio", "turned a bit of what was sent, each time",
                                 "the store saw it by its checksum; once altered it was sent again, and arrived whole"},
                                stored.error()));
    }

    void aLengthThatIsTooShortIsAskedBeyond() {
        m_proxy->add(
            {{"GET ", "/there"}, Fault::EditAnswer, 1, 0, {}, {}, inHead("Content-Length", [](const std::string&) {
                 return std::string("299000");
             })});
        MemorySink sink;
        QCOMPARE(codeOf(fetch("there", sink)), std::string("ok"));
        QCOMPARE(m_proxy->struck(), 1);
        QVERIFY(sink.bytes() == m_bytes);
        QVERIFY(test::noteFault({"lying-content-length", "minio", "made it 1000 bytes too short",
                                 "what was missing was asked for: the object came whole"}));
    }

    void aBodyThatIsCutIsGoneOnWith() {
        m_proxy->add({{"GET ", "/there"}, Fault::CutAnswer, 2, 100'000});
        MemorySink sink;
        QCOMPARE(codeOf(fetch("there", sink)), std::string("ok"));
        QCOMPARE(m_proxy->struck(), 2);
        QVERIFY(sink.bytes() == m_bytes);
        QVERIFY(test::noteFault({"truncated-body", "minio", "cut the answer after 100,000 bytes, twice",
                                 "what was missing was asked for: the object came whole"}));
    }

    void anETagOfSomethingElseIsNotBelieved() {
        m_proxy->add({{"PUT "}, Fault::EditAnswer, 1000, 0, {}, {}, inHead("ETag", [](std::string tag) {
                          tag[3] = tag[3] == '0' ? '1' : '0';
                          return tag;
                      })});
        const auto stored = put("other-tag", m_bytes);
        QVERIFY(m_proxy->struck() >= 1);
        QVERIFY2(codeOf(stored) == "storage.checksum-differs", codeOf(stored).c_str());
        QVERIFY(test::noteFault({"wrong-etag", "minio", "altered the ETag in the answer to a PUT",
                                 "what the store says of the object was compared with it, and differed"},
                                stored.error()));
    }

    void aSlowAnswerIsWaitedFor() {
        m_proxy->add({{"PUT "}, Fault::DelayAnswer, 1, 0, std::chrono::milliseconds(1500)});
        QCOMPARE(codeOf(put("slow", m_bytes)), std::string("ok"));
        QCOMPARE(m_proxy->struck(), 1);
        QVERIFY(there("slow") == m_bytes);
        QVERIFY(
            test::noteFault({"slow-answer", "minio", "held an answer for a second and a half", "it was waited for"}));
    }

    void aHangingAnswerCanBeLeft() {
        m_proxy->add({{"PUT "}, Fault::Hold, 1, 1000});
        Cancel cancel;
        std::thread owner([&] {
            while (m_proxy->holding() == 0)
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            cancel.cancel();
        });
        const auto stored =
            m_store.put(m_access, "hanging", memorySource(m_bytes, "memory"), "text/csv", quiet, cancel);
        owner.join();
        QCOMPARE(codeOf(stored), std::string("cancelled"));
        m_proxy->release();
        QVERIFY(there("hanging").empty());
        QVERIFY(test::noteFault({"hanging-answer", "minio", "let nothing more pass in the middle of a PUT",
                                 "the owner's cancel ended it at once; there is no object"},
                                stored.error()));
    }

    void aConnectionThatIsCutIsMadeAnew() {
        m_proxy->add({{"PUT "}, Fault::CutRequest, 2, 200'000});
        QCOMPARE(codeOf(put("cut", m_bytes)), std::string("ok"));
        QCOMPARE(m_proxy->struck(), 2);
        QVERIFY(there("cut") == m_bytes);
        m_proxy->add({{"PUT "}, Fault::CutRequest, 1000, 200'000});
        const auto stored = put("always-cut", m_bytes);
        QCOMPARE(codeOf(stored), std::string("network.unreachable"));
        QVERIFY(there("always-cut").empty());
        QVERIFY(test::noteFault({"connection-cut", "minio", "cut it after 200,000 bytes of a PUT, each time",
                                 "tried again, then said; where it was cut twice, the object arrived whole"},
                                stored.error()));
    }
};

QTEST_GUILESS_MAIN(S3WireTest)
#include "tst_s3_wire.moc"
