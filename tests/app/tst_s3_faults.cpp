#include "app/s3/part_sizes.h"
#include "app/s3/slice_hash.h"
#include "crypto/stream/digest.h"
#include "tests/app/s3_given.h"
#include "tests/support/platform/fault_proxy.h"

#include <QtTest>

#include <set>

using namespace sealwright;
using namespace sealwright::tests;
using test::FaultProxy;
using Fault = FaultProxy::Fault;

namespace {

/// As the ledger, in memory.
class Notes : public UploadJournal {
public:
    UploadState known() override { return state; }
    Outcome<void> begun(const std::string& id, std::uint64_t partSize) override {
        state = {id, partSize, {}};
        return {};
    }
    Outcome<void> sent(const UploadedPart& part) override {
        state.parts.push_back(part);
        return {};
    }
    UploadState state;
};

} // namespace

/// A real store behind a network that loses answers, cuts connections and changes its mind.
class S3FaultsTest : public QObject {
    Q_OBJECT

    std::shared_ptr<net::NetworkThread> m_network = std::make_shared<net::NetworkThread>();
    S3Store m_store{m_network};
    StorageCredentials m_credentials;
    std::unique_ptr<FaultProxy> m_proxy;
    StoreAccess m_direct, m_access; ///< the latter through the proxy
    std::string m_bytes = patterned(40 * mebibyte + 5);
    std::shared_ptr<const ByteSource> m_source = memorySource(m_bytes, "memory");

    std::size_t unfinished(const std::string& object) {
        const auto ids = s3::listUploads({*m_network, m_direct, object}, Cancel());
        return ids ? ids->size() : 999;
    }
    Outcome<ObjectFacts> put(const std::string& object, const Cancel& cancel = {}) {
        return m_store.put(m_access, object, m_source, "text/csv", quiet, cancel);
    }
    Outcome<ObjectFacts> putOnward(const std::string& object, Notes& notes) {
        return m_store.putOnward(m_access, object, m_source, "text/csv", notes, quiet, Cancel());
    }
    bool isThere(const std::string& object) {
        const auto facts = m_store.head(m_direct, object, Cancel());
        MemorySink sink;
        return facts && m_store.fetch(m_direct, object, *facts, sink, quiet, Cancel()) && sink.bytes() == m_bytes;
    }
    /// How many PUTs of parts came by.
    long partsSent() const {
        const auto lines = m_proxy->requests();
        return std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
            return line.rfind("PUT ", 0) == 0 && line.find("partNumber=") != std::string::npos;
        });
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("faults of the S3 client");
        m_credentials = givenCredentials();
        m_direct = givenAccess("faults", m_credentials);
        QCOMPARE(makeBucket(*m_network, m_direct), std::string("ok"));
    }

    void init() {
        m_proxy = std::make_unique<FaultProxy>(m_direct.endpoint);
        m_access = m_direct;
        m_access.endpoint = m_proxy->url();
    }

    void withoutFaultsItPasses() {
        QCOMPARE(codeOf(put("plain")), std::string("ok"));
        QVERIFY(isThere("plain"));
        QCOMPARE(partsSent(), 3l);
    }

    void aBeginningWhoseAnswerIsLostLeavesNoOrphan_data() {
        QTest::addColumn<int>("times");
        QTest::newRow("once") << 1;
        QTest::newRow("twice") << 2;
        QTest::newRow("always") << 1000;
    }

    void aBeginningWhoseAnswerIsLostLeavesNoOrphan() {
        QFETCH(int, times);
        const std::string object = "begun-" + std::to_string(times);
        m_proxy->add({{"POST ", "?uploads="}, Fault::DropAnswer, times});
        const auto stored = put(object);
        QVERIFY(m_proxy->struck() >= std::min(times, 2));
        QCOMPARE(codeOf(stored), std::string(times < 100 ? "ok" : "network.unreachable"));
        QCOMPARE(isThere(object), times < 100);
        QCOMPARE(unfinished(object), std::size_t{0});
    }

    void aCompletionWhoseAnswerIsLostIsNoFailure_data() {
        QTest::addColumn<int>("times");
        QTest::newRow("once") << 1;
        QTest::newRow("always") << 1000;
    }

    void aCompletionWhoseAnswerIsLostIsNoFailure() {
        QFETCH(int, times);
        const std::string object = "completed-" + std::to_string(times);
        m_proxy->add({{"POST ", "?uploadId="}, Fault::DropAnswer, times});
        const auto stored = put(object);
        QVERIFY(m_proxy->struck() >= 1);
        QCOMPARE(codeOf(stored), std::string("ok"));
        QCOMPARE(stored->etag, m_store.head(m_direct, object, Cancel())->etag);
        QVERIFY(isThere(object));
        QCOMPARE(unfinished(object), std::size_t{0});
    }

    /// Another object of the same size under that name is not taken for ours.
    void aCompletionThatFailedIsNotMistakenForDone() {
        const std::string other = patterned(m_bytes.size() + 1).substr(1);
        QCOMPARE(codeOf(m_store.put(m_direct, "other", memorySource(other, "memory"), "text/csv", quiet, Cancel())),
                 std::string("ok"));
        m_proxy->add({{"POST ", "?uploadId="}, Fault::CutRequest, 1000, 10});
        QCOMPARE(codeOf(put("other")), std::string("network.unreachable"));
        QVERIFY(!isThere("other"));
        QCOMPARE(unfinished("other"), std::size_t{0});
    }

    void aPartThatIsCutIsSentAgain_data() {
        QTest::addColumn<quint64>("bytes");
        QTest::newRow("at its beginning") << quint64{0};
        QTest::newRow("in the middle") << quint64{7 * mebibyte};
    }

    void aPartThatIsCutIsSentAgain() {
        QFETCH(quint64, bytes);
        const std::string object = "cut-" + std::to_string(bytes);
        m_proxy->add({{"PUT ", "partNumber=2"}, Fault::CutRequest, 1, bytes});
        QCOMPARE(codeOf(put(object)), std::string("ok"));
        QCOMPARE(m_proxy->struck(), 1);
        QVERIFY(isThere(object));
        QCOMPARE(unfinished(object), std::size_t{0});
    }

    void anInterruptedUploadIsGoneOnWith() {
        Notes notes;
        m_proxy->add({{"PUT ", "partNumber=3"}, Fault::CutRequest, 1000, mebibyte});
        QCOMPARE(codeOf(putOnward("onward", notes)), std::string("network.unreachable"));
        QCOMPARE(unfinished("onward"), std::size_t{1});
        QVERIFY(!notes.state.id.empty());
        const std::size_t done = notes.state.parts.size();
        m_proxy->clear();
        m_proxy->reset();
        QCOMPARE(codeOf(putOnward("onward", notes)), std::string("ok"));
        QVERIFY(partsSent() <= 3 - static_cast<long>(done));
        QVERIFY(partsSent() >= 1);
        QVERIFY(isThere("onward"));
        QCOMPARE(unfinished("onward"), std::size_t{0});
        std::set<std::uint64_t> numbers;
        for (const UploadedPart& part : notes.state.parts) {
            numbers.insert(part.number);
            const auto hash =
                s3::hashSlice(*m_source, (part.number - 1) * notes.state.partSize,
                              std::min<std::uint64_t>(notes.state.partSize,
                                                      m_bytes.size() - (part.number - 1) * notes.state.partSize),
                              Cancel());
            QCOMPARE(part.sha256, hash->hex);
        }
        QCOMPARE(numbers.size(), std::size_t{3});
    }

    /// The process died after the store had a part, and before it was noted.
    void aPartThatOnlyTheStoreKnowsIsNotSentAgain() {
        Notes notes;
        m_proxy->add({{"PUT ", "partNumber=3"}, Fault::CutRequest, 1000, mebibyte});
        QCOMPARE(codeOf(putOnward("forgotten", notes)), std::string("network.unreachable"));
        m_proxy->clear();
        const auto listed = s3::listParts({*m_network, m_direct, std::string("forgotten")}, notes.state.id, Cancel());
        QCOMPARE(codeOf(listed), std::string("ok"));
        notes.state.parts.clear();
        m_proxy->reset();
        QCOMPARE(codeOf(putOnward("forgotten", notes)), std::string("ok"));
        QCOMPARE(partsSent(), 3 - static_cast<long>(listed->size()));
        QVERIFY(isThere("forgotten"));
    }

    /// A part whose content is another's, whatever the journal says of its number.
    void aPartOfOtherBytesIsSentAgain() {
        Notes notes;
        m_proxy->add({{"POST ", "?uploadId="}, Fault::CutRequest, 1000, 10});
        QCOMPARE(codeOf(putOnward("altered", notes)), std::string("network.unreachable"));
        m_proxy->clear();
        s3::Call call;
        call.verb = "PUT";
        call.object = "altered";
        call.query = {{"partNumber", "2"}, {"uploadId", notes.state.id}};
        const std::string foreign(notes.state.partSize, 'x');
        call.body = QByteArray::fromStdString(foreign);
        call.headers = {{"x-amz-checksum-sha256", s3::base64OfHex(crypto::hexLower(crypto::sha256(asBytes(foreign))))}};
        QCOMPARE(codeOf(s3::perform(*m_network, m_direct, call, Cancel())), std::string("ok"));
        m_proxy->reset();
        QCOMPARE(codeOf(putOnward("altered", notes)), std::string("ok"));
        QCOMPARE(partsSent(), 1l);
        QVERIFY(isThere("altered"));
    }

    void anUploadThatTheStoreHasLostBeginsAgain() {
        Notes notes;
        m_proxy->add({{"PUT ", "partNumber=3"}, Fault::CutRequest, 1000, mebibyte});
        QCOMPARE(codeOf(putOnward("lost", notes)), std::string("network.unreachable"));
        m_proxy->clear();
        QCOMPARE(codeOf(m_store.abandon(m_direct, "lost", {}, Cancel())), std::string("ok"));
        QCOMPARE(unfinished("lost"), std::size_t{0});
        const std::string before = notes.state.id;
        QCOMPARE(codeOf(putOnward("lost", notes)), std::string("ok"));
        QVERIFY(notes.state.id != before);
        QVERIFY(isThere("lost"));
    }

    /// The process died after the store had completed it.
    void anUploadThatWasCompletedIsDone() {
        Notes notes;
        QCOMPARE(codeOf(putOnward("complete", notes)), std::string("ok"));
        m_proxy->reset();
        QCOMPARE(codeOf(putOnward("complete", notes)), std::string("ok"));
        QCOMPARE(partsSent(), 0l);
        notes.state.parts.clear(); // nor does it need the notes for that
        QCOMPARE(codeOf(putOnward("complete", notes)), std::string("ok"));
        QCOMPARE(partsSent(), 0l);
        QCOMPARE(unfinished("complete"), std::size_t{0});
    }

    void whatWasCancelledIsThereUntilItIsAbandoned() {
        Notes notes;
        Cancel cancel;
        const TransferProgress stop = [&](std::uint64_t done, std::uint64_t) {
            if (done > 0)
                cancel.cancel();
        };
        QCOMPARE(codeOf(m_store.putOnward(m_access, "given-up", m_source, "text/csv", notes, stop, cancel)),
                 std::string("cancelled"));
        QVERIFY(!notes.state.id.empty());
        QCOMPARE(unfinished("given-up"), std::size_t{1});
        QCOMPARE(codeOf(m_store.abandon(m_direct, "given-up", notes.state.id, Cancel())), std::string("ok"));
        QCOMPARE(unfinished("given-up"), std::size_t{0});
        QCOMPARE(codeOf(m_store.abandon(m_direct, "given-up", notes.state.id, Cancel())), std::string("ok"));
    }

    void aFetchGoesOnBehindACut_data() {
        QTest::addColumn<quint64>("bytes");
        QTest::newRow("at the head") << quint64{0};
        QTest::newRow("inside the first ranges") << quint64{mebibyte};
    }

    void aFetchGoesOnBehindACut() {
        QFETCH(quint64, bytes);
        QCOMPARE(codeOf(m_store.put(m_direct, "fetched", m_source, "text/csv", quiet, Cancel())), std::string("ok"));
        const auto facts = m_store.head(m_direct, "fetched", Cancel());
        m_proxy->add({{"GET ", "/fetched"}, Fault::CutAnswer, 5, bytes});
        MemorySink sink;
        std::uint64_t last = 0;
        bool ascending = true;
        const auto fetched = m_store.fetch(
            m_access, "fetched", *facts, sink,
            [&](std::uint64_t done, std::uint64_t) {
                ascending = ascending && done > last;
                last = done;
            },
            Cancel());
        QCOMPARE(codeOf(fetched), std::string("ok"));
        QVERIFY(m_proxy->struck() >= 4);
        QVERIFY(sink.bytes() == m_bytes);
        QVERIFY(ascending && last == m_bytes.size());
    }

    void anObjectReplacedInTheMiddleOfAFetchIsNotMixed() {
        QCOMPARE(codeOf(m_store.put(m_direct, "replaced", m_source, "text/csv", quiet, Cancel())), std::string("ok"));
        const auto facts = m_store.head(m_direct, "replaced", Cancel());
        bool replaced = false;
        MemorySink sink;
        const auto fetched = m_store.fetch(
            m_access, "replaced", *facts, sink,
            [&](std::uint64_t, std::uint64_t) {
                if (!std::exchange(replaced, true))
                    (void)m_store.put(m_direct, "replaced", memorySource("other", "memory"), "text/csv", quiet,
                                      Cancel());
            },
            Cancel());
        QCOMPARE(codeOf(fetched), std::string("storage.changed-while-read"));
        QVERIFY(m_bytes.compare(0, sink.bytes().size(), sink.bytes()) == 0);
    }

    /// The store's own answer to a signature of another time, judged by a clock that shows that time.
    void aWrongClockIsNoticed_data() {
        QTest::addColumn<qint64>("off");
        QTest::addColumn<QString>("how");
        QTest::newRow("behind") << qint64{-3600} << QStringLiteral("behind");
        QTest::newRow("ahead") << qint64{86400} << QStringLiteral("ahead");
    }

    void aWrongClockIsNoticed() {
        QFETCH(qint64, off);
        QFETCH(QString, how);
        for (const char* verb : {"GET", "HEAD"}) { // the latter's answer has no body that would say why
            s3::SigningInput input;
            input.verb = verb;
            input.path = "/" + m_direct.bucket;
            input.region = m_direct.region;
            input.when = now() + off;
            input.payloadSha256 = crypto::hexLower(crypto::sha256(asBytes(std::string_view())));
            net::Request request;
            request.verb = verb;
            request.url = QUrl(QString::fromStdString(m_direct.endpoint + input.path));
            input.headers = {{"x-amz-content-sha256", input.payloadSha256}, {"x-amz-date", s3::amzDate(input.when)}};
            for (const auto& [name, value] : input.headers)
                request.headers.emplace_back(QByteArray::fromStdString(name), QByteArray::fromStdString(value));
            input.headers.emplace_back("host", request.url.authority().toStdString());
            request.headers.emplace_back(
                "Authorization",
                QByteArray::fromStdString(s3::authorization(input, m_credentials.accessKey, m_credentials.secretKey)));
            const auto answer = m_network->call(request, Cancel());
            QCOMPARE(codeOf(answer), std::string("ok"));
            QCOMPARE(answer->status, 403);
            const Failure failure = s3::failureOf(*answer, now() + off);
            QCOMPARE(std::string(stableId(failure.code)), std::string("clock.wrong"));
            QVERIFY(std::abs(std::stoll(failure.facts[0]) - std::abs(off)) <= 5);
            QCOMPARE(failure.facts[1], how.toStdString());
        }
    }

    void partsFitTheFileAndTheLink() {
        using s3::partSize;
        QCOMPARE(partSize(100 * mebibyte, 0), std::uint64_t{16 * mebibyte});
        QCOMPARE(partSize(100 * mebibyte, 100'000), std::uint64_t{5 * mebibyte});   // a slow link
        QCOMPARE(partSize(100 * mebibyte, 1u << 30), std::uint64_t{64 * mebibyte}); // a fast one
        const std::uint64_t huge = std::uint64_t{5} << 40;
        QVERIFY(huge / partSize(huge, 100'000) < 10'000);
        QCOMPARE(partSize(huge, 0) % mebibyte, std::uint64_t{0});
    }
};

QTEST_GUILESS_MAIN(S3FaultsTest)
#include "tst_s3_faults.moc"
