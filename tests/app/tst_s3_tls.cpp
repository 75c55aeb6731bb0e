#include "app/net/slice_device.h"
#include "tests/app/s3_given.h"
#include "tests/support/certificates.h"
#include "tests/support/platform/scripted_server.h"

#include <QDir>
#include <QProcess>
#include <QtTest>

using namespace sealwright;
using namespace sealwright::tests;

/// The object store behind TLS, as it is anywhere but on this machine itself: a MinIO of this test's own.
class S3TlsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    test::Certificates m_certificates;
    std::shared_ptr<net::NetworkThread> m_network = std::make_shared<net::NetworkThread>();
    StorageCredentials m_credentials;
    StoreAccess m_access;
    bool m_started = false;
    std::size_t m_lets = 0; ///< bytes that the proxy carries of each connection's
    test::ScriptedServer m_proxy{[this](test::ScriptedServer::Wire& wire) {
        const auto name = QStringLiteral("CONNECT store.example:%1 HTTP/1.1").arg(port());
        if (!wire.head().starts_with(name.toStdString()))
            return;
        wire.say("HTTP/1.1 200 Connected\r\n\r\n");
        wire.relayTo(port(), m_lets);
    }};

    int port() const { return QUrl(QString::fromStdString(m_access.endpoint)).port(); }
    /// By a name that is nowhere but at the proxy.
    std::string byName() const { return "https://store.example:" + std::to_string(port()); }
    bool script(const char* verb) const {
        QProcess process;
        process.setStandardOutputFile(QProcess::nullDevice()); // the server keeps it open
        process.setStandardErrorFile(QProcess::nullDevice());
        process.start(QStringLiteral(SEALWRIGHT_SOURCE_DIR "/tests/support/servers/minio.sh"),
                      {QLatin1String(verb), m_folder.path()});
        return process.waitForFinished(180'000) && process.exitCode() == 0;
    }
    bool copy(const QString& from, const char* to) const {
        return QFile::copy(from, m_folder.filePath(QLatin1String(to)));
    }
    QByteArray told(const char* name) const {
        QFile env(m_folder.filePath(QStringLiteral("env")));
        const QByteArray start = QByteArray(name) + '=';
        if (env.open(QIODevice::ReadOnly))
            for (const auto& line : env.readAll().split('\n'))
                if (line.startsWith(start))
                    return line.mid(start.size());
        return {};
    }

private Q_SLOTS:
    void initTestCase() {
        qputenv("https_proxy", m_proxy.url().c_str()); // no connection to this machine itself goes there
        NEED_STORE("the S3 client with TLS");
        QVERIFY(m_certificates.authority("ca") && m_certificates.authority("other") &&
                m_certificates.server("server", "ca", "IP:127.0.0.1,DNS:store.example") &&
                m_certificates.chain("chain", "server", "ca"));
        QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("certs")) &&
                copy(m_certificates.path("chain"), "certs/public.crt") &&
                copy(m_certificates.key("server"), "certs/private.key"));
        m_started = script("start");
        QVERIFY(m_started);
        m_credentials = credentialsOf(told("SEALWRIGHT_S3_ACCESS_KEY"), told("SEALWRIGHT_S3_SECRET_KEY"));
        m_access = givenAccess("tls", m_credentials);
        m_access.endpoint = told("SEALWRIGHT_S3_ENDPOINT").toStdString();
        QVERIFY(m_access.endpoint.starts_with("https://"));
        m_access.caPem = m_certificates.text("ca");
        QCOMPARE(makeBucket(*m_network, m_access), std::string("ok"));
    }
    void cleanupTestCase() {
        if (m_started)
            QVERIFY(script("stop"));
    }

    void whatIsPutIsFetchedAgain_data() {
        QTest::addColumn<quint64>("size");
        QTest::addColumn<QString>("pinned");
        for (const char* pinned : {"by its file", "by its hash"})
            for (const quint64 size : {quint64{0}, quint64{100'000}, quint64{70 * mebibyte + 1}})
                QTest::addRow("%llu, the authority known %s", size, pinned) << size << QString::fromLatin1(pinned);
    }
    void whatIsPutIsFetchedAgain() {
        QFETCH(quint64, size);
        QFETCH(QString, pinned);
        S3Store store(std::make_shared<net::NetworkThread>()); // which has learned nothing yet
        StoreAccess access = m_access;
        if (pinned == QLatin1String("by its hash")) {
            access.caPem.clear();
            access.caSha256 = m_certificates.sha256("ca");
        }
        const std::string bytes = patterned(size);
        std::uint64_t last = 0;
        const auto facts = store.put(
            access, "loader/a", memorySource(bytes, "memory"), "text/csv",
            [&](std::uint64_t done, std::uint64_t) { last = done; }, Cancel());
        QCOMPARE(codeOf(facts), std::string("ok"));
        QVERIFY(last == size);
        MemorySink sink;
        QCOMPARE(codeOf(store.fetch(access, "loader/a", *facts, sink, quiet, Cancel())), std::string("ok"));
        QVERIFY(sink.bytes() == bytes);
    }

    void aProxyCarriesItAll() {
        m_lets = SIZE_MAX;
        S3Store store(m_network);
        StoreAccess access = m_access;
        access.endpoint = byName();
        const std::string bytes = patterned(40 * mebibyte + 1);
        const auto facts =
            store.put(access, "loader/proxied", memorySource(bytes, "memory"), "text/csv", quiet, Cancel());
        QCOMPARE(codeOf(facts), std::string("ok"));
        MemorySink sink;
        QCOMPARE(codeOf(store.fetch(access, "loader/proxied", *facts, sink, quiet, Cancel())), std::string("ok"));
        QVERIFY(sink.bytes() == bytes);
        QVERIFY(m_proxy.connections() > 0);
    }

    void behindAProxyNoMoreIsSentThanGoes() {
        m_lets = 20'000; // the handshake, but not the request's head, so that nothing is answered
        const std::shared_ptr<const ByteSource> source = memorySource(patterned(64 * mebibyte), "memory");
        net::Request request;
        request.verb = "PUT";
        request.url = QUrl(QString::fromStdString(byName() + "/bucket/object"));
        request.trust = {m_access.caPem, {}};
        request.headers = {{"x-filler", QByteArray(60'000, 'x')}};
        request.openBody = [source] { return std::make_unique<net::SliceDevice>(source, 0, source->size()); };
        request.inactivity = std::chrono::seconds(1);
        std::uint64_t most = 0;
        request.onSent = [&](std::uint64_t sent) { most = std::max(most, sent); };
        net::NetworkThread network;
        QCOMPARE(codeOf(network.call(request, Cancel())), std::string("network.timeout"));
        QVERIFY(most > 0);
        QVERIFY2(most < 24 * mebibyte, std::to_string(most).c_str()); // what systems hold of a connection
    }

    void nothingGoesToWhomNobodyVouchesFor_data() {
        QTest::addColumn<QString>("pem");
        QTest::addColumn<QString>("hash");
        const auto text = [this](const char* name) { return QString::fromStdString(m_certificates.text(name)); };
        QTest::newRow("another authority's file") << text("other") << QString();
        QTest::newRow("another authority's hash")
            << QString() << QString::fromStdString(m_certificates.sha256("other"));
        QTest::newRow("the system's authorities") << QString() << QString();
    }
    void nothingGoesToWhomNobodyVouchesFor() {
        QFETCH(QString, pem);
        QFETCH(QString, hash);
        // Small: the body alone goes out, on the connection that is to be refused.
        S3Store store(m_network);
        StoreAccess access = m_access;
        access.caPem = pem.toStdString();
        access.caSha256 = hash.toStdString();
        QCOMPARE(codeOf(store.put(access, "loader/b", memorySource("words", "memory"), "text/csv", quiet, Cancel())),
                 std::string("network.tls.unknown-authority"));
        QCOMPARE(codeOf(store.head(m_access, "loader/b", Cancel())), std::string("storage.not-found"));
    }
};

QTEST_GUILESS_MAIN(S3TlsTest)
#include "tst_s3_tls.moc"
