#include "app/net/metered_device.h"
#include "app/net/network_thread.h"
#include "app/net/slice_device.h"
#include "tests/support/platform/canned_server.h"

#include <QBuffer>
#include <QTest>

#include <atomic>
#include <future>
#include <map>

using namespace sealwright;
using net::RateLimit;
using net::TokenBucket;
using test::CannedServer;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t kibibyte = 1u << 10, mebibyte = 1u << 20;
constexpr auto patience = 120s; ///< only so that a test that hangs ends

/// A clock that goes on when it is told to.
struct HandClock {
    TokenBucket::Clock::time_point now{};
    RateLimit::Now reader() {
        return [this] { return now; };
    }
};

std::string pattern(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(i % 251);
    return bytes;
}

std::string answerWith(const std::string& body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body;
}

net::Request requestTo(const CannedServer& server) {
    net::Request request;
    request.url = QUrl(QString::fromStdString(server.url()));
    request.maxAnswer = 64 * mebibyte;
    return request;
}

net::Request upload(const CannedServer& server, const std::string& bytes) {
    net::Request request = requestTo(server);
    request.verb = "PUT";
    const auto source = memorySource(bytes, "memory");
    request.openBody = [source] { return std::make_unique<net::SliceDevice>(source, 0, source->size()); };
    return request;
}

std::string bodyOf(const std::string& request) {
    return request.substr(request.find("\r\n\r\n") + 4);
}

} // namespace

/// The one limit for all data that the process moves.
class RateLimitTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aBucketFillsAtItsRateAndSavesLittle() {
        HandClock clock;
        TokenBucket bucket(clock.now);
        bucket.setRate(100'000, clock.now);
        QCOMPARE(bucket.there(clock.now), std::uint64_t{0});
        QCOMPARE(bucket.there(clock.now += 50ms), std::uint64_t{5'000});
        bucket.take(5'000);
        QCOMPARE(bucket.there(clock.now), std::uint64_t{0});
        QCOMPARE(bucket.until(1'000), TokenBucket::Clock::duration(10ms));
        QCOMPARE(bucket.there(clock.now += 1h), std::uint64_t{10'000}); // a tenth of a second's worth
        bucket.take(30'000);                                            // 20,000 are owed
        QCOMPARE(bucket.there(clock.now), std::uint64_t{0});
        QCOMPARE(bucket.until(1'000), TokenBucket::Clock::duration(210ms));
        QCOMPARE(bucket.there(clock.now += 210ms), std::uint64_t{1'000});
        bucket.giveBack(500);
        QCOMPARE(bucket.there(clock.now), std::uint64_t{1'500});
    }

    void aTurnAlwaysFits_data() {
        QTest::addColumn<quint64>("rate");
        for (const quint64 rate : {1ull, 1024ull, 100'000ull, 5ull << 20, 10ull << 30})
            QTest::addRow("%llu", static_cast<unsigned long long>(rate)) << rate;
    }
    void aTurnAlwaysFits() {
        QFETCH(quint64, rate);
        HandClock clock;
        TokenBucket bucket(clock.now);
        bucket.setRate(rate, clock.now);
        clock.now += bucket.until(bucket.turn());
        QVERIFY(bucket.there(clock.now) >= bucket.turn());
    }

    void withoutALimitNobodyWaits() {
        HandClock clock;
        RateLimit limit(nullptr, clock.reader());
        RateLimit::Flow flow(limit, {}, [] {});
        QCOMPARE(flow.take(1u << 30), std::uint64_t{1u << 30});
        QCOMPARE(limit.given(), std::uint64_t{0});
    }

    void connectionsShareInTurns() {
        HandClock clock;
        RateLimit limit(nullptr, clock.reader());
        limit.setRate(320'000); // turns of 10,000
        std::map<int, std::uint64_t> got;
        std::vector<std::unique_ptr<RateLimit::Flow>> flows;
        // Each takes what it gets and asks again; the last one always wants the most.
        const auto ask = [&](int i) {
            while (const auto some = flows[static_cast<std::size_t>(i)]->take(i == 3 ? 1u << 20 : 3'000))
                got[i] += some;
        };
        for (int i = 0; i < 4; ++i)
            flows.push_back(std::make_unique<RateLimit::Flow>(limit, Pause(), [&ask, i] { ask(i); }));
        for (int i = 0; i < 4; ++i)
            ask(i);
        QVERIFY(got.empty());
        for (int i = 0; i < 1000; ++i) {
            clock.now += 5ms;
            limit.serve();
        }
        // Five seconds' worth, and nobody had a turn more than another.
        QCOMPARE(limit.given(), std::uint64_t{1'600'000});
        for (int i = 0; i < 4; ++i)
            QCOMPARE(got[i], std::uint64_t{400'000});
    }

    void whoLeavesGivesBackAndWhoWaitsHearsOfANewLimit() {
        HandClock clock;
        RateLimit limit(nullptr, clock.reader());
        limit.setRate(32'000);
        int woken = 0;
        auto first = std::make_unique<RateLimit::Flow>(limit, Pause(), [&] { ++woken; });
        RateLimit::Flow second(limit, {}, [&] { woken += 10; });
        QCOMPARE(first->take(5'000), std::uint64_t{0});
        QCOMPARE(second.take(5'000), std::uint64_t{0});
        QVERIFY(second.waiting());
        clock.now += 32ms; // one turn
        limit.serve();
        QCOMPARE(woken, 1);
        QVERIFY(second.waiting());
        first.reset(); // its turn was not used
        limit.serve();
        QCOMPARE(woken, 11);
        QCOMPARE(second.take(1'000), std::uint64_t{1'000});
        QCOMPARE(second.take(1'000), std::uint64_t{24});
        QCOMPARE(second.take(1'000), std::uint64_t{0});
        limit.setRate(0);
        QCOMPARE(woken, 21);
        QCOMPARE(second.take(1'000'000), std::uint64_t{1'000'000});
        QCOMPARE(limit.given(), std::uint64_t{1'024});
    }

    void aMeteredBodyIsTheBody() {
        HandClock clock;
        RateLimit limit(nullptr, clock.reader());
        auto inner = std::make_unique<QBuffer>();
        const auto bytes = QByteArray::fromStdString(pattern(10'000));
        inner->setData(bytes);
        inner->open(QIODevice::ReadOnly);
        net::MeteredDevice body(std::move(inner), limit);
        QCOMPARE(body.size(), qint64{10'000});
        QCOMPARE(body.readAll(), bytes);
        QVERIFY(body.atEnd());
        limit.setRate(32'000);
        QVERIFY(body.seek(9'500)); // as for a second try
        int ready = 0;
        connect(&body, &QIODevice::readyRead, this, [&ready] { ++ready; });
        char room[1000];
        QCOMPARE(body.read(room, 1000), qint64{0});
        QVERIFY(body.held());
        QVERIFY(!body.atEnd());
        clock.now += 32ms;
        limit.serve();
        QCOMPARE(ready, 1);
        QVERIFY(!body.held());
        QCOMPARE(body.read(room, 1000), qint64{500});
        QCOMPARE(QByteArray(room, 500), bytes.mid(9'500));
        QCOMPARE(limit.given(), std::uint64_t{500});
    }

    void whatGoesIsWhatTheLimitGave() {
        const std::string bytes = pattern(3 * mebibyte + 77);
        net::NetworkThread network;
        network.setRate(64 * mebibyte);
        {
            CannedServer server(answerWith("taken"));
            QVERIFY(network.call(upload(server, bytes), {}));
            QVERIFY(bodyOf(server.requests().front()) == bytes);
        }
        QCOMPARE(network.metered(), std::uint64_t{bytes.size()});
        {
            CannedServer server(answerWith(bytes));
            net::Request request = requestTo(server);
            std::string got;
            request.onBody = [&](std::string_view piece) -> Outcome<void> {
                got += piece;
                return {};
            };
            QVERIFY(network.call(request, {}));
            QVERIFY(got == bytes);
        }
        QCOMPARE(network.metered(), std::uint64_t{2 * bytes.size()});
        {
            CannedServer server(answerWith("a small answer is not counted"));
            QVERIFY(network.call(requestTo(server), {}));
        }
        QCOMPARE(network.metered(), std::uint64_t{2 * bytes.size()});
    }

    /// Turns come further apart than the silence that ends a call.
    void waitingForTheLimitIsNoInactivity() {
        net::NetworkThread network;
        network.setRate(kibibyte);
        CannedServer taking(answerWith("taken"));
        net::Request up = upload(taking, pattern(4 * kibibyte));
        up.inactivity = 300ms;
        QVERIFY(network.call(up, {}));
        CannedServer giving(answerWith(pattern(200 * kibibyte)));
        net::Request down = requestTo(giving);
        down.inactivity = 300ms;
        std::size_t got = 0;
        down.onBody = [&](std::string_view piece) -> Outcome<void> {
            if ((got += piece.size()) >= 2 * kibibyte)
                network.setRate(0);
            return {};
        };
        QVERIFY(network.call(down, {}));
        QCOMPARE(got, std::size_t{200 * kibibyte});
    }

    void aServerThatHangsIsStillFoundOut() {
        net::NetworkThread network;
        network.setRate(64 * mebibyte);
        CannedServer silent({});
        net::Request request = upload(silent, pattern(mebibyte));
        request.inactivity = 300ms;
        QCOMPARE(network.call(request, {}).error().code, Code::NetworkTimeout);
    }

    void aCancelDoesNotWaitForTheLimit_data() {
        QTest::addColumn<bool>("up");
        QTest::newRow("upload") << true;
        QTest::newRow("download") << false;
    }
    /// At this rate the transfer would take hours.
    void aCancelDoesNotWaitForTheLimit() {
        QFETCH(bool, up);
        net::NetworkThread network;
        network.setRate(kibibyte);
        const std::string bytes = pattern(16 * mebibyte);
        CannedServer server(answerWith(up ? std::string("taken") : bytes));
        net::Request request = up ? upload(server, bytes) : requestTo(server);
        if (!up)
            request.onBody = [](std::string_view) { return Outcome<void>(); };
        Cancel cancel;
        auto call = std::async(std::launch::async, [&] { return network.call(request, cancel); });
        QTRY_VERIFY_WITH_TIMEOUT(network.metered() > 0, 60'000);
        cancel.cancel();
        QVERIFY(call.wait_for(patience) == std::future_status::ready);
        QCOMPARE(call.get().error().code, Code::Cancelled);
        QVERIFY(network.metered() < mebibyte);
    }

    void aPauseStandsStillAndGoesOn_data() { aCancelDoesNotWaitForTheLimit_data(); }
    void aPauseStandsStillAndGoesOn() {
        QFETCH(bool, up);
        const std::string bytes = pattern(16 * mebibyte);
        for (const std::uint64_t rate : {std::uint64_t{0}, 512 * mebibyte}) {
            net::NetworkThread network;
            network.setRate(rate);
            CannedServer server(answerWith(up ? std::string("taken") : bytes));
            net::Request request = up ? upload(server, bytes) : requestTo(server);
            std::atomic<std::size_t> moved{0};
            if (!up)
                request.onBody = [&](std::string_view piece) {
                    moved += piece.size();
                    return Outcome<void>();
                };
            Pause pause = request.pause;
            pause.pause();
            auto call = std::async(std::launch::async, [&] { return network.call(request, {}); });
            QVERIFY(call.wait_for(300ms) == std::future_status::timeout);
            QCOMPARE(moved.load(), std::size_t{0});
            QCOMPARE(network.metered(), std::uint64_t{0});
            pause.goOn();
            QVERIFY(call.wait_for(patience) == std::future_status::ready);
            QVERIFY(call.get());
            if (up)
                QVERIFY(bodyOf(server.requests().front()) == bytes);
            else
                QCOMPARE(moved.load(), bytes.size());
        }
    }

    /// A connection is not kept for ever, and others may have its place.
    void aLongPauseGivesTheConnectionUp() {
        net::NetworkThread network;
        CannedServer server(answerWith("taken"));
        net::Request request = upload(server, pattern(mebibyte));
        request.inactivity = 300ms;
        request.pause.pause();
        QCOMPARE(network.call(request, {}).error().code, Code::NetworkTimeout);
    }

    void aCancelEndsAPausedCall() {
        net::NetworkThread network;
        CannedServer server(answerWith("taken"));
        net::Request request = upload(server, pattern(mebibyte));
        request.pause.pause();
        Cancel cancel;
        auto call = std::async(std::launch::async, [&] { return network.call(request, cancel); });
        cancel.cancel();
        QVERIFY(call.wait_for(patience) == std::future_status::ready);
        QCOMPARE(call.get().error().code, Code::Cancelled);
    }

    /// More bodies than connections, held up longer than the silence that ends a call: those that wait for a connection
    /// have not begun, and a small call does not wait behind them.
    void bodiesWaitForAConnectionAndSmallCallsDoNot() {
        net::NetworkThread network;
        network.setRate(kibibyte);
        CannedServer server(answerWith("taken"));
        std::vector<std::future<Outcome<net::Answer>>> calls;
        net::Request request = upload(server, pattern(16 * kibibyte));
        request.inactivity = 2000ms;
        for (int i = 0; i < 9; ++i)
            calls.push_back(std::async(std::launch::async, [&] { return network.call(request, {}); }));
        QTRY_VERIFY_WITH_TIMEOUT(network.metered() >= 4 * kibibyte, 60'000);
        net::Request small = requestTo(server);
        small.inactivity = 2000ms;
        QVERIFY(network.call(small, {}));
        QVERIFY(calls.back().wait_for(0s) == std::future_status::timeout);
        network.setRate(0);
        for (auto& call : calls) {
            QVERIFY(call.wait_for(patience) == std::future_status::ready);
            QVERIFY(call.get());
        }
        QCOMPARE(server.requests().size(), std::size_t{10});
    }

    void aNewLimitHoldsForWhatIsUnderWay() {
        net::NetworkThread network;
        network.setRate(kibibyte);
        const std::string bytes = pattern(16 * mebibyte);
        CannedServer server(answerWith("taken"));
        const net::Request request = upload(server, bytes);
        auto call = std::async(std::launch::async, [&] { return network.call(request, {}); });
        QTRY_VERIFY_WITH_TIMEOUT(network.metered() > 0, 60'000);
        network.setRate(0);
        QVERIFY(call.wait_for(patience) == std::future_status::ready);
        QVERIFY(call.get());
        QVERIFY(bodyOf(server.requests().front()) == bytes);
    }
};

QTEST_GUILESS_MAIN(RateLimitTest)
#include "tst_rate_limit.moc"
