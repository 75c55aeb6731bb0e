#include "tests/app/s3_given.h"

#include <QtTest>

using namespace sealwright;
using namespace sealwright::tests;

namespace {

/// Credentials that have ended, and what comes in their stead.
class Renewing : public CredentialSource {
public:
    Renewing(Shared first, Shared then) : m_current(std::move(first)), m_then(std::move(then)) {}
    Shared current(const Cancel&) override {
        const std::lock_guard lock(m_mutex);
        return m_current;
    }
    Shared insteadOf(const Shared& refused, const Cancel&) override {
        const std::lock_guard lock(m_mutex);
        if (m_current == refused) {
            ++asked;
            if (m_then)
                m_current = m_then;
        }
        return m_current == refused ? nullptr : m_current;
    }
    int asked = 0;

private:
    std::mutex m_mutex;
    Shared m_current, m_then;
};

} // namespace

/// What the client does when a real store refuses its credentials.
class S3CredentialsTest : public QObject {
    Q_OBJECT

    std::shared_ptr<net::NetworkThread> m_network = std::make_shared<net::NetworkThread>();
    S3Store m_store{m_network};
    CredentialSource::Shared m_good, m_ended;
    StoreAccess m_access;

    static CredentialSource::Shared shared(StorageCredentials credentials) {
        return std::make_shared<const StorageCredentials>(std::move(credentials));
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("renewed credentials");
        m_good = shared(givenCredentials());
        m_ended = shared(credentialsOf("ended-long-ago", "secret"));
        m_access = givenAccess("renewed", *m_good);
        QCOMPARE(makeBucket(*m_network, m_access), std::string("ok"));
    }

    void anUploadInPartsGoesOnWithNewOnes() {
        Renewing source(m_ended, m_good);
        m_access.renewable = &source;
        const std::string bytes(40 * mebibyte, 'x');
        QCOMPARE(codeOf(m_store.put(m_access, "parts", memorySource(bytes, "memory"), "text/csv", quiet, Cancel())),
                 std::string("ok"));
        QCOMPARE(source.asked, 1);
    }

    /// An answer to HEAD does not say why.
    void aFetchGoesOnWithNewOnes() {
        Renewing good(m_good, nullptr), source(m_ended, m_good);
        m_access.renewable = &good;
        QCOMPARE(codeOf(m_store.put(m_access, "small", memorySource("abc", "memory"), "text/csv", quiet, Cancel())),
                 std::string("ok"));
        m_access.renewable = &source;
        const auto facts = m_store.head(m_access, "small", Cancel());
        QCOMPARE(codeOf(facts), std::string("ok"));
        QCOMPARE(source.asked, 1);
        Renewing again(m_ended, m_good);
        m_access.renewable = &again;
        MemorySink sink;
        QCOMPARE(codeOf(m_store.fetch(m_access, "small", *facts, sink, quiet, Cancel())), std::string("ok"));
        QCOMPARE(sink.bytes(), std::string("abc"));
        QCOMPARE(again.asked, 1);
    }

    void whereThereAreNoOthersItIsDenied() {
        Renewing source(m_ended, nullptr);
        m_access.renewable = &source;
        QCOMPARE(codeOf(m_store.put(m_access, "denied", memorySource("abc", "memory"), "text/csv", quiet, Cancel())),
                 std::string("storage.denied"));
        QCOMPARE(source.asked, 1);
    }

    void othersThatAreRefusedTooAreTriedOnce() {
        Renewing source(m_ended, shared(credentialsOf("ended-too", "secret")));
        m_access.renewable = &source;
        QCOMPARE(codeOf(m_store.put(m_access, "denied", memorySource("abc", "memory"), "text/csv", quiet, Cancel())),
                 std::string("storage.denied"));
        QCOMPARE(source.asked, 1);
    }
};

QTEST_GUILESS_MAIN(S3CredentialsTest)
#include "tst_s3_credentials.moc"
