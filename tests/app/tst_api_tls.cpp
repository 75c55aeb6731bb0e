#include "app/api/rest_job_api.h"
#include "tests/support/certificates.h"
#include "tests/support/platform/need_store.h"
#include "tests/support/platform/platform_process.h"
#include "tests/support/platform/test_machine.h"

#include <QTest>

using namespace sealwright;
using test::Certificates;
using test::PlatformProcess;
using test::TestMachine;

/// TLS with a CA of one's own, by file and by hash (FORMAT.md §10).
class TestApiTls : public QObject {
    Q_OBJECT

    Certificates m_certificates;
    PlatformProcess m_platform;      ///< sends its CA along
    PlatformProcess m_quietPlatform; ///< sends its own certificate alone

    /// A fresh network thread each time: nothing learnt, no connection kept.
    Outcome<void> callWith(const PlatformProcess& platform, const std::string& caPem, const std::string& caSha256) {
        net::NetworkThread network;
        RestJobApi api(network, {1, {}, {}});
        return call(api, platform, caPem, caSha256);
    }
    Outcome<void> call(RestJobApi& api, const PlatformProcess& platform, const std::string& caPem,
                       const std::string& caSha256) {
        PlatformAccess access;
        access.url = platform.url();
        access.accessToken = crypto::SecretBytes(asBytes("nobody-knows-this-token"));
        access.caPem = caPem;
        access.caSha256 = caSha256;
        auto jobs = api.jobs(access, {});
        // Denied is as far as a stranger gets, and proof that it was answered.
        if (!jobs && jobs.error().code != Code::PlatformDenied)
            return jobs.failed();
        return {};
    }
    std::string codeOf(const Outcome<void>& outcome) {
        return outcome ? "answered" : std::string(stableId(outcome.error().code));
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("TLS to the platform");
        QVERIFY(m_certificates.authority("ca") && m_certificates.authority("other") &&
                m_certificates.server("server", "ca") && m_certificates.chain("chain", "server", "ca"));
        for (auto* platform : {&m_platform, &m_quietPlatform}) {
            platform->trust.caPem = m_certificates.text("ca");
            QVERIFY2(platform->start({QStringLiteral("--tls-cert"),
                                      m_certificates.path(platform == &m_platform ? "chain" : "server"),
                                      QStringLiteral("--tls-key"), m_certificates.key("server"), QStringLiteral("--ca"),
                                      m_certificates.path("ca")}),
                     platform->log().constData());
        }
    }

    void onlyTheRightAuthorityIsTrusted_data() {
        QTest::addColumn<bool>("sendsCa");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("pin");
        QTest::addColumn<QString>("outcome");
        const QString none, ca = QStringLiteral("ca"), other = QStringLiteral("other");
        const QString answered = QStringLiteral("answered"), refused = QStringLiteral("network.tls.unknown-authority");
        QTest::newRow("the system's") << true << none << none << refused;
        QTest::newRow("CA by file") << true << ca << none << answered;
        QTest::newRow("CA by file, not sent") << false << ca << none << answered;
        QTest::newRow("another CA by file") << true << other << none << refused;
        QTest::newRow("CA by hash") << true << none << ca << answered;
        QTest::newRow("CA by hash, not sent") << false << none << ca << refused;
        QTest::newRow("another CA by hash") << true << none << other << refused;
        QTest::newRow("both") << true << ca << ca << answered;
        QTest::newRow("both, not sent") << false << ca << ca << answered;
        QTest::newRow("file and hash differ") << true << ca << other << refused;
        QTest::newRow("another file than the hash") << true << other << ca << refused;
    }
    void onlyTheRightAuthorityIsTrusted() {
        QFETCH(bool, sendsCa);
        QFETCH(QString, file);
        QFETCH(QString, pin);
        QFETCH(QString, outcome);
        const auto outcomeNow =
            callWith(sendsCa ? m_platform : m_quietPlatform, file.isEmpty() ? "" : m_certificates.text(file.toLatin1()),
                     pin.isEmpty() ? "" : m_certificates.sha256(pin.toLatin1()));
        QCOMPARE(QString::fromStdString(codeOf(outcomeNow)), outcome);
    }

    void theServersOwnHashIsNoAuthority() {
        QCOMPARE(codeOf(callWith(m_platform, "", m_certificates.sha256("server"))),
                 std::string("network.tls.unknown-authority"));
    }

    void noConnectionIsSharedBetweenTrusts() {
        net::NetworkThread network;
        RestJobApi api(network, {1, {}, {}});
        QCOMPARE(codeOf(call(api, m_platform, m_certificates.text("ca"), "")), std::string("answered"));
        // The connection is still open; it must serve nobody who asks for more.
        QCOMPARE(codeOf(call(api, m_platform, m_certificates.text("other"), "")),
                 std::string("network.tls.unknown-authority"));
        QCOMPARE(codeOf(call(api, m_platform, "", m_certificates.sha256("other"))),
                 std::string("network.tls.unknown-authority"));
        QCOMPARE(codeOf(call(api, m_platform, "", "")), std::string("network.tls.unknown-authority"));
        QCOMPARE(codeOf(call(api, m_platform, m_certificates.text("ca"), "")), std::string("answered"));
    }

    void theCertificateMustBeOfThisHost() {
        net::NetworkThread network;
        RestJobApi api(network, {1, {}, {}});
        PlatformAccess access;
        access.url = m_platform.url();
        access.url.replace(access.url.find("127.0.0.1"), 9, "localhost");
        access.accessToken = crypto::SecretBytes(asBytes("nobody-knows-this-token"));
        access.caPem = m_certificates.text("ca");
        QCOMPARE(api.jobs(access, {}).error().code, Code::NetworkTlsWrongHost);
    }

    void registrationOverPinnedTls() {
        net::NetworkThread network;
        RestJobApi api(network);
        const auto text = m_platform.invitation();
        const auto invitation = parseInvitation(text, now());
        QVERIFY(invitation);
        QCOMPARE(invitation->caSha256, m_certificates.sha256("ca"));
        auto machine = TestMachine::make();
        machine.access.caSha256 = invitation->caSha256;
        QVERIFY(machine.registerWith(api, text).ok());
        QVERIFY(api.jobs(machine.access, {}).ok());
    }
};

QTEST_GUILESS_MAIN(TestApiTls)
#include "tst_api_tls.moc"
