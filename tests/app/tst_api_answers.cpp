#include "app/api/rest_feedback.h"
#include "app/api/rest_job_api.h"
#include "models/domain/document.h"
#include "tests/support/platform/canned_server.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <thread>

using namespace sealwright;
using test::cannedJson;
using test::CannedServer;

namespace {

/// JSON with ' for ", because moc does not read raw strings.
std::string json(std::string text) {
    std::replace(text.begin(), text.end(), '\'', '"');
    return text;
}

} // namespace

/// RestJobApi where the other side is no honest platform, or not there.
class TestApiAnswers : public QObject {
    Q_OBJECT

    net::NetworkThread m_network;
    RestJobApi m_api{m_network, {2, std::chrono::milliseconds(1), std::chrono::milliseconds(2)}};

    static PlatformAccess accessTo(const std::string& url) {
        PlatformAccess access;
        access.url = url;
        access.accessToken = crypto::SecretBytes(asBytes("a-token-that-is-long-enough"));
        return access;
    }
    Failure jobsFailure(const std::string& answer) {
        CannedServer server(answer);
        auto jobs = m_api.jobs(accessTo(server.url()), {});
        return jobs ? Failure(Code::InternalBug) : jobs.error();
    }

private Q_SLOTS:
    void answersThatAreNotTheContracts_data() {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("fact");
        QTest::newRow("no JSON") << QByteArray("<html>") << QByteArray("body");
        QTest::newRow("cut off") << QByteArray("{'jobs': [") << QByteArray("body");
        QTest::newRow("an array") << QByteArray("[]") << QByteArray("body");
        QTest::newRow("a member twice") << QByteArray("{'jobs': [], 'jobs': []}") << QByteArray("body");
        QTest::newRow("member missing") << QByteArray("{}") << QByteArray("jobs");
        QTest::newRow("no list") << QByteArray("{'jobs': {}}") << QByteArray("jobs");
        QTest::newRow("no entry") << QByteArray("{'jobs': [1]}") << QByteArray("body");
        QTest::newRow("id no UUID") << QByteArray("{'jobs': [{'job_id': '../x', 'state': 'pending', 'job': 'a.b.c', "
                                                  "'updated': '2026-01-15T11:00:00Z'}]}")
                                    << QByteArray("job_id");
        QTest::newRow("state unknown") << QByteArray(
                                              "{'jobs': [{'job_id': '0b54c1de-3c0a-4b53-9d7b-1c9d3a2f4e10', 'state': "
                                              "'odd', 'job': 'a.b.c', 'updated': '2026-01-15T11:00:00Z'}]}")
                                       << QByteArray("state");
        QTest::newRow("no time") << QByteArray("{'jobs': [{'job_id': '0b54c1de-3c0a-4b53-9d7b-1c9d3a2f4e10', 'state': "
                                               "'done', 'job': 'a.b.c', 'updated': 'now'}]}")
                                 << QByteArray("updated");
    }
    void answersThatAreNotTheContracts() {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, fact);
        const auto failure = jobsFailure(cannedJson(json(body.toStdString())));
        QCOMPARE(failure.code, Code::PlatformAnswerInvalid);
        QCOMPARE(failure.facts.at(0), fact.toStdString());
    }

    void newMembersArePassedOver() {
        CannedServer server(cannedJson(json("{'jobs': [], 'next': '2026'}")));
        QVERIFY(m_api.jobs(accessTo(server.url()), {}).ok());
    }

    void statusesAreTold_data() {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<int>("code");
        const auto row = [](const char* status, Code code) {
            QTest::newRow(status) << QByteArray(status) << static_cast<int>(code);
        };
        row("400 Bad Request", Code::PlatformRejected);
        row("401 Unauthorized", Code::PlatformDenied);
        row("403 Forbidden", Code::PlatformDenied);
        row("404 Not Found", Code::PlatformRejected);
        row("409 Conflict", Code::PlatformConflict);
        row("413 Payload Too Large", Code::PlatformRejected);
        row("422 Unprocessable Entity", Code::PlatformRejected);
        row("429 Too Many Requests", Code::PlatformFailed);
        row("500 Internal Server Error", Code::PlatformFailed);
        row("503 Service Unavailable", Code::PlatformFailed);
        row("301 Moved Permanently", Code::NetworkRedirect);
        row("307 Temporary Redirect", Code::NetworkRedirect);
    }
    void statusesAreTold() {
        QFETCH(QByteArray, status);
        QFETCH(int, code);
        const auto failure = jobsFailure("HTTP/1.1 " + status.toStdString() +
                                         "\r\nLocation: http://127.0.0.1:1/\r\nWWW-Authenticate: "
                                         "Bearer\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        QCOMPARE(std::string(stableId(failure.code)), std::string(stableId(static_cast<Code>(code))));
        if (failure.code != Code::NetworkRedirect)
            QCOMPARE(failure.facts.at(0), "status " + status.left(3).toStdString());
    }

    void howLongToWaitIsTold() {
        CannedServer server("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n"
                            "Connection: close\r\n\r\n");
        const auto failure = m_api.jobs(accessTo(server.url()), {}).error();
        QCOMPARE(failure.code, Code::PlatformFailed);
        QCOMPARE(failure.retryAfter, 1u);
    }

    void aRevokedMachineIsToldApart() {
        const auto body = json("{'type': 'urn:x', 'title': 't', 'status': 403, 'code': 'machine.revoked'}");
        const auto answer = [&](const char* status) {
            return jobsFailure(std::string("HTTP/1.1 ") + status +
                               "\r\nContent-Type: application/problem+json\r\nContent-Length: " +
                               std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
        };
        QCOMPARE(answer("403 Forbidden").code, Code::MachineRevoked);
        QCOMPARE(answer("409 Conflict").code, Code::PlatformConflict);
    }

    void aProblemIsTamed() {
        const auto body =
            json("{'type': 'urn:x', 'title': 't', 'status': 409, 'code': 'job.finished', 'detail': 'one\\ntwo " +
                 std::string(1000, 'x') + "'}");
        const auto failure =
            jobsFailure("HTTP/1.1 409 Conflict\r\nContent-Type: application/problem+json\r\nContent-Length: " +
                        std::to_string(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
        QCOMPARE(failure.code, Code::PlatformConflict);
        QCOMPARE(failure.facts.at(0), std::string("job.finished"));
        QCOMPARE(failure.facts.at(1).substr(0, 7), std::string("one two"));
        QVERIFY(failure.facts.at(1).size() <= 303);
    }

    void aTokenThatIsNoneIsRefused() {
        CannedServer server(
            cannedJson(json("{'registration': 'a.b.c', 'access_token': 'two\\r\\nlines'}"), "201 Created"));
        const auto registered = m_api.finishRegistration(accessTo(server.url()), "a.b.c", {});
        QCOMPARE(registered.error().code, Code::PlatformAnswerInvalid);
    }

    void anAnswerWithoutEndIsCutOff() {
        // A job may be as long as its JWS, and some.
        const auto big = std::string(2u << 20, ' ');
        CannedServer server(cannedJson(big));
        const auto job = m_api.job(accessTo(server.url()), "0b54c1de-3c0a-4b53-9d7b-1c9d3a2f4e10", {});
        QCOMPARE(job.error().code, Code::PlatformAnswerInvalid);
    }

    void aJobMayBeAsLongAsItsDocumentMayBe() {
        const std::string jws(maxJwsBytes, 'a');
        CannedServer server(cannedJson(json("{'job_id': '0b54c1de-3c0a-4b53-9d7b-1c9d3a2f4e10', 'state': 'pending', "
                                            "'job': '" +
                                            jws + "', 'updated': '2026-01-15T11:00:00Z'}")));
        const auto job = m_api.job(accessTo(server.url()), "0b54c1de-3c0a-4b53-9d7b-1c9d3a2f4e10", {});
        QVERIFY(job.ok());
        QVERIFY(job->jws == jws);
        // What the contract allows is enough for a document of the largest size, and the same on both sides.
        QVERIFY(maxJwsBytes > maxDocumentBytes * 4 / 3 + 500);
        QFile contract(QStringLiteral(SEALWRIGHT_SOURCE_DIR "/resources/openapi/sealwright-platform.json"));
        QVERIFY(contract.open(QIODevice::ReadOnly));
        const auto document = crypto::parseControlJson(contract.readAll().toStdString(), maxManifestBytes);
        const auto* schema = document->find("components")->find("schemas")->find("Jws")->find("maxLength");
        QCOMPARE(*schema->integer(), static_cast<std::int64_t>(maxJwsBytes));
    }

    void anAnswerCutShortIsNoAnswer() {
        const auto failure =
            jobsFailure("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\n{\"jobs\": []}");
        QCOMPARE(failure.code, Code::NetworkUnreachable);
    }

    void plainHttpGoesToLoopbackAlone() {
        for (const char* url : {"http://192.0.2.1:8080", "http://platform.example", "ftp://127.0.0.1",
                                "http://127.0.0.1.example", "", "nonsense"})
            QCOMPARE(m_api.jobs(accessTo(url), {}).error().code, Code::NetworkPlainHttp);
        QCOMPARE(m_api.jobs(accessTo("http://127.0.0.1:1"), {}).error().code, Code::NetworkUnreachable);
        QCOMPARE(m_api.jobs(accessTo("http://localhost:1"), {}).error().code, Code::NetworkUnreachable);
        QCOMPARE(m_api.jobs(accessTo("http://[::1]:1"), {}).error().code, Code::NetworkUnreachable);
    }

    void aHostThatIsNotThereIsUnreachable() {
        const auto failure = m_api.jobs(accessTo("https://platform.invalid"), {}).error();
        QCOMPARE(failure.code, Code::NetworkUnreachable);
        QCOMPARE(failure.facts.at(0), std::string("platform.invalid:443"));
    }

    void aCallIsCancelledWhileNobodyAnswers() {
        CannedServer silent{std::string()};
        Cancel cancel;
        std::thread later([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            cancel.cancel();
        });
        const auto jobs = m_api.jobs(accessTo(silent.url()), cancel);
        later.join();
        QCOMPARE(jobs.error().code, Code::Cancelled);
        QCOMPARE(m_api.jobs(accessTo(silent.url()), cancel).error().code, Code::Cancelled); // already
    }

    void onlyAProblemOfThePlatformsIsANoForGood_data() {
        QTest::addColumn<QByteArray>("statusLine");
        QTest::addColumn<QByteArray>("problem");
        QTest::addColumn<QByteArray>("outcome");
        const auto row = [](const char* name, const char* status, const char* problem, const char* outcome) {
            QTest::newRow(name) << QByteArray(status) << QByteArray(problem) << QByteArray(outcome);
        };
        row("refused", "422 Unprocessable", "manifest.refused", "platform.rejected");
        row("finished", "409 Conflict", "job.finished", "platform.conflict");
        row("a stranger", "401 Unauthorized", "token.unknown", "platform.denied");
        row("unknown", "404 Not Found", "job.unknown", "job.not-found");
        row("a gateway's page", "404 Not Found", "", "platform.failed");
        row("a gateway's door", "403 Forbidden", "", "platform.failed");
        row("not now", "500 Internal", "internal", "platform.failed");
    }
    void onlyAProblemOfThePlatformsIsANoForGood() {
        QFETCH(QByteArray, statusLine);
        QFETCH(QByteArray, problem);
        QFETCH(QByteArray, outcome);
        std::string answer =
            problem.isEmpty() ? "HTTP/1.1 " + statusLine.toStdString() +
                                    "\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>"
                              : cannedJson("{\"code\": \"" + problem.toStdString() + "\"}", statusLine.toStdString());
        if (const auto type = answer.find("application/json"); type != std::string::npos)
            answer.replace(type, 16, "application/problem+json");
        CannedServer server(answer);
        RestFeedback feedback(m_network, {1, {}, {}});
        const auto access = accessTo(server.url());
        const auto sent =
            feedback.send({{}, access, nullptr},
                          {"5e0d8c8a-6a52-4c36-8f6e-1d2b7a9c0f11", "0b54c1de-3c0a-4b53-9d7b-1c9d3a2f4e10", "{}"}, {});
        QVERIFY(!sent.ok());
        QCOMPARE(QByteArray::fromStdString(std::string(stableId(sent.error().code))), outcome);
        QCOMPARE(isRefusal(sent.error().code), outcome != "platform.failed");
    }
};

QTEST_GUILESS_MAIN(TestApiAnswers)
#include "tst_api_answers.moc"
