#include "app/s3/remote_object.h"
#include "app/s3/stream_upload.h"
#include "tests/app/s3_given.h"
#include "tests/support/platform/fault_proxy.h"

#include <QtTest>

#include <set>

using namespace sealwright;
using namespace sealwright::tests;
using test::FaultProxy;
using Fault = FaultProxy::Fault;

/// Objects that are put while they are made, and read without a copy, at a real store behind a network with faults.
class S3StreamsTest : public QObject {
    Q_OBJECT

    std::shared_ptr<net::NetworkThread> m_network = std::make_shared<net::NetworkThread>();
    S3Store m_store{m_network};
    StorageCredentials m_credentials;
    std::unique_ptr<FaultProxy> m_proxy;
    StoreAccess m_direct, m_access; ///< the latter through the proxy
    const std::string m_bytes = patterned(40 * mebibyte + 5);
    std::vector<std::string> m_begun; ///< ids of uploads

    std::unique_ptr<ObjectSink> stream(const std::string& object, const Cancel& cancel = {}) {
        return m_store.putStream(
            m_access, {object, "text/csv"},
            [this](const std::string& id) {
                m_begun.push_back(id);
                return Outcome<void>();
            },
            cancel);
    }
    static Outcome<void> writeAll(ObjectSink& sink, std::string_view bytes, std::size_t piece = 999'983) {
        for (std::size_t at = 0; at < bytes.size(); at += piece)
            if (auto written = sink.write(bytes.substr(at, piece)); !written)
                return written;
        return {};
    }
    std::size_t unfinished(const std::string& object) {
        const auto ids = s3::listUploads({*m_network, m_direct, object}, Cancel());
        return ids ? ids->size() : 999;
    }
    bool isThere(const std::string& object, std::string_view bytes) {
        const auto facts = m_store.head(m_direct, object, Cancel());
        MemorySink sink;
        return facts && m_store.fetch(m_direct, object, *facts, sink, quiet, Cancel()) && sink.bytes() == bytes;
    }
    std::shared_ptr<const ByteSource> opened(const std::string& object, const Cancel& cancel = {}) {
        const auto facts = m_store.put(m_direct, object, memorySource(m_bytes, "memory"), "text/csv", quiet, Cancel());
        return facts ? m_store.open(m_access, object, *facts, cancel) : nullptr;
    }
    static Outcome<std::string> read(const ByteSource& source, std::uint64_t offset, std::size_t length) {
        std::string bytes(length, '\0');
        const auto got = source.readAt(offset, {reinterpret_cast<Byte*>(bytes.data()), bytes.size()});
        if (!got)
            return got.failed();
        bytes.resize(*got);
        return bytes;
    }
    long requests(const char* verb) const {
        const auto lines = m_proxy->requests();
        return std::count_if(lines.begin(), lines.end(),
                             [verb](const std::string& line) { return line.rfind(verb, 0) == 0; });
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("streams to and from it");
        m_credentials = givenCredentials();
        m_direct = givenAccess("streams", m_credentials);
        QCOMPARE(makeBucket(*m_network, m_direct), std::string("ok"));
    }

    void init() {
        m_proxy = std::make_unique<FaultProxy>(m_direct.endpoint);
        m_access = m_direct;
        m_access.endpoint = m_proxy->url();
        m_begun.clear();
    }

    void whatIsWrittenIsThere_data() {
        QTest::addColumn<quint64>("size");
        QTest::addColumn<int>("parts"); // 0: one request
        QTest::newRow("nothing") << quint64{0} << 0;
        QTest::newRow("one byte") << quint64{1} << 0;
        QTest::newRow("a part less one byte") << quint64{8 * mebibyte - 1} << 0;
        QTest::newRow("a part") << quint64{8 * mebibyte} << 1;
        QTest::newRow("a part and one byte") << quint64{8 * mebibyte + 1} << 2;
        QTest::newRow("some parts") << quint64{40 * mebibyte + 5} << 6;
    }

    void whatIsWrittenIsThere() {
        QFETCH(quint64, size);
        QFETCH(int, parts);
        const std::string object = "written-" + std::to_string(size);
        const std::string_view bytes = std::string_view(m_bytes).substr(0, size);
        const auto sink = stream(object);
        QCOMPARE(codeOf(writeAll(*sink, bytes)), std::string("ok"));
        const auto stored = sink->finish();
        QCOMPARE(codeOf(stored), std::string("ok"));
        QCOMPARE(quint64{stored->size}, size);
        QVERIFY(isThere(object, bytes));
        QCOMPARE(m_begun.size(), std::size_t(parts > 0 ? 1 : 0));
        QCOMPARE(requests("PUT "), long{std::max(parts, 1)});
        QCOMPARE(unfinished(object), std::size_t{0});
    }

    void aPartThatIsCutIsSentAgain() {
        m_proxy->add({{"PUT ", "partNumber=2"}, Fault::CutRequest, 2, mebibyte});
        const auto sink = stream("cut");
        QCOMPARE(codeOf(writeAll(*sink, m_bytes)), std::string("ok"));
        QCOMPARE(codeOf(sink->finish()), std::string("ok"));
        QCOMPARE(m_proxy->struck(), 2);
        QVERIFY(isThere("cut", m_bytes));
    }

    void aCompletionWhoseAnswerIsLostIsNoFailure() {
        m_proxy->add({{"POST ", "uploadId="}, Fault::DropAnswer, 1});
        const auto sink = stream("completed");
        QCOMPARE(codeOf(writeAll(*sink, m_bytes)), std::string("ok"));
        QCOMPARE(codeOf(sink->finish()), std::string("ok"));
        QCOMPARE(m_proxy->struck(), 1);
        QVERIFY(isThere("completed", m_bytes));
    }

    void whatCannotBeNotedIsNotSent() {
        const auto sink = m_store.putStream(
            m_access, {"unnoted", "text/csv"},
            [](const std::string&) { return Outcome<void>(fail(Code::ProfileFailed)); }, Cancel());
        QCOMPARE(codeOf(writeAll(*sink, m_bytes)), std::string("profile.failed"));
        QCOMPARE(requests("PUT "), 0l);
        QVERIFY(!m_store.head(m_direct, "unnoted", Cancel()).ok());
    }

    void whoWritesIsHeldUpWhereTheLinkIs() {
        m_proxy->add({{"PUT ", "partNumber="}, Fault::Hold, 1000, mebibyte});
        const Cancel owner;
        const auto sink = stream("held", owner);
        std::atomic<std::uint64_t> written{0};
        std::string outcome;
        std::thread writer([&] {
            Outcome<void> done;
            const std::string piece(mebibyte, 'x');
            while (done && written < 1000) {
                done = sink->write(piece);
                ++written;
            }
            outcome = codeOf(done);
        });
        // Six parts are under way, one is full and waits: no more is taken, however long that is.
        const bool held = QTest::qWaitFor([&] { return m_proxy->holding() == 6; }, 60'000);
        const bool full = QTest::qWaitFor([&] { return written >= 55; }, 60'000);
        QTest::qWait(200);
        const std::uint64_t taken = written;
        Cancel(owner).cancel(); // ends at once, with everything held
        writer.join();
        m_proxy->release();
        QVERIFY(held && full);
        QCOMPARE(taken, std::uint64_t{55}); // the 56th fills the seventh part, and waits
        QCOMPARE(outcome, std::string("cancelled"));
    }

    void whatWasDroppedStaysUntilItIsAbandoned() {
        {
            const auto sink = stream("dropped");
            QCOMPARE(codeOf(writeAll(*sink, m_bytes)), std::string("ok"));
        }
        QCOMPARE(m_begun.size(), std::size_t{1});
        QVERIFY(!m_store.head(m_direct, "dropped", Cancel()).ok());
        QCOMPARE(codeOf(m_store.abandon(m_direct, "dropped", m_begun.front(), Cancel())), std::string("ok"));
        QCOMPARE(unfinished("dropped"), std::size_t{0});
    }

    void aStoreThatDeniesEndsTheWriting() {
        StorageCredentials wrong;
        wrong.accessKey = m_credentials.accessKey;
        wrong.secretKey = crypto::SecretBytes(asBytes("not the secret key at all"));
        m_access.credentials = &wrong;
        const auto sink = stream("denied");
        QCOMPARE(codeOf(writeAll(*sink, m_bytes)), std::string("storage.denied"));
    }

    void partsHoldTheLargestObject_data() {
        QTest::addColumn<quint64>("expected");
        for (const quint64 gibibytes : {0, 1, 100, 1024, 5 * 1024})
            QTest::addRow("%llu GiB expected", gibibytes) << (gibibytes << 30);
    }
    void partsHoldTheLargestObject() {
        QFETCH(quint64, expected);
        std::uint64_t all = 0;
        for (std::uint64_t number = 1; number <= 10'000; ++number) {
            const std::uint64_t size = s3::streamedPartSize(number, expected);
            QVERIFY(size >= 5 * mebibyte && size <= 5ull << 30);
            all += size;
        }
        QVERIFY(all >= 5ull << 40);
    }

    void partsOfWhatWasExpectedAreAlike() {
        for (const std::uint64_t gibibytes : {0, 1, 30}) // 35 GiB take no more memory than 35 MiB
            for (const std::uint64_t number : {1, 4500})
                QCOMPARE(s3::streamedPartSize(number, gibibytes << 30), std::uint64_t{8 * mebibyte});
        QCOMPARE(s3::streamedPartSize(4501, 0), std::uint64_t{16 * mebibyte}); // longer than anybody knew
        const std::uint64_t expected = 100ull << 30, size = s3::streamedPartSize(1, expected);
        QCOMPARE(size, std::uint64_t{23 * mebibyte});
        QCOMPARE(s3::streamedPartSize(expected / size + 1, expected), size);
    }

    void anObjectIsSentInPartsByWhatIsExpected() {
        const auto sink = m_store.putStream(
            m_access, {"expected", "text/csv", 64ull << 30}, [](const std::string&) { return Outcome<void>(); },
            Cancel());
        const auto before = requests("PUT ");
        QCOMPARE(codeOf(writeAll(*sink, m_bytes)), std::string("ok"));
        QCOMPARE(codeOf(sink->finish()), std::string("ok"));
        QCOMPARE(requests("PUT ") - before, 3l); // 40 MiB in parts of 15
        QVERIFY(isThere("expected", m_bytes));
    }

    void anObjectIsReadInOrderByEachRangeOnce() {
        const auto source = opened("read");
        QVERIFY(source);
        QCOMPARE(source->size(), std::uint64_t{m_bytes.size()});
        std::string all;
        for (std::uint64_t at = 0; at < source->size(); at += 999'983) {
            const auto piece = read(*source, at, 999'983);
            QCOMPARE(codeOf(piece), std::string("ok"));
            all += *piece;
            QCOMPARE(*read(*source, at, 1), all.substr(at, 1)); // a look back costs no request
        }
        QVERIFY(all == m_bytes);
        QCOMPARE(read(*source, m_bytes.size(), 10)->size(), std::size_t{0});
        QCOMPARE(requests("GET "),
                 long((m_bytes.size() + s3::RemoteObject::blockLength - 1) / s3::RemoteObject::blockLength));
        QVERIFY(*read(*source, 0, 2 * mebibyte) == m_bytes.substr(0, 2 * mebibyte)); // and once more from the beginning
    }

    void manyReadersGetTheirOwnBytes() {
        const auto source = opened("shared");
        QVERIFY(source);
        std::atomic<int> wrong{0};
        std::vector<std::thread> readers;
        for (unsigned reader = 0; reader < 8; ++reader)
            readers.emplace_back([&, reader] {
                for (std::uint64_t i = 0; i < 24; ++i) {
                    const std::uint64_t at = (reader * 7919 + i * 5'000'011) % m_bytes.size();
                    const auto piece = read(*source, at, 70'000);
                    wrong += !piece || *piece != m_bytes.substr(at, 70'000);
                }
            });
        for (std::thread& reader : readers)
            reader.join();
        QCOMPARE(wrong.load(), 0);
    }

    void aRangeThatIsCutGoesOn() {
        const auto source = opened("ranges");
        QVERIFY(source);
        m_proxy->add({{"GET ", "/ranges"}, Fault::CutAnswer, 5, mebibyte});
        QVERIFY(*read(*source, 0, m_bytes.size()) == m_bytes);
        QCOMPARE(m_proxy->struck(), 5);
    }

    void anObjectThatIsAnotherByNowIsNotMixed() {
        const auto source = opened("replaced");
        QVERIFY(source);
        QVERIFY(read(*source, 0, 10).ok());
        QVERIFY(m_store.put(m_direct, "replaced", memorySource("other", "m"), "text/csv", quiet, Cancel()).ok());
        QCOMPARE(codeOf(read(*source, m_bytes.size() - 10, 10)), std::string("storage.changed-while-read"));
    }

    void aReadingThatFailedMayBeTriedAgain() {
        const auto facts = m_store.put(m_direct, "away", memorySource(m_bytes, "m"), "text/csv", quiet, Cancel());
        QVERIFY(facts.ok());
        FaultProxy::Rule denied{{"GET ", "/away"}, Fault::OtherAnswer, 1000};
        denied.answer = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        m_proxy->add(denied);
        const auto source = m_store.open(m_access, "away", *facts, Cancel());
        QCOMPARE(codeOf(read(*source, 0, 10)), std::string("storage.denied"));
        m_proxy->clear();
        QTRY_COMPARE_WITH_TIMEOUT(codeOf(read(*source, 0, 10)), std::string("ok"),
                                  30'000); // those ahead may have been on their way still
    }

    void aReadingIsCancelled() {
        const Cancel owner;
        const auto source = opened("hanging", owner);
        QVERIFY(source);
        m_proxy->add({{"GET ", "/hanging"}, Fault::DelayAnswer, 1000, 0, std::chrono::minutes(5)});
        std::string outcome;
        std::thread reader([&] { outcome = codeOf(read(*source, 0, 10)); });
        QTest::qWait(100);
        Cancel(owner).cancel();
        reader.join();
        m_proxy->release();
        QCOMPARE(outcome, std::string("cancelled"));
    }
};

QTEST_GUILESS_MAIN(S3StreamsTest)
#include "tst_s3_streams.moc"
