#include "models/domain/broker.h"
#include "models/domain/job.h"
#include "tests/support/vector_rows.h"

using namespace sealwright;

namespace {

JobContext contextOf(const vectors::json& vector) {
    JobContext context;
    context.machineId = vector.at("machine_id").get<std::string>();
    context.hosts = vector.at("hosts").get<std::vector<std::string>>();
    context.pinned = vectors::verificationKeys(vector.at("pinned"));
    context.encKids = {vectors::decryptionKey().kid()};
    context.now = fromRfc3339(vector.at("now").get<std::string>()).value();
    return context;
}

/// A job as a machine takes it up: judged, and all that was wrapped for it opened.
Outcome<Job> takeUp(const vectors::json& vector, const crypto::DecryptionKey& key) {
    Outcome<Job> job = acceptJob(vector.at("job").get<std::string>(), contextOf(vector));
    if (!job) {
        return job;
    }
    if (const auto secrets = openJobSecrets(*job, key); !secrets) {
        return secrets.failed();
    }
    if (job->key.madeByPlatform()) {
        if (const auto dek = openJobKey(*job, key); !dek) {
            return dek.failed();
        }
    }
    if (job->joinKey) {
        if (const auto joinKey = openJobJoinKey(*job, key); !joinKey) {
            return joinKey.failed();
        }
    }
    return job;
}

/// The first vector's job with one member replaced, signed again by the same platform.
struct Resigned {
    JobContext context;
    std::string jws;
};

Resigned resigned(const std::function<void(vectors::json&)>& change) {
    const vectors::json& vector = vectors::all().at("jobs").at(0);
    vectors::json payload = vectors::json::parse(vector.at("payload").get<std::string>());
    change(payload);
    const crypto::SigningKey platform = vectors::signingKey("TEST KEY, platform signing");
    return {contextOf(vector), crypto::signJws("sealwright-job", payload.dump(), platform)};
}

Code codeOf(const Resigned& job) {
    const auto accepted = acceptJob(job.jws, job.context);
    return accepted ? Code::InternalBug : accepted.error().code;
}

} // namespace

class TestJobs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void vectors_data() { vectors::rows("jobs", 36); }

    void vectors() {
        const auto& vector = vectors::current("jobs");
        QVERIFY(vectors::onlyMembers(
            vector, {"name", "now", "machine_id", "hosts", "pinned", "job", "payload", "secrets", "key", "error"}));
        const crypto::DecryptionKey key = vectors::decryptionKey();
        const Outcome<Job> job = takeUp(vector, key);
        QCOMPARE(job.ok(), !vector.contains("error"));
        if (!job) {
            return;
        }
        const auto payload = vectors::json::parse(vector.at("payload").get<std::string>());
        QCOMPARE(QByteArray::fromStdString(job->jobId),
                 QByteArray::fromStdString(payload.at("job_id").get<std::string>()));
        QCOMPARE(job->key.version, payload.at("key").at("version").get<std::uint32_t>());
        QCOMPARE(job->object.has_value(), payload.at("source").at("kind") == "object");
        QCOMPARE(job->feedback.amqp, payload.at("feedback").at("kind") == "amqp");
        QCOMPARE(job->platformKid, vector.at("pinned").at(0).get<std::string>());

        const auto secrets = openJobSecrets(*job, key);
        const auto& storage = vector.at("secrets").at("storage");
        QCOMPARE(secrets->storage.accessKey, storage.at("access_key").get<std::string>());
        QVERIFY(asText(secrets->storage.secretKey.reveal()) == storage.at("secret_key").get<std::string>());
        QVERIFY(asText(secrets->storage.sessionToken.reveal()) == storage.value("session_token", std::string()));
        QCOMPARE(secrets->storage.expires.has_value(), storage.contains("expires"));
        if (vector.at("secrets").contains("amqp")) {
            QCOMPARE(secrets->amqpUser, vector.at("secrets").at("amqp").at("user").get<std::string>());
            QVERIFY(asText(secrets->amqpPassword.reveal()) ==
                    vector.at("secrets").at("amqp").at("password").get<std::string>());
        }
        if (vector.contains("key")) {
            QVERIFY(*openJobKey(*job, key) == vectors::secret(vector.at("key")));
        }
    }

    void reasonsAreTold() {
        const auto codeAt = [](const char* name) {
            for (const auto& vector : vectors::all().at("jobs")) {
                if (vector.at("name") == name) {
                    const auto job = takeUp(vector, vectors::decryptionKey());
                    return job ? Code::InternalBug : job.error().code;
                }
            }
            return Code::InternalBug;
        };
        QCOMPARE(codeAt("expired"), Code::JobExpired);
        QCOMPARE(codeAt("issued more than 5 minutes ahead"), Code::JobNotYet);
        QCOMPARE(codeAt("a second more than 30 days"), Code::JobTooLong);
        QCOMPARE(codeAt("for another machine"), Code::JobOtherMachine);
        QCOMPARE(codeAt("altered"), Code::JobUnsigned);
        QCOMPARE(codeAt("unpinned key"), Code::JobUnknownSigner);
        QCOMPARE(codeAt("unknown member deep down"), Code::JobInvalid);
        QCOMPARE(codeAt("host that the registration does not list"), Code::JobHostNotListed);
        QCOMPARE(codeAt("join key of another commitment"), Code::AuthWrongKey);
        QCOMPARE(codeAt("secrets for another machine"), Code::KeyNotForThis);
    }

    void invalidMemberIsNamed() {
        const Resigned job = resigned([](auto& payload) { payload["policy"]["fields"][0]["action"] = "shred"; });
        const auto accepted = acceptJob(job.jws, job.context);
        QVERIFY(!accepted);
        QCOMPARE(accepted.error().code, Code::JobInvalid);
        QCOMPARE(accepted.error().facts.front(), std::string("policy.fields[0].action"));
    }

    void expiredJobCanStillBeShown() {
        Resigned job = resigned([](auto&) {});
        job.context.now += 30 * secondsADay;
        QCOMPARE(codeOf(job), Code::JobExpired);
        QVERIFY(readJob(job.jws, job.context).ok());
    }

    void expiresInTheSecondItNames() {
        Resigned job = resigned([](auto&) {});
        job.context.now = fromRfc3339("2026-01-20T11:00:00Z").value();
        QCOMPARE(codeOf(job), Code::JobExpired);
    }

    void keyWrappedForAnotherMachineIsRefusedEarly() {
        Resigned job = resigned([](auto&) {});
        job.context.encKids = {"another"};
        QCOMPARE(codeOf(job), Code::KeyNotForThis);
        QVERIFY(readJob(job.jws, job.context).ok());
    }

    void brokersHostMustBeListed() {
        const Resigned job = resigned([](auto& payload) {
            payload["feedback"] = {
                {"kind", "amqp"}, {"url", "amqps://other.example"}, {"exchange", "e"}, {"routing_key", "r"}};
        });
        QCOMPARE(codeOf(job), Code::JobHostNotListed);
    }

    void whatNoBrokerCanBeIsRefused_data() {
        QTest::addColumn<QString>("url");
        QTest::addColumn<int>("exchange");
        QTest::addColumn<int>("key");
        QTest::newRow("another scheme") << QStringLiteral("https://mq.example") << 1 << 1;
        QTest::newRow("plain") << QStringLiteral("amqp://mq.example") << 1 << 1;
        QTest::newRow("two segments") << QStringLiteral("amqps://mq.example/a/b") << 1 << 1;
        QTest::newRow("exchange too long") << QStringLiteral("amqps://mq.example") << 256 << 1;
        QTest::newRow("routing key too long") << QStringLiteral("amqps://mq.example") << 1 << 256;
    }
    void whatNoBrokerCanBeIsRefused() {
        QFETCH(QString, url);
        QFETCH(int, exchange);
        QFETCH(int, key);
        const auto make = [&](int longest) {
            return resigned([&](auto& payload) {
                payload["feedback"] = {{"kind", "amqp"},
                                       {"url", url.toStdString()},
                                       {"exchange", std::string(std::min(exchange, longest), 'e')},
                                       {"routing_key", std::string(std::min(key, longest), 'k')}};
            });
        };
        QCOMPARE(codeOf(make(256)), Code::JobInvalid);
        if (exchange + key > 2) { // one byte less will do
            const Resigned job = make(255);
            QVERIFY(acceptJob(job.jws, job.context).ok());
        }
    }

    void plainHttpToAnotherHostIsRefused() {
        const Resigned job = resigned([](auto& payload) { payload["storage"]["endpoint"] = "http://storage.example"; });
        QCOMPARE(codeOf(job), Code::JobInvalid);
    }

    void tsvBecomesItsDelimiter() {
        const Resigned job =
            resigned([](auto& payload) { payload["source"]["media_type"] = "text/tab-separated-values"; });
        const auto accepted = acceptJob(job.jws, job.context);
        QVERIFY(accepted.ok());
        QVERIFY(accepted->mediaType == MediaType::Csv);
        QVERIFY(accepted->dialect.delimiter == '\t');
    }

    void objectsLieUnderThePrefix() {
        const Resigned job = resigned([](auto&) {});
        const JobObjects objects = objectsOf(*acceptJob(job.jws, job.context), MediaType::JsonLines);
        QCOMPARE(objects.data, std::string("loader/ward/0b54c1de-3c0a-4b53-9d7b-1c9d3a2f4e10.jsonl"));
        QCOMPARE(objects.manifest, objects.data + ".manifest.json");
        QCOMPARE(objects.signature, objects.data + ".manifest.jws");
    }

    void everyBitFlipOfAJobIsNoticed() {
        const Resigned job = resigned([](auto&) {});
        std::string altered = job.jws;
        for (std::size_t i = 0; i < altered.size(); ++i) {
            for (int bit = 0; bit < 8; ++bit) {
                altered[i] = static_cast<char>(altered[i] ^ (1 << bit));
                QVERIFY2(!acceptJob(altered, job.context), std::to_string(i).c_str());
                altered[i] = job.jws[i];
            }
        }
    }

    void brokers_data() {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("place"); ///< host, port, vhost
        const auto row = [](const char* url, const char* place) {
            QTest::newRow(url) << QString::fromLatin1(url) << QString::fromLatin1(place);
        };
        row("amqps://mq.example", "tls mq.example 5671 /");
        row("amqps://mq.example/", "tls mq.example 5671 /");
        row("amqps://MQ.example:99/ward%203", "tls mq.example 99 ward 3");
        row("amqps://mq.example/%2Fa%2fb", "tls mq.example 5671 /a/b");
        row("amqp://localhost", "plain localhost 5672 /");
        row("amqp://[::1]:7/v", "plain ::1 7 v");
        row("amqp://mq.example", "");
        row("https://mq.example", "");
        row("amqps://user@mq.example", "");
        row("amqps://mq.example/a/b", "");
        row("amqps://mq.example/a?heartbeat=1", "");
        row("amqps://mq.example/a#b", "");
        row("amqps://mq.example/%", "");
        row("amqps://mq.example/%4", "");
        row("amqps://mq.example/%zz", "");
        row("amqps://mq.example/a%00", "");
    }
    void brokers() {
        QFETCH(QString, url);
        QFETCH(QString, place);
        const auto read = brokerOf(url.toStdString());
        QCOMPARE(read ? QString::fromStdString((read->tls ? "tls " : "plain ") + read->host + ' ' +
                                               std::to_string(read->port) + ' ' + read->vhost)
                      : QString(),
                 place);
    }

    void hosts_data() {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("host");
        const auto row = [](const char* url, const char* host) {
            QTest::newRow(url) << QString::fromLatin1(url) << QString::fromLatin1(host);
        };
        row("https://storage.example", "storage.example:443");
        row("https://Storage.Example/", "storage.example:443");
        row("https://storage.example:9000/a/b", "storage.example:9000");
        row("amqps://mq.example/vhost", "mq.example:5671");
        row("http://127.0.0.1:9000", "127.0.0.1:9000");
        row("http://localhost", "localhost:80");
        row("http://[::1]:9000", "[::1]:9000");
        row("https://[2001:db8::1]", "[2001:db8::1]:443");
        row("http://storage.example", "");
        row("amqp://mq.example", "");
        row("http://127.0.0.1.evil.example", "");
        row("https://user@storage.example", "");
        row("https://user:pw@storage.example", "");
        row("https://storage.example:0", "");
        row("https://storage.example:70000", "");
        row("https://storage.example:", "");
        row("https://", "");
        row("https:///path", "");
        row("https://storage.example\\@evil.example", "");
        row("ftp://storage.example", "");
        row("storage.example:443", "");
        row("https://storage example", "");
    }

    void hosts() {
        QFETCH(QString, url);
        QFETCH(QString, host);
        QCOMPARE(QString::fromStdString(hostOfEndpoint(url.toStdString()).value_or("")), host);
    }
};

QTEST_GUILESS_MAIN(TestJobs)
#include "tst_jobs.moc"
