#include "app/api/rest_job_api.h"
#include "app/s3/s3_store.h"
#include "crypto/jose/jws.h"
#include "models/dataset/byte_source.h"
#include "tests/platform/core/sts_access.h"
#include "tests/stack/stack_support.h"
#include "tests/support/outcome_code.h"
#include "tests/support/platform/job_order.h"
#include "tests/support/platform/platform_process.h"
#include "tests/support/platform/test_machine.h"

#include "app/s3/s3_call.h"

using namespace sealwright;
using namespace sealwright::test;
using crypto::JsonObject;
using tests::codeOf;

namespace {

const TransferProgress quiet = [](std::uint64_t, std::uint64_t) {};

} // namespace

/// What a job's machine may do in the object store, as the store itself sees it: credentials by STS, at first and
/// renewed.
class StackCredentialsTest : public QObject {
    Q_OBJECT

    std::shared_ptr<net::NetworkThread> m_network = std::make_shared<net::NetworkThread>();
    RestJobApi m_api{*m_network};
    S3Store m_store{m_network};
    PlatformProcess m_platform;
    TestMachine m_machine = TestMachine::make();
    std::optional<Job> m_job;
    StorageCredentials m_credentials;

    std::optional<std::string> order(const std::string& prefix) {
        JobOrder order{m_machine.registration->machineId, "One", storedSource()};
        order.prefix = prefix;
        const auto made = place(m_platform, std::move(order));
        return made ? std::optional(*made->find("job")->string()) : std::nullopt;
    }
    StoreAccess access() const { return {m_job->endpoint, m_job->region, "cohort", &m_credentials, {}, {}}; }
    std::string read(const std::string& object) { return codeOf(m_store.head(access(), object, {})); }
    std::string write(const std::string& object, std::size_t size = 10) {
        return codeOf(
            m_store.put(access(), object, memorySource(std::string(size, 'x'), "memory"), "text/csv", quiet, {}));
    }
    std::string call(const char* verb, const std::string& object, s3::Pairs query) {
        s3::Call call;
        call.verb = verb;
        call.object = object;
        call.query = std::move(query);
        return codeOf(s3::perform(*m_network, access(), call, {}));
    }
    /// Status, and the body where it is one.
    std::pair<int, crypto::Json> askAnew(const TestMachine& machine, const std::string& jobId) {
        net::Request request;
        request.url = QUrl(QString::fromStdString(m_platform.url() + "/v1/jobs/" + jobId + "/credentials"));
        request.headers = {{"Authorization", QByteArray("Bearer ") + QByteArray::fromStdString(std::string(asText(
                                                                         machine.access.accessToken.reveal())))}};
        const auto answer = m_network->call(request, {});
        const auto json = answer ? crypto::parseControlJson(answer->body.toStdString())
                                 : crypto::Result<crypto::Json>(crypto::Json());
        return {answer ? answer->status : 0, json ? *json : crypto::Json()};
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STACK();
        QVERIFY2(m_platform.startOnStack(
                     {QStringLiteral("--demo"), QStringLiteral("--credentials-life"), QStringLiteral("900")}),
                 m_platform.log());
        QVERIFY(m_machine.registerWith(m_api, m_platform.invitation()).ok());
        const auto jws = order("loader/one/");
        QVERIFY2(jws, m_platform.log());
        auto job = acceptJob(*jws, m_machine.context());
        QVERIFY(job);
        m_job = std::move(*job);
        auto secrets = openJobSecrets(*m_job, m_machine.decryption);
        QVERIFY(secrets);
        m_credentials = std::move(secrets->storage);
    }

    void theyEndSoon() {
        QVERIFY(!m_credentials.sessionToken.empty());
        QVERIFY(m_credentials.expires);
        QVERIFY(*m_credentials.expires > now() + 600 && *m_credentials.expires <= now() + 900);
    }

    void theSourceIsReadAndNothingElse() {
        QCOMPARE(read("sources/patients.csv"), std::string("ok"));
        QCOMPARE(read("sources/laboratory.json"), std::string("storage.denied"));
        QCOMPARE(write("sources/patients.csv"), std::string("storage.denied"));
        QCOMPARE(call("GET", {}, {{"list-type", "2"}}), std::string("storage.denied"));
    }

    void theTargetIsWrittenAndNoOther() {
        QCOMPARE(write("loader/one/data.csv"), std::string("ok"));
        QCOMPARE(read("loader/one/data.csv"), std::string("ok"));
        QCOMPARE(write("loader/two/data.csv"), std::string("storage.denied"));
        QCOMPARE(write("loader/one"), std::string("storage.denied"));
        QCOMPARE(read("results/anything"), std::string("storage.denied"));
        QCOMPARE(codeOf(m_store.remove(access(), "loader/one/data.csv", {})), std::string("ok"));
        QCOMPARE(read("loader/one/data.csv"), std::string("storage.not-found"));
        QCOMPARE(codeOf(m_store.remove(access(), "sources/patients.csv", {})), std::string("storage.denied"));
        QCOMPARE(write("loader/one/data.csv"), std::string("ok"));
    }

    void partsAreWrittenThereAlone() {
        QCOMPARE(write("loader/one/big.csv", 20u << 20), std::string("ok"));
        QCOMPARE(call("POST", "loader/one/half.csv", {{"uploads", ""}}), std::string("ok"));
        QCOMPARE(call("GET", {}, {{"uploads", ""}, {"prefix", "loader/"}}), std::string("storage.denied"));
        QCOMPARE(call("POST", "loader/two/half.csv", {{"uploads", ""}}), std::string("storage.denied"));
    }

    void renewedOnesAreSignedSealedAndGood() {
        const auto [status, body] = askAnew(m_machine, m_job->jobId);
        QVERIFY2(status == 200, m_platform.log());
        const auto verified = crypto::verifyJws(*body.find("credentials")->string(), "sealwright-credentials",
                                                m_machine.registration->keys.sig);
        QVERIFY(verified);
        const auto document = crypto::parseControlJson(verified->payload);
        QVERIFY(document);
        QCOMPARE(*document->find("format")->string(), std::string("sealwright-credentials/1"));
        QCOMPARE(*document->find("job_id")->string(), m_job->jobId);
        QCOMPARE(*document->find("machine_id")->string(), m_job->machineId);
        QCOMPARE(document->object()->size(), std::size_t{6});
        m_job->secretsJwe = *document->find("secrets")->string();
        auto renewed = openJobSecrets(*m_job, m_machine.decryption);
        QVERIFY(renewed);
        QVERIFY(renewed->storage.accessKey != m_credentials.accessKey);
        QCOMPARE(toRfc3339(*renewed->storage.expires), *document->find("expires")->string());
        QCOMPARE(read("loader/one/data.csv"), std::string("ok")); // the earlier ones are still good
        m_credentials = std::move(renewed->storage);
        QCOMPARE(read("loader/one/data.csv"), std::string("ok"));
        QCOMPARE(read("sources/laboratory.json"), std::string("storage.denied"));
    }

    void nobodyElseGetsThem() {
        auto other = TestMachine::make();
        QVERIFY(other.registerWith(m_api, m_platform.invitation()).ok());
        QCOMPARE(askAnew(other, m_job->jobId).first, 404);
        other.access.accessToken = crypto::SecretBytes(asBytes("another-token"));
        QCOMPARE(askAnew(other, m_job->jobId).first, 401);
    }

    void noneAreGivenForAJobThatWasTakenBackOrExpired() {
        const auto jws = order("loader/three/");
        QVERIFY(jws);
        const auto job = readJob(*jws, m_machine.context());
        QVERIFY(job);
        QVERIFY(m_platform.admin("POST", "/admin/jobs/" + job->jobId + "/expire"));
        auto answer = askAnew(m_machine, job->jobId);
        QCOMPARE(*answer.second.find("code")->string(), std::string("job.expired"));
        QVERIFY(m_platform.admin("POST", "/admin/jobs/" + job->jobId + "/cancel"));
        answer = askAnew(m_machine, job->jobId);
        QCOMPARE(answer.first, 409);
        QCOMPARE(*answer.second.find("code")->string(), std::string("job.withdrawn"));
    }

    void aNameThatWouldMeanMoreInAPolicyIsRefused() {
        QVERIFY(!order("loader/*/"));
        QVERIFY2(m_platform.log().contains("POST /admin/jobs 400"), m_platform.log());
        QVERIFY(!platform::policyFor({std::nullopt, "cohort", "loader/${aws:username}/"}));
        QVERIFY(!platform::policyFor({ObjectSource{"cohort", "sources/?.csv", {}, {}}, "cohort", "loader/one/"}));
        QVERIFY(platform::policyFor({ObjectSource{"cohort", "sources/Größe 1.csv", {}, {}}, "cohort", "loader/one/"}));
    }
};

QTEST_GUILESS_MAIN(StackCredentialsTest)
#include "tst_credentials.moc"
