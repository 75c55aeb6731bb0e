#include "app/net/network_thread.h"
#include "app/net/slice_device.h"
#include "tests/app/s3_given.h"
#include "tests/support/platform/scripted_server.h"

#include <QTest>

#include <mutex>
#include <thread>

using namespace sealwright;
using test::ScriptedServer;
using tests::mebibyte;
using Wire = ScriptedServer::Wire;

namespace {

const std::string good = "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nContent-Length: 2\r\n\r\nok";

net::Request put(const ScriptedServer& server, const std::string& bytes) {
    const std::shared_ptr<const ByteSource> source = memorySource(bytes, "bytes");
    net::Request request;
    request.verb = "PUT";
    request.url = QUrl(QString::fromStdString(server.url() + "/part?x=%2F"));
    request.openBody = [source] { return std::make_unique<net::SliceDevice>(source, 0, source->size()); };
    return request;
}

/// What arrived, kept for the test's thread.
class Seen {
public:
    void add(std::string text) {
        const std::lock_guard lock(m_mutex);
        m_all.push_back(std::move(text));
    }
    std::vector<std::string> all() {
        const std::lock_guard lock(m_mutex);
        return m_all;
    }

private:
    std::mutex m_mutex;
    std::vector<std::string> m_all;
};

template <class T>
std::string codeOf(const Outcome<T>& outcome) {
    return tests::codeOf(outcome);
}

} // namespace

/// Requests whose bodies are devices: what becomes of them when servers treat their connections as they like.
class TestBodies : public QObject {
    Q_OBJECT

    net::NetworkThread m_network;
    const std::string m_bytes = tests::patterned(3 * mebibyte + 17);

    void answerAll(Wire& wire, Seen& seen) const {
        for (;;) {
            const auto head = wire.head();
            if (head.empty())
                return;
            seen.add(head + wire.body(test::lengthNamedIn(head)));
            wire.say(good);
        }
    }

private Q_SLOTS:
    void theHeadSaysWhatTheContractNames() {
        Seen seen;
        const ScriptedServer server([&](Wire& wire) { answerAll(wire, seen); });
        auto request = put(server, "body");
        request.headers = {{"x-amz-date", "now"}};
        request.secretHeaders = {{"Authorization", std::make_shared<crypto::SecretBytes>(asBytes("secret words"))}};
        const auto answer = m_network.call(request, {});
        QVERIFY(answer);
        QCOMPARE(answer->status, 200);
        QCOMPARE(answer->header("etag"), QByteArray("\"e\""));
        QCOMPARE(answer->body, QByteArray("ok"));
        QCOMPARE(QByteArray::fromStdString(seen.all().at(0)),
                 QByteArray("PUT /part?x=%2F HTTP/1.1\r\nHost: " + QByteArray::fromStdString(server.url().substr(7)) +
                            "\r\nContent-Length: 4\r\nUser-Agent: sealwright/" SEALWRIGHT_VERSION
                            "\r\nAccept-Encoding: identity\r\nAccept-Language: en\r\n"
                            "Content-Type: application/octet-stream\r\nx-amz-date: now\r\n"
                            "Authorization: secret words\r\n\r\nbody"));
    }

    void aHeaderCannotEndItsLine() {
        Seen seen;
        const ScriptedServer server([&](Wire& wire) { answerAll(wire, seen); });
        auto request = put(server, "body");
        request.secretHeaders = {
            {"x-amz-security-token", std::make_shared<crypto::SecretBytes>(asBytes("a\r\nx-other: b"))}};
        QCOMPARE(codeOf(m_network.call(request, {})), std::string("internal.bug"));
        QCOMPARE(server.connections(), 0);
    }

    void aConnectionIsUsedAgain() {
        Seen seen;
        const ScriptedServer server([&](Wire& wire) { answerAll(wire, seen); });
        for (int i = 0; i < 4; ++i)
            QVERIFY(m_network.call(put(server, m_bytes), {}));
        QCOMPARE(seen.all().size(), std::size_t{4});
        QCOMPARE(server.connections(), 1);
        QVERIFY(seen.all()[3].ends_with("\r\n\r\n" + m_bytes));
    }

    void butNotUnderAnotherTrust() {
        Seen seen;
        const ScriptedServer server([&](Wire& wire) { answerAll(wire, seen); });
        QVERIFY(m_network.call(put(server, m_bytes), {}));
        auto request = put(server, m_bytes);
        request.trust.caSha256 = std::string(64, 'a');
        QVERIFY(m_network.call(request, {}));
        QCOMPARE(server.connections(), 2);
    }

    void oneThatEndedMeanwhileIsMadeAnew_data() {
        QTest::addColumn<bool>("silently");
        QTest::newRow("while nobody uses it") << false;
        QTest::newRow("when the next request comes") << true;
    }
    void oneThatEndedMeanwhileIsMadeAnew() {
        QFETCH(bool, silently);
        Seen seen;
        const ScriptedServer server([&](Wire& wire) {
            if (wire.number() > 0)
                return answerAll(wire, seen);
            const auto head = wire.head();
            seen.add(head + wire.body(test::lengthNamedIn(head)));
            wire.say(good);
            if (silently)
                (void)wire.head();
        });
        QVERIFY(m_network.call(put(server, m_bytes), {}));
        QVERIFY(m_network.call(put(server, m_bytes), {}));
        QCOMPARE(server.connections(), 2);
        QVERIFY(seen.all().at(1).ends_with("\r\n\r\n" + m_bytes));
    }

    void oneThatIsNewIsNotTriedAgain() {
        const ScriptedServer server([&](Wire& wire) { (void)wire.head(); });
        QCOMPARE(codeOf(m_network.call(put(server, m_bytes), {})), std::string("network.unreachable"));
        QCOMPARE(server.connections(), 1);
    }

    void oneThatSaysMoreThanItsAnswerIsNotUsedAgain() {
        Seen seen;
        const ScriptedServer server([&](Wire& wire) {
            const auto head = wire.head();
            (void)wire.body(test::lengthNamedIn(head));
            wire.say(good + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            wire.rest();
        });
        QVERIFY(m_network.call(put(server, m_bytes), {}));
        QVERIFY(m_network.call(put(server, m_bytes), {}));
        QCOMPARE(server.connections(), 2);
    }

    void aNoBeforeTheBodyHasGoneIsUnderstood_data() {
        QTest::addColumn<bool>("ends");
        QTest::newRow("and the server has no more to say") << true; // as servers do that want to be heard
        QTest::newRow("and the server goes on, listening to nothing") << false;
    }
    void aNoBeforeTheBodyHasGoneIsUnderstood() {
        QFETCH(bool, ends);
        const ScriptedServer server([&](Wire& wire) {
            (void)wire.head();
            wire.say("HTTP/1.1 403 Forbidden\r\nContent-Length: 8\r\n\r\n<Error/>");
            if (ends)
                wire.sayNoMore();
            wire.rest();
        });
        const auto answer = m_network.call(put(server, tests::patterned(32 * mebibyte)), {});
        QVERIFY2(answer, codeOf(answer).c_str());
        QCOMPARE(answer->status, 403);
        QCOMPARE(answer->body, QByteArray("<Error/>"));
    }

    void aYesBeforeTheBodyHasGoneIsNoAnswer() {
        const ScriptedServer server([&](Wire& wire) {
            (void)wire.head();
            wire.say(good);
            wire.rest();
        });
        QCOMPARE(codeOf(m_network.call(put(server, tests::patterned(32 * mebibyte)), {})),
                 std::string("network.unreachable"));
    }

    void noRedirectIsFollowed() {
        const ScriptedServer server([&](Wire& wire) {
            const auto head = wire.head();
            (void)wire.body(test::lengthNamedIn(head));
            wire.say("HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
        });
        QCOMPARE(codeOf(m_network.call(put(server, m_bytes), {})), std::string("network.redirect"));
    }

    void anAnswerTooLongIsRefused() {
        const ScriptedServer server([&](Wire& wire) {
            const auto head = wire.head();
            (void)wire.body(test::lengthNamedIn(head));
            wire.say("HTTP/1.1 200 OK\r\n\r\n" + std::string(2 * mebibyte, 'x'));
            wire.rest();
        });
        auto request = put(server, m_bytes);
        request.tooLarge = Code::StorageFailed;
        QCOMPARE(codeOf(m_network.call(request, {})), std::string(stableId(Code::StorageFailed)));
    }

    void silenceEndsWhereNothingIsTakenOrNothingSaid_data() {
        QTest::addColumn<bool>("takes");
        QTest::newRow("nothing is taken") << false;
        QTest::newRow("nothing is said") << true;
    }
    void silenceEndsWhereNothingIsTakenOrNothingSaid() {
        QFETCH(bool, takes);
        const ScriptedServer server([&](Wire& wire) {
            const auto head = wire.head();
            if (takes)
                (void)wire.body(test::lengthNamedIn(head));
            wire.rest();
        });
        auto request = put(server, tests::patterned(32 * mebibyte));
        request.inactivity = std::chrono::milliseconds(300);
        QCOMPARE(codeOf(m_network.call(request, {})), std::string("network.timeout"));
    }

    void cancellingEndsItAmidTheBody() {
        Cancel cancel;
        const ScriptedServer server([&](Wire& wire) {
            (void)wire.head();
            (void)wire.body(mebibyte);
            cancel.cancel();
            wire.rest();
        });
        QCOMPARE(codeOf(m_network.call(put(server, tests::patterned(32 * mebibyte)), cancel)),
                 std::string("cancelled"));
    }

    void manyAtOnceShareSixConnections() {
        Seen seen;
        const ScriptedServer server([&](Wire& wire) { answerAll(wire, seen); });
        std::vector<std::thread> callers;
        std::atomic<int> well{0};
        for (int i = 0; i < 30; ++i)
            callers.emplace_back([&] { well += m_network.call(put(server, m_bytes), {}).ok() ? 1 : 0; });
        for (auto& caller : callers)
            caller.join();
        QCOMPARE(well.load(), 30);
        QVERIFY(server.connections() <= 6);
        for (const auto& request : seen.all())
            QVERIFY(request.ends_with("\r\n\r\n" + m_bytes));
    }
};

QTEST_GUILESS_MAIN(TestBodies)
#include "tst_bodies.moc"
