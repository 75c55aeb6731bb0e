#include "app/api/rest_job_api.h"
#include "crypto/keys/derive.h"
#include "crypto/stream/digest.h"
#include "models/domain/manifest.h"
#include "tests/platform/core/bucket.h"
#include "tests/support/platform/job_order.h"
#include "tests/support/platform/need_store.h"
#include "tests/support/platform/platform_process.h"
#include "tests/support/platform/test_machine.h"

#include <QTest>
#include <QUuid>

#include <functional>

using namespace sealwright;
using crypto::Json;
using crypto::JsonArray;
using crypto::JsonObject;
using test::PlatformProcess;
using test::TestMachine;

namespace {

const std::string stored = "id,name\n1,sw1g.1.AAAAAAAAAAAAAAAA\n";

/// What a machine would check in for a job, before a test spoils it.
struct CheckIn {
    Job job;
    Manifest manifest;
    std::string data = stored;
    std::optional<crypto::SigningKey> otherSigner;
    bool upload = true;
    std::string otherManifestThere; ///< what lies in the store in its place
};

std::string wrapped(const crypto::SecretBytes& dek, const crypto::RecipientKey& key) {
    return *crypto::wrapKey(dek, key);
}

FieldInfo fieldOf(const char* path, Action action) {
    FieldInfo field;
    field.path = path;
    field.action = action;
    field.values = 1;
    return field;
}

} // namespace

/// How the platform judges a `done` event, and the result that it makes of what was checked in.
class TestApiDone : public QObject {
    Q_OBJECT

    net::NetworkThread m_network;
    RestJobApi m_api{m_network, {2, std::chrono::milliseconds(1), std::chrono::milliseconds(2)}};
    PlatformProcess m_platform;
    TestMachine m_machine = TestMachine::make();
    crypto::RecipientKey m_archive = crypto::DecryptionKey::generate()->publicKey();
    std::unique_ptr<platform::Bucket> m_bucket;

    Job freshJob(bool keyStaysWithOwner, bool withJoinKey) {
        test::JobOrder order{m_machine.registration->machineId, "Ward list"};
        order.prefix = "loader/tests/";
        order.policy = test::policyFor("name", "encrypt");
        if (keyStaysWithOwner)
            order.more.emplace_back("recipients", crypto::toJson(crypto::JwkSet{{m_archive}, {}}));
        if (withJoinKey)
            order.more.emplace_back("join_key", "study-7");
        const auto made = test::place(m_platform, std::move(order));
        auto job = acceptJob(*made->find("job")->string(), m_machine.context());
        return std::move(*job);
    }

    CheckIn checkIn(bool keyStaysWithOwner = false, bool withJoinKey = false) {
        CheckIn in{freshJob(keyStaysWithOwner, withJoinKey), {}, stored, {}, true, {}};
        const auto dek =
            keyStaysWithOwner ? crypto::freshDek() : std::move(*m_machine.decryption.unwrap(in.job.key.wrappedKey));
        auto& manifest = in.manifest;
        manifest.datasetId = in.job.datasetId;
        manifest.jobId = in.job.jobId;
        manifest.created = now();
        manifest.tool = "sealwright/test";
        manifest.keyVersion = in.job.key.version;
        manifest.keyId = in.job.key.id;
        manifest.recipients = {
            {m_machine.decryption.kid(), "RSA-OAEP-256", wrapped(dek, m_machine.decryption.publicKey()), "me"}};
        if (keyStaysWithOwner)
            manifest.recipients.push_back({m_archive.kid, "RSA-OAEP-256", wrapped(dek, m_archive), "archive"});
        else
            manifest.recipients.push_back({in.job.platformKid, "held", "", "platform"});
        if (const auto& given = in.job.joinKey) {
            const auto joinKey = std::move(*m_machine.decryption.unwrap(given->wrappedKey));
            manifest.joinKey = JoinKeyInfo{given->id,
                                           given->version,
                                           given->commitment,
                                           {{in.job.platformKid, "held", "", "platform"},
                                            {m_machine.decryption.kid(), "RSA-OAEP-256",
                                             wrapped(joinKey, m_machine.decryption.publicKey()), "me"}}};
        }
        RunInfo run;
        run.runId = crypto::freshRunId();
        run.commitment = crypto::commitment(dek, run.runId);
        run.records = 1;
        run.sourceCheck = Bytes(32, 7);
        manifest.runs = {run};
        crypto::BlockDigest digest(crypto::datasetBlock);
        digest.update(asBytes(stored));
        manifest.content = {{in.job.jobId + ".csv", stored.size(), digest.finish(), std::nullopt}};
        manifest.dataset = DatasetInfo{
            MediaType::Csv, {}, false, true, {fieldOf("id", Action::Keep), fieldOf("name", Action::Encrypt)}};
        Policy policy;
        policy.fields.resize(2);
        policy.fields[0].path = "id";
        policy.fields[0].action = Action::Keep;
        policy.fields[1].path = "name";
        manifest.policy = policy;
        return in;
    }

    JobEvent event(const Job& job, JobEvent::Kind kind, std::uint64_t sequence) {
        JobEvent made;
        made.kind = kind;
        made.eventId = QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
        made.jobId = job.jobId;
        made.machineId = job.machineId;
        made.sequence = sequence;
        made.at = now();
        return made;
    }

    /// Uploads and tells; gives the event too, so that it can be sent again.
    std::pair<Outcome<void>, JobEvent> tell(const CheckIn& in, std::uint64_t sequence = 2) {
        auto done = event(in.job, JobEvent::Kind::Done, sequence);
        done.manifest = writeManifest(in.manifest);
        done.signature = crypto::signDetached("sealwright-manifest", done.manifest,
                                              in.otherSigner ? *in.otherSigner : m_machine.signing);
        done.metadata = JsonObject{{"records", 1}};
        const auto objects = objectsOf(in.job, MediaType::Csv);
        const bool there =
            !in.upload ||
            (m_bucket->put(objects.data, in.data, "text/csv") &&
             m_bucket->put(objects.manifest, in.otherManifestThere.empty() ? done.manifest : in.otherManifestThere,
                           "application/json") &&
             m_bucket->put(objects.signature, done.signature, "application/jose"));
        if (!there)
            return {fail(Code::StorageFailed), done};
        return {m_api.send(m_machine.access, messageOf(done), {}), done};
    }

    std::string got(const std::string& url) {
        net::Request request;
        request.url = QUrl::fromEncoded(QByteArray::fromStdString(url), QUrl::StrictMode);
        const auto answer = m_network.call(request, {});
        return answer && answer->good() ? answer->body.toStdString() : "nothing";
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("what is done at the platform");
        QVERIFY2(m_platform.start(), m_platform.log().constData());
        QVERIFY(m_machine.registerWith(m_api, m_platform.invitation()).ok());
        m_bucket =
            std::make_unique<platform::Bucket>(m_network,
                                               platform::Storage{qgetenv("SEALWRIGHT_S3_ENDPOINT").toStdString(),
                                                                 qgetenv("SEALWRIGHT_S3_REGION").toStdString(),
                                                                 qgetenv("SEALWRIGHT_S3_ACCESS_KEY").toStdString(),
                                                                 qgetenv("SEALWRIGHT_S3_SECRET_KEY").toStdString()},
                                               "cohort");
    }

    void whatIsCheckedInComesBackAsAResult_data() {
        QTest::addColumn<bool>("keyStaysWithOwner");
        QTest::newRow("key made by the platform") << false;
        QTest::newRow("key stays with the owner") << true;
    }
    void whatIsCheckedInComesBackAsAResult() {
        QFETCH(bool, keyStaysWithOwner);
        const auto in = checkIn(keyStaysWithOwner);
        QVERIFY(m_api.send(m_machine.access, messageOf(event(in.job, JobEvent::Kind::Claimed, 1)), {}).ok());
        const auto [told, done] = tell(in);
        QVERIFY2(told.ok(), told.ok() ? "" : told.error().facts.back().c_str());
        QVERIFY(m_api.send(m_machine.access, messageOf(done), {}).ok()); // the same once more changes nothing
        QCOMPARE(m_api.job(m_machine.access, in.job.jobId, {})->state, JobState::Done);

        const auto results = m_api.results(m_machine.access, {});
        QVERIFY(results);
        QCOMPARE(results->size(), std::size_t(keyStaysWithOwner ? 2 : 1));
        const auto& result = results->front();
        QCOMPARE(result.name, std::string("Ward list"));
        for (const auto* url : {&result.data, &result.manifest, &result.signature})
            QVERIFY(*hostOfEndpoint(*url) == m_machine.access.hosts[1]);
        QVERIFY(got(result.data) == stored);
        const auto text = got(result.manifest);
        const auto signer = crypto::verifyDetached(got(result.signature), "sealwright-manifest", text,
                                                   m_machine.registration->keys.sig);
        QVERIFY(signer.ok());
        const auto manifest = parseManifest(text);
        QVERIFY(manifest);
        QCOMPARE(manifest->datasetId, in.job.datasetId);
        QCOMPARE(manifest->keyId, in.job.key.id);
        QCOMPARE(manifest->runs.front().commitment, in.manifest.runs.front().commitment);
        QVERIFY(toJson(*manifest->policy) == toJson(*in.manifest.policy));
        QVERIFY(m_machine.decryption.unwrap(manifest->recipients.front().wrappedKey).ok());
    }

    void aDoneThatIsNotTheJobsIsRefused_data() {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("problem");
        QTest::addColumn<QString>("detail");
        const auto row = [](const char* name, int which, const char* problem, const char* detail) {
            QTest::newRow(name) << which << QString::fromLatin1(problem) << QString::fromLatin1(detail);
        };
        row("signed by another", 0, "signature.refused", "");
        row("of another dataset", 1, "manifest.refused", "dataset_id");
        row("of another job", 2, "manifest.refused", "job_id");
        row("sealed with another key", 3, "manifest.refused", "runs.commitment");
        row("another key id", 4, "manifest.refused", "key");
        row("platform not named", 5, "manifest.refused", "key.recipients");
        row("machine not among the recipients", 6, "manifest.refused", "key.recipients");
        row("a field weaker than asked for", 7, "manifest.refused", "policy: name");
        row("nothing uploaded", 8, "objects.missing", ".csv");
        row("data of another size", 9, "objects.missing", ".csv");
        row("another manifest there", 10, "objects.missing", ".manifest.json");
        row("one more can open it", 11, "manifest.refused", "key.recipients");
        row("without the join key", 12, "manifest.refused", "join_key");
        row("another join key", 13, "manifest.refused", "join_key");
        row("another version of the join key", 14, "manifest.refused", "join_key");
        row("another commitment to the join key", 15, "manifest.refused", "join_key.commitment");
        row("one more has the join key", 16, "manifest.refused", "join_key.recipients");
        row("the platform is not said to have the join key", 17, "manifest.refused", "join_key.recipients");
        row("this machine does not have the join key", 18, "manifest.refused", "join_key.recipients");
    }
    void aDoneThatIsNotTheJobsIsRefused() {
        QFETCH(int, which);
        QFETCH(QString, problem);
        QFETCH(QString, detail);
        const std::vector<std::function<void(CheckIn&)>> spoils{
            [](CheckIn& in) { in.otherSigner = std::move(*crypto::SigningKey::generate()); },
            [](CheckIn& in) { in.manifest.datasetId = in.job.jobId; },
            [](CheckIn& in) { in.manifest.jobId = in.job.datasetId; },
            [](CheckIn& in) {
                in.manifest.runs.front().commitment =
                    crypto::commitment(crypto::freshDek(), in.manifest.runs.front().runId);
            },
            [](CheckIn& in) { in.manifest.keyId = "dek/other"; },
            [](CheckIn& in) { in.manifest.recipients.pop_back(); },
            [](CheckIn& in) { in.manifest.recipients.erase(in.manifest.recipients.begin()); },
            [](CheckIn& in) {
                in.manifest.policy->fields[1].action = Action::Keep;
                in.manifest.dataset->fields[1].action = Action::Keep;
            },
            [](CheckIn& in) { in.upload = false; },
            [](CheckIn& in) { in.data += "2,x\n"; },
            [](CheckIn& in) { in.otherManifestThere = "{}"; },
            [this](CheckIn& in) {
                in.manifest.recipients.push_back(
                    {m_archive.kid, "RSA-OAEP-256", wrapped(crypto::freshDek(), m_archive), "archive"});
            },
            [](CheckIn& in) { in.manifest.joinKey.reset(); },
            [](CheckIn& in) { in.manifest.joinKey->id = "study-8"; },
            [](CheckIn& in) { ++in.manifest.joinKey->version; },
            [](CheckIn& in) { in.manifest.joinKey->commitment[0] ^= 1; },
            [this](CheckIn& in) {
                in.manifest.joinKey->recipients.push_back(
                    {m_archive.kid, "RSA-OAEP-256", wrapped(crypto::freshDek(), m_archive), "archive"});
            },
            [](CheckIn& in) { in.manifest.joinKey->recipients.erase(in.manifest.joinKey->recipients.begin()); },
            [](CheckIn& in) { in.manifest.joinKey->recipients.pop_back(); },
        };
        auto in = checkIn(false, which >= 12);
        QVERIFY(m_api.send(m_machine.access, messageOf(event(in.job, JobEvent::Kind::Claimed, 1)), {}).ok());
        const auto good = in.manifest;
        spoils[static_cast<std::size_t>(which)](in);
        const auto refused = tell(in).first;
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, Code::PlatformRejected);
        QCOMPARE(QString::fromStdString(refused.error().facts.at(0)), problem);
        QVERIFY(QString::fromStdString(refused.error().facts.back()).endsWith(detail));
        QCOMPARE(m_api.job(m_machine.access, in.job.jobId, {})->state, JobState::Claimed);

        // Refused is not lost: the right one is still taken.
        CheckIn right{in.job, good, stored, {}, true, {}};
        QVERIFY(tell(right, 3).first.ok());
    }

    void aRecipientLeftOutIsSeen() {
        auto in = checkIn(true);
        QVERIFY(m_api.send(m_machine.access, messageOf(event(in.job, JobEvent::Kind::Claimed, 1)), {}).ok());
        in.manifest.recipients.pop_back();
        QCOMPARE(tell(in).first.error().facts.at(1), std::string("key.recipients"));
        in = checkIn(true);
        QVERIFY(m_api.send(m_machine.access, messageOf(event(in.job, JobEvent::Kind::Claimed, 1)), {}).ok());
        in.manifest.recipients.push_back({in.job.platformKid, "held", "", "platform"}); // it has no key to this
        QCOMPARE(tell(in).first.error().facts.at(1), std::string("key.recipients"));
    }

    void aPresignedUrlIsGoodForItsObjectAlone() {
        const auto results = m_api.results(m_machine.access, {});
        QVERIFY(results && !results->empty());
        auto url = results->front().data;
        url.replace(url.find(".csv?"), 4, ".txt");
        QCOMPARE(got(url), std::string("nothing"));
    }
};

QTEST_GUILESS_MAIN(TestApiDone)
#include "tst_api_done.moc"
