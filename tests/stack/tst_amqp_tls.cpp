#include "tests/stack/amqp_teller.h"
#include "tests/support/certificates.h"
#include "tests/support/faults/fault_report.h"

#include <QSslCertificate>
#include <QTcpServer>
#include <QTcpSocket>

using namespace sealwright;
using namespace sealwright::test;

namespace {

/// A server of TLS that is no broker, by the openssl program.
class TlsServer {
public:
    bool start(const Certificates& certificates, const char* name, const QStringList& more = {}) {
        QTcpServer free;
        if (!free.listen(QHostAddress::LocalHost))
            return false;
        m_port = free.serverPort();
        free.close();
        m_process.start(QStringLiteral("openssl"),
                        QStringList{QStringLiteral("s_server"), QStringLiteral("-quiet"), QStringLiteral("-accept"),
                                    QStringLiteral("127.0.0.1:%1").arg(m_port), QStringLiteral("-cert"),
                                    certificates.path(name), QStringLiteral("-key"), certificates.key(name)} +
                            more);
        if (!m_process.waitForStarted())
            return false;
        return QTest::qWaitFor(
            [&] {
                QTcpSocket socket;
                socket.connectToHost(QHostAddress::LocalHost, m_port);
                return socket.waitForConnected(1000);
            },
            10'000);
    }
    ~TlsServer() {
        m_process.kill();
        m_process.waitForFinished();
    }
    std::string url() const { return "amqps://127.0.0.1:" + std::to_string(m_port); }

private:
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace

/// Which servers the client for AMQP takes for its broker, by their certificates.
class StackAmqpTlsTest : public QObject {
    Q_OBJECT

    net::NetworkThread m_network;
    std::unique_ptr<BrokerDesk> m_desk; ///< so that the broker knows who tells
    Certificates m_certificates;

private Q_SLOTS:
    void initTestCase() {
        NEED_STACK();
        m_desk = std::make_unique<BrokerDesk>();
        QVERIFY(m_desk->good());
        QVERIFY(m_certificates.authority("ca") && m_certificates.authority("other") &&
                m_certificates.server("server", "ca") && m_certificates.expired("expired", "ca") &&
                m_certificates.server("elsewhere", "ca", "DNS:elsewhere.example"));
    }

    void certificatesAreJudged_data() {
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("trusted");
        QTest::addColumn<QString>("code");
        const auto row = [](const char* server, const char* trusted, const char* code) {
            QTest::addRow("%s, %s", server, trusted)
                << QString::fromLatin1(server) << QString::fromLatin1(trusted) << QString::fromLatin1(code);
        };
        row("server", "ca", "broker.failed"); // the certificate is good; what is behind it speaks no AMQP
        row("server", "other", "network.tls.unknown-authority");
        row("server", "", "network.tls.unknown-authority");
        row("expired", "ca", "network.tls.expired");
        row("expired", "other", "network.tls.unknown-authority");
        row("elsewhere", "ca", "network.tls.wrong-host");
        row("too old", "ca", "network.tls.too-old");
    }
    void certificatesAreJudged() {
        QFETCH(QString, server);
        QFETCH(QString, trusted);
        QFETCH(QString, code);
        const bool tooOld = server == QLatin1String("too old");
        TlsServer there;
        QVERIFY(there.start(m_certificates, tooOld ? "server" : server.toLatin1().constData(),
                            tooOld ? QStringList{QStringLiteral("-tls1_1"), QStringLiteral("-cipher"),
                                                 QStringLiteral("ALL:@SECLEVEL=0")}
                                   // A line of HTML to whoever writes a line: some server that is no broker.
                                   : QStringList{QStringLiteral("-rev")}));
        AmqpFeedback feedback(m_network, once, impatient);
        Teller teller(there.url());
        teller.access.caPem = trusted.isEmpty() ? std::string() : m_certificates.text(trusted.toLatin1());
        const auto outcome = QString::fromStdString(teller.tell(feedback, uuid()));
        if (code == QLatin1String("broker.failed")) // by how it takes what it does not understand
            QVERIFY2(outcome.startsWith(QLatin1String("broker.")), outcome.toUtf8());
        else
            QCOMPARE(outcome, code);
        const auto fault = tooOld                                      ? "tls-too-old"
                           : code.endsWith(QLatin1String("expired"))   ? "certificate-expired"
                           : code.endsWith(QLatin1String("host"))      ? "certificate-wrong-host"
                           : code.endsWith(QLatin1String("authority")) ? "certificate-unknown-ca"
                                                                       : "";
        if (*fault)
            QVERIFY(noteFault(
                {fault, "rabbitmq", "told an event to a server of that kind", "nothing was sent; the event waits"},
                *teller.failure));
    }

    void theAuthorityMayBeKnownByItsHashAlone() {
        AmqpFeedback feedback(m_network, once);
        Teller teller;
        teller.access.caPem.clear();
        teller.access.caSha256 = QSslCertificate::fromPath(stackValue("AMQP_CA"))
                                     .first()
                                     .digest(QCryptographicHash::Sha256)
                                     .toHex()
                                     .toStdString();
        QCOMPARE(teller.tell(feedback, uuid()), std::string("sent"));
        teller.access.caSha256 = m_certificates.sha256("other");
        QCOMPARE(teller.tell(feedback, uuid()), std::string("network.tls.unknown-authority"));
    }

    void aPlainServerIsNoTlsServer() {
        AmqpFeedback feedback(m_network, once, impatient);
        const auto url = "amqps" + stackValue("AMQP_URL").toStdString().substr(4);
        QCOMPARE(Teller(url).tell(feedback, uuid()), std::string("network.tls"));
    }
};

QTEST_GUILESS_MAIN(StackAmqpTlsTest)
#include "tst_amqp_tls.moc"
