#include "app/net/authority.h"
#include "app/net/http_retry.h"
#include "app/net/network_thread.h"
#include "app/net/slice_device.h"
#include "tests/support/platform/canned_server.h"

#include <QTest>

#include <thread>

using namespace sealwright;
using test::CannedServer;

namespace {

std::string answerWith(const std::string& body, const std::string& statusLine = "200 OK") {
    return "HTTP/1.1 " + statusLine + "\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\nX-Kind: canned\r\nConnection: close\r\n\r\n" + body;
}

std::string pattern(std::size_t size) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<char>(i % 251);
    return bytes;
}

net::Request get(const std::string& url) {
    net::Request request;
    request.url = QUrl(QString::fromStdString(url));
    return request;
}

/// Gives what it has, then fails, as a file that shrinks does.
class ShortSource : public ByteSource {
public:
    std::uint64_t size() const override { return 100; }
    std::string name() const override { return "short"; }
    Outcome<std::size_t> readAt(std::uint64_t offset, MutableBytes out) const override {
        if (offset >= 50)
            return fail(Code::DataChangedWhileRead);
        std::fill(out.begin(), out.end(), Byte{'x'});
        return std::min<std::size_t>(out.size(), 50 - offset);
    }
};

} // namespace

/// NetworkThread: what is not the platform's business alone.
class TestApiNet : public QObject {
    Q_OBJECT

    net::NetworkThread m_network;

private Q_SLOTS:
    void anAnswerComesWhole() {
        CannedServer server(answerWith("hello", "404 Not Found"));
        const auto answer = m_network.call(get(server.url() + "/a%2Fb?x=%20y"), {});
        QVERIFY(answer);
        QCOMPARE(answer->status, 404);
        QCOMPARE(answer->body, QByteArray("hello"));
        QCOMPARE(answer->header("x-kind"), QByteArray("canned"));
        QCOMPARE(answer->header("x-other"), QByteArray());
        const auto head = server.requests().front();
        QVERIFY(head.rfind("GET /a%2Fb?x=%20y HTTP/1.1\r\n", 0) == 0);
        QVERIFY(head.find("Mozilla") == std::string::npos);
    }

    void aBodyIsStreamedInOrderToASlowReader() {
        const auto body = pattern(9 * 1024 * 1024 + 77);
        CannedServer server(answerWith(body));
        auto request = get(server.url());
        request.maxAnswer = body.size();
        std::string got;
        const auto caller = std::this_thread::get_id();
        bool sameThread = true;
        request.onBody = [&](std::string_view piece) -> Outcome<void> {
            sameThread = sameThread && std::this_thread::get_id() == caller;
            if (got.empty()) // longer than the inactivity that ends a call
                std::this_thread::sleep_for(std::chrono::seconds(4));
            got.append(piece);
            return {};
        };
        request.inactivity = std::chrono::seconds(3);
        const auto answer = m_network.call(request, {});
        QVERIFY(answer);
        QVERIFY(answer->body.isEmpty());
        QVERIFY(sameThread);
        QVERIFY(got == body);
    }

    void aStreamedBodyHasALimitToo() {
        CannedServer server(answerWith(pattern(3'000'000)));
        auto request = get(server.url());
        request.maxAnswer = 2'000'000;
        request.tooLarge = Code::StorageFailed;
        std::size_t got = 0;
        request.onBody = [&](std::string_view piece) -> Outcome<void> {
            got += piece.size();
            return {};
        };
        QCOMPARE(m_network.call(request, {}).error().code, Code::StorageFailed);
        QVERIFY(got <= 2'000'000);
    }

    void aReaderThatFailsEndsTheCall() {
        CannedServer server(answerWith(pattern(5'000'000)));
        auto request = get(server.url());
        request.maxAnswer = 10'000'000;
        request.onBody = [&](std::string_view) -> Outcome<void> { return fail(Code::FileNoSpace); };
        QCOMPARE(m_network.call(request, {}).error().code, Code::FileNoSpace);
    }

    void theBodyOfARefusalIsNotStreamed() {
        CannedServer server(answerWith("<Error/>", "403 Forbidden"));
        auto request = get(server.url());
        bool called = false;
        request.onBody = [&](std::string_view) -> Outcome<void> {
            called = true;
            return {};
        };
        const auto answer = m_network.call(request, {});
        QVERIFY(answer);
        QCOMPARE(answer->body, QByteArray("<Error/>"));
        QVERIFY(!called);
    }

    void aSliceIsSent() {
        const auto bytes = pattern(2'000'000);
        const auto source = memorySource(bytes, "memory");
        for (const char* verb : {"PUT", "POST", "REPORT"}) {
            CannedServer server(answerWith(""));
            auto request = get(server.url() + "/part");
            request.verb = verb;
            request.openBody = [source] { return std::make_unique<net::SliceDevice>(source, 500'000, 1'000'000); };
            std::uint64_t sent = 0;
            request.onSent = [&](std::uint64_t so) { sent = so; };
            QVERIFY(m_network.call(request, {}).ok());
            const auto got = server.requests().front();
            QVERIFY(got.rfind(std::string(verb) + " /part ", 0) == 0);
            QVERIFY(got.find("Content-Length: 1000000\r\n") != std::string::npos);
            QVERIFY(got.substr(got.find("\r\n\r\n") + 4) == bytes.substr(500'000, 1'000'000));
            QCOMPARE(sent, std::uint64_t{1'000'000});
        }
    }

    void aSourceThatFailsEndsTheUpload() {
        CannedServer server(answerWith(""));
        auto request = get(server.url());
        request.verb = "PUT";
        request.openBody = [] { return std::make_unique<net::SliceDevice>(std::make_shared<ShortSource>(), 0, 100); };
        QCOMPARE(m_network.call(request, {}).error().code, Code::DataChangedWhileRead);
    }

    void silenceEndsAtTheTimeout() {
        CannedServer silent{std::string()};
        auto request = get(silent.url());
        request.inactivity = std::chrono::milliseconds(100);
        QCOMPARE(m_network.call(request, {}).error().code, Code::NetworkTimeout);
    }

    void headHasNoBody() {
        CannedServer server("HTTP/1.1 200 OK\r\nContent-Length: 12345\r\nConnection: close\r\n\r\n");
        auto request = get(server.url());
        request.verb = "HEAD";
        const auto answer = m_network.call(request, {});
        QVERIFY(answer);
        QCOMPARE(answer->header("Content-Length"), QByteArray("12345"));
    }

    void manyCallsRunSideBySide() {
        CannedServer server(answerWith("x"));
        std::vector<std::thread> threads;
        std::atomic<int> good{0};
        for (int i = 0; i < 12; ++i)
            threads.emplace_back([&] {
                for (int j = 0; j < 10; ++j)
                    if (const auto answer = m_network.call(get(server.url()), {}); answer && answer->body == "x")
                        ++good;
            });
        for (auto& thread : threads)
            thread.join();
        QCOMPARE(good.load(), 120);
    }

    void cancellingWhileItStreams() {
        CannedServer server(answerWith(pattern(50'000'000)));
        auto request = get(server.url());
        request.maxAnswer = 60'000'000;
        Cancel cancel;
        std::size_t after = 0;
        request.onBody = [&](std::string_view piece) -> Outcome<void> {
            if (cancel.cancelled())
                after += piece.size();
            cancel.cancel();
            return {};
        };
        QCOMPARE(m_network.call(request, cancel).error().code, Code::Cancelled);
        QVERIFY(after <= 2u << 20);
    }

    void whoLetsATimeOutPassIsAskedAgainOnlyWhereThatIsWanted() {
        for (const bool wanted : {false, true}) {
            CannedServer server("");
            net::Request request;
            request.url = QUrl(QString::fromStdString(server.url() + "/"));
            request.inactivity = std::chrono::milliseconds(100);
            net::Backoff backoff{2, std::chrono::milliseconds(1), std::chrono::milliseconds(1)};
            backoff.afterTimeout = wanted;
            QCOMPARE(net::callWithRetries(m_network, request, backoff, {}).error().code, Code::NetworkTimeout);
            QTRY_COMPARE_WITH_TIMEOUT(server.requests().size(), std::size_t(wanted ? 2 : 1),
                                      30'000); // it may be slower than who waits for it
        }
    }

    void delaysGrowAndAreShortened() {
        const net::Backoff backoff{5, std::chrono::milliseconds(100), std::chrono::milliseconds(1000)};
        for (int i = 0; i < 50; ++i) {
            const auto first = backoff.delay(1, {}).count(), third = backoff.delay(3, {}).count(),
                       tenth = backoff.delay(10, {}).count();
            QVERIFY(first >= 50 && first <= 100);
            QVERIFY(third >= 200 && third <= 400);
            QVERIFY(tenth >= 500 && tenth <= 1000);
        }
        QCOMPARE(backoff.delay(1, std::chrono::seconds(5)).count(), 5000);
        QCOMPARE(backoff.delay(1, std::chrono::seconds(3600)).count(), 30'000);
    }

    void hostsAsTheRegistrationHasThem() {
        QCOMPARE(net::hostPort(QUrl(QStringLiteral("https://Storage.Example/x"))), std::string("storage.example:443"));
        QCOMPARE(net::hostPort(QUrl(QStringLiteral("http://127.0.0.1:9000"))), std::string("127.0.0.1:9000"));
        QCOMPARE(net::hostPort(QUrl(QStringLiteral("http://[::1]/"))), std::string("[::1]:80"));
        QCOMPARE(net::hostPort("fe80::1", 5671), std::string("[fe80::1]:5671"));
    }

    void hostsAsARequestNamesThem() {
        QCOMPARE(net::hostHeader(QUrl(QStringLiteral("https://storage.example:443/x"))),
                 std::string("storage.example"));
        QCOMPARE(net::hostHeader(QUrl(QStringLiteral("https://storage.example:80"))),
                 std::string("storage.example:80"));
        QCOMPARE(net::hostHeader(QUrl(QStringLiteral("http://[::1]:9000/"))), std::string("[::1]:9000"));
        QCOMPARE(net::hostHeader(QUrl(QStringLiteral("http://[::1]"))), std::string("[::1]"));
    }
};

QTEST_GUILESS_MAIN(TestApiNet)
#include "tst_api_net.moc"
