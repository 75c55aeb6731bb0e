#include "app/s3/part_sizes.h"
#include "app/s3/s3_call.h"
#include "crypto/stream/digest.h"
#include "tests/app/s3_given.h"
#include "tests/support/not_tried.h"

#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QtTest>

#include <future>

using namespace sealwright;
using namespace sealwright::tests;

namespace {

/// A source that lets a test know, once, that it is being read behind a place.
class WatchedSource : public ByteSource {
public:
    WatchedSource(std::string bytes, std::uint64_t place, std::function<void()> reached)
        : m_bytes(std::move(bytes)), m_place(place), m_reached(std::move(reached)) {}
    std::uint64_t size() const override { return m_bytes.size(); }
    std::string name() const override { return "watched"; }
    Outcome<std::size_t> readAt(std::uint64_t offset, MutableBytes out) const override {
        if (offset >= m_place)
            std::call_once(m_once, m_reached);
        const std::size_t size =
            std::min<std::size_t>(out.size(), m_bytes.size() - std::min<std::size_t>(offset, m_bytes.size()));
        std::copy_n(m_bytes.data() + offset, size, reinterpret_cast<char*>(out.data()));
        return size;
    }

private:
    const std::string m_bytes;
    const std::uint64_t m_place;
    const std::function<void()> m_reached;
    mutable std::once_flag m_once;
};

} // namespace

class S3StoreTest : public QObject {
    Q_OBJECT

    std::shared_ptr<net::NetworkThread> m_network = std::make_shared<net::NetworkThread>();
    S3Store m_store{m_network};
    StorageCredentials m_credentials;
    StoreAccess m_access;

    s3::Call bucketCall(const char* verb, s3::Pairs query = {}) const {
        s3::Call call;
        call.verb = verb;
        call.query = std::move(query);
        return call;
    }
    /// Uploads that were begun and neither completed nor aborted.
    int openUploads() {
        const auto answer = s3::perform(*m_network, m_access, bucketCall("GET", {{"uploads", ""}}), Cancel());
        return answer ? static_cast<int>(answer->body.count("<Upload>")) : -1;
    }
    std::string fetched(const std::string& object) {
        const auto facts = m_store.head(m_access, object, Cancel());
        MemorySink sink;
        if (!facts || !m_store.fetch(m_access, object, *facts, sink, quiet, Cancel()))
            return "could not be fetched";
        return sink.bytes();
    }
    std::string put(const std::string& object, std::string bytes) {
        return codeOf(m_store.put(m_access, object, memorySource(std::move(bytes), "memory"),
                                  "application/octet-stream", quiet, Cancel()));
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("the S3 client");
        m_credentials = givenCredentials();
        m_access = givenAccess("store", m_credentials);
        QCOMPARE(makeBucket(*m_network, m_access), std::string("ok"));
    }

    void whatIsPutIsFetchedAgain_data() {
        QTest::addColumn<quint64>("size");
        QTest::newRow("empty") << quint64{0};
        QTest::newRow("one byte") << quint64{1};
        QTest::newRow("small") << quint64{100'000};
        QTest::newRow("last without parts") << quint64{s3::multipartFrom - 1};
        QTest::newRow("first in parts") << quint64{s3::multipartFrom};
        QTest::newRow("40 MiB and a byte") << quint64{40 * mebibyte + 1};
    }

    void whatIsPutIsFetchedAgain() {
        QFETCH(quint64, size);
        const std::string bytes = patterned(size);
        const std::string object = "loader/a/" + std::to_string(size);
        std::uint64_t last = 0, total = size;
        const auto facts = m_store.put(
            m_access, object, memorySource(bytes, "memory"), "text/csv",
            [&](std::uint64_t done, std::uint64_t all) {
                last = done;
                total = all;
            },
            Cancel());
        QCOMPARE(codeOf(facts), std::string("ok"));
        QVERIFY(facts->size == size);
        QVERIFY(last == size);
        QVERIFY(total == size);
        const auto there = m_store.head(m_access, object, Cancel());
        QCOMPARE(codeOf(there), std::string("ok"));
        QVERIFY(there->size == size);
        QCOMPARE(there->etag, facts->etag);
        QVERIFY(fetched(object) == bytes);
        QCOMPARE(openUploads(), 0);
    }

    void theContentTypeIsKept() {
        QCOMPARE(
            codeOf(m_store.put(m_access, "typed", memorySource("{}", "memory"), "application/jose", quiet, Cancel())),
            std::string("ok"));
        s3::Call call = bucketCall("GET");
        call.object = "typed";
        const auto answer = s3::perform(*m_network, m_access, call, Cancel());
        QCOMPARE(answer->header("Content-Type"), QByteArray("application/jose"));
    }

    void oddNames_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"with space", "plus+and&amp", "per%20cent", "a=b?c#d", "ümläut/語", "(1)'~*!$,;:@",
                                 "quote\"s", "back\\slash", "a/b/c.csv.manifest.json", "ends with dot."})
            QTest::newRow(name) << QString::fromUtf8(name);
    }

    void oddNames() {
        QFETCH(QString, name);
        const std::string object = "odd/" + name.toStdString();
        QCOMPARE(put(object, name.toStdString()), std::string("ok"));
        QCOMPARE(fetched(object), name.toStdString());
        QCOMPARE(codeOf(m_store.remove(m_access, object, Cancel())), std::string("ok"));
        QCOMPARE(codeOf(m_store.head(m_access, object, Cancel())), std::string("storage.not-found"));
    }

    void wrongCredentialsAreDenied_data() {
        QTest::addColumn<bool>("wrongSecret");
        QTest::newRow("secret") << true;
        QTest::newRow("access key") << false;
    }

    void wrongCredentialsAreDenied() {
        QFETCH(bool, wrongSecret);
        const auto wrong = wrongSecret ? credentialsOf(qgetenv("SEALWRIGHT_S3_ACCESS_KEY"), "not the secret")
                                       : credentialsOf("nobody", qgetenv("SEALWRIGHT_S3_SECRET_KEY"));
        StoreAccess access = m_access;
        access.credentials = &wrong;
        MemorySink sink;
        QCOMPARE(codeOf(m_store.head(access, "a", Cancel())), std::string("storage.denied"));
        QCOMPARE(codeOf(m_store.fetch(access, "a", {1, "\"x\""}, sink, quiet, Cancel())),
                 std::string("storage.denied"));
        const auto refused =
            m_store.put(access, "denied", memorySource("bytes", "memory"), "text/csv", quiet, Cancel());
        QCOMPARE(codeOf(refused), std::string("storage.denied"));
        QCOMPARE(codeOf(m_store.put(access, "denied", memorySource(patterned(17 * mebibyte), "memory"), "text/csv",
                                    quiet, Cancel())),
                 std::string("storage.denied"));
        QCOMPARE(codeOf(m_store.head(m_access, "denied", Cancel())), std::string("storage.not-found"));
    }

    void whatIsNotThereIsNotFound() {
        MemorySink sink;
        QCOMPARE(codeOf(m_store.head(m_access, "nowhere", Cancel())), std::string("storage.not-found"));
        QCOMPARE(codeOf(m_store.fetch(m_access, "nowhere", {1, "\"x\""}, sink, quiet, Cancel())),
                 std::string("storage.not-found"));
        StoreAccess access = m_access;
        access.bucket = "no-such-bucket-here";
        QCOMPARE(codeOf(m_store.head(access, "a", Cancel())), std::string("storage.not-found"));
        QCOMPARE(codeOf(m_store.put(access, "a", memorySource("b", "memory"), "text/csv", quiet, Cancel())),
                 std::string("storage.not-found"));
        QCOMPARE(codeOf(m_store.remove(m_access, "nowhere", Cancel())), std::string("ok"));
    }

    void anObjectThatChangedIsNotMixed() {
        QCOMPARE(put("pinned", "first version"), std::string("ok"));
        const auto facts = m_store.head(m_access, "pinned", Cancel());
        QCOMPARE(put("pinned", "other version"), std::string("ok"));
        MemorySink sink;
        QCOMPARE(codeOf(m_store.fetch(m_access, "pinned", *facts, sink, quiet, Cancel())),
                 std::string("storage.changed-while-read"));
        QVERIFY(sink.bytes().empty());
    }

    void cancelledInTheMiddleItLeavesNothing() {
        Cancel cancel;
        const auto source =
            std::make_shared<WatchedSource>(patterned(80 * mebibyte), 48 * mebibyte, [&] { cancel.cancel(); });
        QCOMPARE(codeOf(m_store.put(m_access, "cancelled", source, "text/csv", quiet, cancel)),
                 std::string("cancelled"));
        QCOMPARE(openUploads(), 0);
        QCOMPARE(codeOf(m_store.head(m_access, "cancelled", Cancel())), std::string("storage.not-found"));
    }

    void aSinkThatFailsEndsTheFetch() {
        class Full : public ByteSink {
            Outcome<void> write(std::string_view) override { return fail(Code::FileNoSpace); }
        } full;
        QCOMPARE(put("fetched", patterned(3 * mebibyte)), std::string("ok"));
        const auto facts = m_store.head(m_access, "fetched", Cancel());
        QCOMPARE(codeOf(m_store.fetch(m_access, "fetched", *facts, full, quiet, Cancel())),
                 std::string("file.no-space"));
    }

    void aFetchIsCancelled() {
        QCOMPARE(put("long", patterned(8 * mebibyte)), std::string("ok"));
        const auto facts = m_store.head(m_access, "long", Cancel());
        Cancel cancel;
        MemorySink sink;
        QCOMPARE(codeOf(m_store.fetch(
                     m_access, "long", *facts, sink, [&](std::uint64_t, std::uint64_t) { cancel.cancel(); }, cancel)),
                 std::string("cancelled"));
        QVERIFY(sink.bytes().size() < facts->size);
    }

    void downloadsOnlyFromListedHosts() {
        MemorySink sink;
        const std::string url = m_access.endpoint + "/" + m_access.bucket + "/typed";
        const std::string host = QUrl(QString::fromStdString(m_access.endpoint)).authority().toStdString();
        QCOMPARE(codeOf(m_store.download(url, {}, {}, {}, 100, sink, quiet, Cancel())),
                 std::string("job.host-not-listed"));
        QCOMPARE(codeOf(m_store.download(url, {"127.0.0.1:1", "localhost:9000"}, {}, {}, 100, sink, quiet, Cancel())),
                 std::string("job.host-not-listed"));
        QCOMPARE(
            codeOf(m_store.download("http://" + host + "@evil.example/x", {host}, {}, {}, 100, sink, quiet, Cancel())),
            std::string("job.host-not-listed"));
        // Listed, but not signed: the store says no.
        QCOMPARE(codeOf(m_store.download(url, {host}, {}, {}, 100, sink, quiet, Cancel())),
                 std::string("storage.denied"));
        QCOMPARE(codeOf(m_store.download("not a url", {host}, {}, {}, 100, sink, quiet, Cancel())),
                 std::string("platform.answer-invalid"));
        QVERIFY(sink.bytes().empty());
    }

    void aServerThatIsNotThereIsUnreachable() {
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        const auto port = taken.serverPort();
        taken.close();
        StoreAccess access = m_access;
        access.endpoint = "http://127.0.0.1:" + std::to_string(port);
        QCOMPARE(codeOf(m_store.put(access, "a", memorySource("b", "memory"), "text/csv", quiet, Cancel())),
                 std::string("network.unreachable"));
    }

    void aServerThatDiesInTheMiddleLeavesNoObject() {
        const QString minio = qEnvironmentVariable("SEALWRIGHT_MINIO");
        if (minio.isEmpty())
            NOT_TRIED("SEALWRIGHT_MINIO is not set: a server that dies was NOT tried");
        QTemporaryDir folder;
        QTcpServer free;
        QVERIFY(free.listen(QHostAddress::LocalHost));
        const QString address = QStringLiteral("127.0.0.1:%1").arg(free.serverPort());
        free.close();
        const auto start = [&](QProcess& server) {
            auto environment = QProcessEnvironment::systemEnvironment();
            environment.insert(QStringLiteral("MINIO_ROOT_USER"), QStringLiteral("owner-of-it"));
            environment.insert(QStringLiteral("MINIO_ROOT_PASSWORD"), QStringLiteral("a long password"));
            environment.insert(QStringLiteral("MINIO_BROWSER"), QStringLiteral("off"));
            server.setProcessEnvironment(environment);
            server.setStandardOutputFile(QProcess::nullDevice());
            server.setStandardErrorFile(QProcess::nullDevice());
            server.start(minio, {QStringLiteral("server"), QStringLiteral("--quiet"), QStringLiteral("--address"),
                                 address, folder.path()});
            return server.waitForStarted();
        };
        const auto credentials = credentialsOf("owner-of-it", "a long password");
        StoreAccess access = m_access;
        access.endpoint = "http://" + address.toStdString();
        access.credentials = &credentials;
        const auto ready = [&] {
            return s3::perform(*m_network, access, bucketCall("PUT"), Cancel()).ok() ||
                   s3::perform(*m_network, access, bucketCall("HEAD"), Cancel()).ok();
        };
        QProcess server;
        QVERIFY(start(server));
        QTRY_VERIFY_WITH_TIMEOUT(ready(), 60'000);

        std::promise<void> half;
        const auto source =
            std::make_shared<WatchedSource>(patterned(80 * mebibyte), 48 * mebibyte, [&] { half.set_value(); });
        auto upload = std::async(std::launch::async,
                                 [&] { return m_store.put(access, "half", source, "text/csv", quiet, Cancel()); });
        half.get_future().wait();
        server.kill();
        QVERIFY(server.waitForFinished());
        QCOMPARE(codeOf(upload.get()), std::string("network.unreachable"));
        QVERIFY(start(server));
        QTRY_VERIFY_WITH_TIMEOUT(ready(), 60'000);
        QCOMPARE(codeOf(m_store.head(access, "half", Cancel())), std::string("storage.not-found"));
        server.kill();
        server.waitForFinished();
    }
};

QTEST_GUILESS_MAIN(S3StoreTest)
#include "tst_s3_store.moc"
