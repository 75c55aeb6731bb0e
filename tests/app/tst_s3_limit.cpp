#include "app/net/slice_device.h"
#include "app/s3/part_sizes.h"
#include "app/s3/range_fetch.h"
#include "app/s3/s3_call.h"
#include "tests/app/s3_given.h"
#include "tests/support/platform/canned_server.h"
#include "tests/support/platform/fault_proxy.h"

#include <QtTest>

#include <atomic>
#include <future>

using namespace sealwright;
using namespace sealwright::tests;

namespace {

constexpr std::uint64_t kibibyte = 1u << 10;
constexpr std::chrono::minutes patience{2}; ///< only so that a test that hangs ends

/// Takes nothing until it is let go.
class ShutSink : public ByteSink {
public:
    explicit ShutSink(std::shared_future<void> open) : m_open(std::move(open)) {}
    Outcome<void> write(std::string_view bytes) override {
        m_open.wait();
        taken += bytes.size();
        return {};
    }
    std::size_t taken = 0;

private:
    const std::shared_future<void> m_open;
};

} // namespace

/// The limit for transfers, with a real store.
class S3LimitTest : public QObject {
    Q_OBJECT

    std::shared_ptr<net::NetworkThread> m_network = std::make_shared<net::NetworkThread>();
    S3Store m_store{m_network};
    StorageCredentials m_credentials;
    StoreAccess m_access;
    const std::string m_bytes = patterned(s3::multipartFrom + 5 * mebibyte + 77);

    Outcome<ObjectFacts> put(const std::string& object, const Cancel& cancel) {
        return m_store.put(m_access, object, memorySource(m_bytes, "memory"), "application/octet-stream", quiet,
                           cancel);
    }
    int openUploads() {
        s3::Call call;
        call.query = {{"uploads", ""}};
        const auto answer = s3::perform(*m_network, m_access, call, Cancel());
        return answer ? static_cast<int>(answer->body.count("<Upload>")) : -1;
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("limited transfers");
        m_credentials = givenCredentials();
        m_access = givenAccess("limit", m_credentials);
        QCOMPARE(makeBucket(*m_network, m_access), std::string("ok"));
    }
    void init() { m_network->setRate(0); }

    void allThatIsSentAndFetchedGoesByTheLimit() {
        const std::uint64_t before = m_network->metered();
        QCOMPARE(codeOf(put("free", Cancel())), std::string("ok"));
        QCOMPARE(m_network->metered(), before);
        m_network->setRate(64 * mebibyte);
        QTRY_COMPARE_WITH_TIMEOUT(m_network->rate(), 64 * mebibyte, 30'000);
        QCOMPARE(codeOf(put("parts", Cancel())), std::string("ok"));
        QCOMPARE(m_network->metered() - before, std::uint64_t{m_bytes.size()});
        const auto facts = m_store.head(m_access, "parts", Cancel());
        QVERIFY(facts);
        MemorySink sink;
        QCOMPARE(codeOf(m_store.fetch(m_access, "parts", *facts, sink, quiet, Cancel())), std::string("ok"));
        QVERIFY(sink.bytes() == m_bytes);
        QCOMPARE(m_network->metered() - before, std::uint64_t{2 * m_bytes.size()});
    }

    /// At 1 KiB a second each of these would take hours.
    void aCancelDoesNotWaitForTheLimit() {
        QCOMPARE(codeOf(put("source", Cancel())), std::string("ok"));
        const auto facts = m_store.head(m_access, "source", Cancel());
        QVERIFY(facts);
        m_network->setRate(kibibyte);
        for (const bool up : {true, false}) {
            const std::uint64_t before = m_network->metered();
            Cancel cancel;
            MemorySink sink;
            auto transfer = std::async(std::launch::async, [&] {
                return up ? codeOf(put("never", cancel))
                          : codeOf(m_store.fetch(m_access, "source", *facts, sink, quiet, cancel));
            });
            QTRY_VERIFY_WITH_TIMEOUT(m_network->metered() > before, 60'000);
            cancel.cancel();
            QVERIFY(transfer.wait_for(patience) == std::future_status::ready);
            QCOMPARE(transfer.get(), std::string("cancelled"));
            QVERIFY(m_network->metered() - before < m_bytes.size() / 2);
        }
        QCOMPARE(openUploads(), 0);
        QCOMPARE(codeOf(m_store.head(m_access, "never", Cancel())), std::string("storage.not-found"));
    }

    void aPausedTransferBeginsNothingAndGoesOn() {
        QCOMPARE(codeOf(put("source", Cancel())), std::string("ok"));
        const auto facts = m_store.head(m_access, "source", Cancel());
        QVERIFY(facts);
        for (const bool up : {true, false}) {
            StoreAccess access = m_access;
            access.pause = Pause();
            access.pause.pause();
            MemorySink sink;
            auto transfer = std::async(std::launch::async, [&] {
                return up ? codeOf(m_store.put(access, "paused", memorySource(m_bytes, "memory"),
                                               "application/octet-stream", quiet, Cancel()))
                          : codeOf(m_store.fetch(access, "source", *facts, sink, quiet, Cancel()));
            });
            QVERIFY(transfer.wait_for(std::chrono::milliseconds(300)) == std::future_status::timeout);
            access.pause.goOn();
            QVERIFY(transfer.wait_for(patience) == std::future_status::ready);
            QCOMPARE(transfer.get(), std::string("ok"));
            QVERIFY(up || sink.bytes() == m_bytes);
        }
    }

    void aCancelEndsAPausedTransfer() {
        StoreAccess access = m_access;
        access.pause = Pause();
        access.pause.pause();
        Cancel cancel;
        auto transfer = std::async(std::launch::async, [&] {
            return codeOf(m_store.put(access, "never", memorySource(m_bytes, "memory"), "application/octet-stream",
                                      quiet, cancel));
        });
        QTRY_COMPARE_WITH_TIMEOUT(openUploads(), 1, 60'000);
        cancel.cancel();
        QVERIFY(transfer.wait_for(patience) == std::future_status::ready);
        QCOMPARE(transfer.get(), std::string("cancelled"));
        QCOMPARE(openUploads(), 0);
    }

    /// A store that answers nothing but "not now": five tries, and each during which there was a pause on top.
    void aTryDuringAPauseDoesNotCount() {
        constexpr int pauses = 7;
        constexpr std::size_t tries = 5;
        test::CannedServer busy("HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        StoreAccess access = m_access;
        access.pause = Pause();
        access.endpoint = busy.url();
        s3::Call call;
        call.verb = "PUT";
        call.object = "object";
        std::atomic<int> opened{0};
        call.openBody = [&]() -> std::unique_ptr<QIODevice> {
            if (++opened <= pauses) {
                access.pause.pause();
                access.pause.goOn();
            }
            return std::make_unique<net::SliceDevice>(memorySource("abc", "memory"), 0, 3);
        };
        QCOMPARE(codeOf(s3::perform(*m_network, access, call, Cancel())), std::string("storage.failed"));
        QCOMPARE(busy.requests().size(), pauses + tries);
    }

    /// What is fetched ahead of a slow reader is held in memory, and has one bound for all fetches.
    void fetchesSideBySideShareWhatTheyHold() {
        constexpr std::size_t ranges = 12, window = s3::RangeFetch::window;
        const std::uint64_t size = ranges * s3::RangeFetch::rangeLength;
        QCOMPARE(codeOf(m_store.put(m_access, "long", memorySource(patterned(size), "memory"),
                                    "application/octet-stream", quiet, Cancel())),
                 std::string("ok"));
        test::FaultProxy proxy(m_access.endpoint);
        StoreAccess access = m_access;
        access.endpoint = proxy.url();
        const auto facts = m_store.head(access, "long", Cancel());
        QVERIFY(facts);
        proxy.reset();
        std::promise<void> open;
        const auto opened = open.get_future().share();
        ShutSink first(opened), second(opened);
        const auto fetch = [&](ShutSink& sink) {
            return std::async(std::launch::async, [&access, &facts, &sink, this] {
                return codeOf(m_store.fetch(access, "long", *facts, sink, quiet, Cancel()));
            });
        };
        auto one = fetch(first);
        QTRY_COMPARE_WITH_TIMEOUT(proxy.requests().size(), window, 60'000);
        auto other = fetch(second);
        QTRY_COMPARE_WITH_TIMEOUT(proxy.requests().size(), window + window / 2, 60'000);
        QTest::qWait(500);
        const std::size_t asked = proxy.requests().size();
        open.set_value();
        QCOMPARE(one.get(), std::string("ok"));
        QCOMPARE(other.get(), std::string("ok"));
        QCOMPARE(asked, window + window / 2);
        QCOMPARE(first.taken + second.taken, 2 * size);
    }

    void aLimitThatIsLiftedLetsWhatIsUnderWayThrough() {
        m_network->setRate(kibibyte);
        const std::uint64_t before = m_network->metered();
        auto transfer = std::async(std::launch::async, [&] { return codeOf(put("lifted", Cancel())); });
        QTRY_VERIFY_WITH_TIMEOUT(m_network->metered() > before, 60'000);
        m_network->setRate(0);
        QVERIFY(transfer.wait_for(patience) == std::future_status::ready);
        QCOMPARE(transfer.get(), std::string("ok"));
    }
};

QTEST_GUILESS_MAIN(S3LimitTest)
#include "tst_s3_limit.moc"
