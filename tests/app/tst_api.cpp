#include "app/api/rest_job_api.h"
#include "app/net/authority.h"
#include "models/domain/job.h"
#include "tests/support/platform/job_order.h"
#include "tests/support/platform/need_store.h"
#include "tests/support/platform/platform_process.h"
#include "tests/support/platform/test_machine.h"

#include <QElapsedTimer>
#include <QTest>
#include <QUuid>

#include <thread>

using namespace sealwright;
using test::PlatformProcess;
using test::TestMachine;

namespace {

constexpr net::Backoff quick{4, std::chrono::milliseconds(5), std::chrono::milliseconds(20)};

std::string uuid() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

} // namespace

/// RestJobApi against the real reference platform, each a program of its own.
class TestApi : public QObject {
    Q_OBJECT

    net::NetworkThread m_network;
    RestJobApi m_api{m_network, quick};
    PlatformProcess m_platform;
    TestMachine m_machine = TestMachine::make();
    std::string m_jobId; ///< a fresh job for each test

    JobEvent event(JobEvent::Kind kind, std::uint64_t sequence) const {
        JobEvent made;
        made.kind = kind;
        made.eventId = uuid();
        made.jobId = m_jobId;
        made.machineId = m_machine.registration->machineId;
        made.sequence = sequence;
        made.at = now();
        return made;
    }
    Outcome<void> send(const JobEvent& event) { return m_api.send(m_machine.access, messageOf(event), {}); }
    std::size_t eventsThere() {
        const auto answer = m_platform.admin("GET", "/admin/jobs/" + m_jobId + "/events");
        return answer ? answer->find("events")->array()->size() : 0;
    }
    std::string stateThere() {
        const auto entry = m_api.job(m_machine.access, m_jobId, {});
        return entry ? std::string(toText(entry->state)) : "no entry";
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("the platform's API");
        QVERIFY2(m_platform.start({QStringLiteral("--demo")}), m_platform.log().constData());
        const auto registered = m_machine.registerWith(m_api, m_platform.invitation());
        QVERIFY2(registered.ok(), m_platform.log().constData());
    }

    void init() {
        m_jobId = test::placeForId(m_platform, {m_machine.registration->machineId, "One"});
        QVERIFY(!m_jobId.empty());
    }

    void registrationNamesHostsOfPlatformAndStorage() {
        const auto& hosts = m_machine.registration->hosts;
        QCOMPARE(hosts.size(), std::size_t{2});
        QCOMPARE(hosts[0], net::hostPort(QUrl(QString::fromStdString(m_platform.url()))));
        QCOMPARE(hosts[1], net::hostPort(QUrl(QString::fromLocal8Bit(qgetenv("SEALWRIGHT_S3_ENDPOINT")))));
    }

    void demonstrationJobsAreListedAndAccepted() {
        const auto jobs = m_api.jobs(m_machine.access, {});
        QVERIFY(jobs);
        QStringList names;
        for (const auto& entry : *jobs) {
            const auto job = acceptJob(entry.jws, m_machine.context());
            QVERIFY2(job, job ? "" : std::string(stableId(job.error().code)).c_str());
            QCOMPARE(job->jobId, entry.jobId);
            QVERIFY(openJobSecrets(*job, m_machine.decryption).ok());
            QCOMPARE(job->key.madeByPlatform(), job->object.has_value() || job->name == "One");
            if (job->key.madeByPlatform())
                QCOMPARE(m_machine.decryption.unwrap(job->key.wrappedKey)->size(), std::size_t{32});
            if (job->name != "One")
                names.append(QString::fromStdString(job->name));
        }
        QCOMPARE(names, QStringList({QStringLiteral("Patient register, June"), QStringLiteral("Laboratory values"),
                                     QStringLiteral("Ward list of your choice")}));
    }

    void everyJobHasAKeyOfItsOwn() {
        const auto jobs = m_api.jobs(m_machine.access, {});
        QVERIFY(jobs);
        std::vector<crypto::SecretBytes> seen;
        for (const auto& entry : *jobs) {
            const auto job = readJob(entry.jws, m_machine.context());
            if (!job->key.madeByPlatform())
                continue;
            auto dek = m_machine.decryption.unwrap(job->key.wrappedKey);
            for (const auto& other : seen)
                QVERIFY(!(other == *dek));
            seen.push_back(std::move(*dek));
        }
        QVERIFY(seen.size() >= 3);
    }

    void oneJobIsRead() {
        const auto entry = m_api.job(m_machine.access, m_jobId, {});
        QVERIFY(entry);
        QCOMPARE(entry->jobId, m_jobId);
        QCOMPARE(entry->state, JobState::Pending);
        QCOMPARE(m_api.job(m_machine.access, uuid(), {}).error().code, Code::JobNotFound);
        QCOMPARE(m_api.job(m_machine.access, "../results", {}).error().code, Code::JobNotFound);
    }

    void newCredentialsAreGivenForAJobUnderWay() {
        const auto entry = m_api.job(m_machine.access, m_jobId, {});
        QVERIFY(entry.ok());
        const auto job = acceptJob(entry->jws, m_machine.context());
        const auto jws = m_api.renewedCredentials(m_machine.access, m_jobId, {});
        QVERIFY(job.ok() && jws.ok());
        const auto& pinned = m_machine.registration->keys.sig;
        const auto renewed = readRenewedSecrets(*jws, *job, pinned, m_machine.decryption, now());
        QVERIFY(renewed.ok());
        QCOMPARE(renewed->storage.accessKey, qgetenv("SEALWRIGHT_S3_ACCESS_KEY").toStdString());
        QVERIFY(renewed->storage.expires && *renewed->storage.expires > now());
        // They are this job's, and no longer good than they say.
        Job other = *readJob(entry->jws, m_machine.context());
        other.jobId = uuid();
        QCOMPARE(readRenewedSecrets(*jws, other, pinned, m_machine.decryption, now()).error().code,
                 Code::PlatformAnswerInvalid);
        QCOMPARE(
            readRenewedSecrets(*jws, *job, pinned, m_machine.decryption, *renewed->storage.expires + 1).error().code,
            Code::PlatformAnswerInvalid);
        QCOMPARE(m_api.renewedCredentials(m_machine.access, uuid(), {}).error().code, Code::JobNotFound);
        QCOMPARE(m_api.renewedCredentials(m_machine.access, "../results", {}).error().code, Code::JobNotFound);
        QVERIFY(m_platform.admin("POST", "/admin/jobs/" + m_jobId + "/cancel"));
        QCOMPARE(m_api.renewedCredentials(m_machine.access, m_jobId, {}).error().code, Code::PlatformConflict);
    }

    void eventsMoveAJob() {
        QVERIFY(send(event(JobEvent::Kind::Claimed, 1)).ok());
        QCOMPARE(stateThere(), std::string("claimed"));
        auto running = event(JobEvent::Kind::Running, 2);
        running.step = "read";
        QVERIFY(send(running).ok());
        auto progress = event(JobEvent::Kind::Progress, 5); // numbers may be missing
        progress.step = "seal";
        progress.done = 10;
        progress.total = 20;
        QVERIFY(send(progress).ok());
        QCOMPARE(stateThere(), std::string("running"));
        auto failed = event(JobEvent::Kind::Failed, 6);
        failed.reason = "data.csv.unclosed-quote";
        failed.details = crypto::JsonObject{{"record", 17}};
        QVERIFY(send(failed).ok());
        QCOMPARE(stateThere(), std::string("failed"));
        QVERIFY(send(event(JobEvent::Kind::Claimed, 7)).ok()); // may be taken up again
        QVERIFY(send(event(JobEvent::Kind::Returned, 8)).ok());
        QCOMPARE(stateThere(), std::string("returned"));
        QCOMPARE(eventsThere(), std::size_t{6});
    }

    void theSameEventCountsOnce() {
        const auto claimed = event(JobEvent::Kind::Claimed, 1);
        QVERIFY(send(claimed).ok());
        QVERIFY(send(claimed).ok());
        QCOMPARE(eventsThere(), std::size_t{1});
    }

    void aKeyIsNotUsedForAnotherEvent() {
        auto claimed = event(JobEvent::Kind::Claimed, 1);
        QVERIFY(send(claimed).ok());
        claimed.sequence = 2;
        const auto refused = send(claimed);
        QCOMPARE(refused.error().code, Code::PlatformConflict);
        QCOMPARE(refused.error().facts.at(0), std::string("idempotency.key-reused"));
    }

    void anOldNumberIsRefused() {
        QVERIFY(send(event(JobEvent::Kind::Claimed, 3)).ok());
        QCOMPARE(send(event(JobEvent::Kind::Returned, 3)).error().facts.at(0), std::string("event.out-of-order"));
    }

    void aJobIsClaimedBeforeItRuns() {
        auto running = event(JobEvent::Kind::Running, 1);
        running.step = "read";
        QCOMPARE(send(running).error().facts.at(0), std::string("job.state"));
    }

    void aDeclinedJobStaysDeclined() {
        auto declined = event(JobEvent::Kind::Declined, 1);
        declined.reason = "Not covered by our data use agreement — \"no\".";
        QVERIFY(send(declined).ok());
        QCOMPARE(stateThere(), std::string("declined"));
        const auto refused = send(event(JobEvent::Kind::Claimed, 2));
        QCOMPARE(refused.error().code, Code::PlatformConflict);
        QCOMPARE(refused.error().facts.at(0), std::string("job.finished"));
        const auto events = m_platform.admin("GET", "/admin/jobs/" + m_jobId + "/events");
        QCOMPARE(*(*events->find("events")->array())[0].find("reason")->string(), declined.reason);
    }

    void anExpiredJobIsNotClaimed() {
        QVERIFY(m_platform.admin("POST", "/admin/jobs/" + m_jobId + "/expire"));
        QCOMPARE(send(event(JobEvent::Kind::Claimed, 1)).error().facts.at(0), std::string("job.expired"));
        QVERIFY(m_platform.admin("POST", "/admin/jobs/" + m_jobId + "/cancel"));
        QCOMPARE(send(event(JobEvent::Kind::Claimed, 1)).error().facts.at(0), std::string("job.expired"));
    }

    /// FORMAT.md §8: failed, cancelled and returned jobs may be taken up again.
    void aCancelledJobIsClaimedAnew() {
        QVERIFY(send(event(JobEvent::Kind::Claimed, 1)).ok());
        QVERIFY(m_platform.admin("POST", "/admin/jobs/" + m_jobId + "/cancel"));
        for (const auto kind : {JobEvent::Kind::Running, JobEvent::Kind::Progress, JobEvent::Kind::Returned}) {
            JobEvent late = event(kind, 2);
            late.step = "read";
            QCOMPARE(send(late).error().facts.at(0), std::string("job.withdrawn"));
        }
        QCOMPARE(stateThere(), std::string("cancelled"));
        QVERIFY(send(event(JobEvent::Kind::Claimed, 2)).ok());
        QCOMPARE(stateThere(), std::string("claimed"));
        JobEvent running = event(JobEvent::Kind::Running, 3);
        running.step = "read";
        QVERIFY(send(running).ok());
    }

    void aLostAnswerIsAskedForAgainAndNothingHappensTwice() {
        QVERIFY(m_platform.fault("/v1/jobs/" + m_jobId, 503, 2, true));
        QVERIFY(send(event(JobEvent::Kind::Claimed, 1)).ok());
        QVERIFY(m_platform.fault("/v1/jobs/" + m_jobId, 0, 1, true));
        QVERIFY(send(event(JobEvent::Kind::Returned, 2)).ok());
        QCOMPARE(eventsThere(), std::size_t{2});
    }

    void registrationSurvivesALostAnswer() {
        auto machine = TestMachine::make();
        QVERIFY(m_platform.fault("/v1/registration/challenge", 503, 1, true));
        QVERIFY(m_platform.fault("/v1/registration/proof", 502, 1, true));
        QVERIFY(machine.registerWith(m_api, m_platform.invitation()).ok());
        QVERIFY(m_api.jobs(machine.access, {}).ok());
    }

    void aPlatformThatStaysDownIsAFailure() {
        QVERIFY(m_platform.fault("/v1/jobs", 503, 4));
        QCOMPARE(m_api.jobs(m_machine.access, {}).error().code, Code::PlatformFailed);
        QVERIFY(m_platform.fault("/v1/jobs", 429, 3));
        QVERIFY(m_api.jobs(m_machine.access, {}).ok());
        QVERIFY(m_platform.fault("/v1/jobs", 500, 1)); // no "not now": not asked again
        QCOMPARE(m_api.jobs(m_machine.access, {}).error().code, Code::PlatformFailed);
    }

    void retryAfterIsWaitedForButCanBeCancelled() {
        QVERIFY(m_platform.fault("/v1/jobs", 503, 1, false, 20));
        Cancel cancel;
        std::thread later([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(150));
            cancel.cancel();
        });
        QElapsedTimer waited;
        waited.start();
        const auto jobs = m_api.jobs(m_machine.access, cancel);
        later.join();
        QCOMPARE(jobs.error().code, Code::Cancelled);
        QVERIFY(waited.elapsed() >= 100 && waited.elapsed() < 15'000);
    }

    void unknownTokensAndRevokedMachinesAreDenied() {
        auto stranger = m_machine.access.clone();
        stranger.accessToken = crypto::SecretBytes(asBytes("nobody-knows-this-token"));
        QCOMPARE(m_api.jobs(stranger, {}).error().code, Code::PlatformDenied);
        stranger.accessToken = crypto::SecretBytes(asBytes("split\r\nX-Header: token"));
        QCOMPARE(m_api.jobs(stranger, {}).error().code, Code::PlatformDenied);

        auto machine = TestMachine::make();
        QVERIFY(machine.registerWith(m_api, m_platform.invitation()).ok());
        QVERIFY(m_platform.admin("POST", "/admin/machines/" + machine.registration->machineId + "/revoke"));
        QCOMPARE(m_api.jobs(machine.access, {}).error().code, Code::MachineRevoked);
        QCOMPARE(m_api.registrations(machine.access, {}).error().code, Code::MachineRevoked);
        QCOMPARE(m_api.beginRotation(machine.access, "x", machine.keys(), {}).error().code, Code::MachineRevoked);
    }

    void keysAreRotatedByWhoHoldsTheOldOnesToo() {
        auto machine = TestMachine::make();
        QVERIFY(machine.registerWith(m_api, m_platform.invitation()).ok());
        auto next = TestMachine::make();
        const auto challenge = m_api.beginRotation(machine.access, "x", next.keys(), {});
        QVERIFY(challenge.ok());
        const auto proof = makeProofPayload(*challenge, machine.access.url, next.decryption, next.signing.kid(), now());
        QVERIFY(proof.ok());
        const auto signedBy = [&](const crypto::SigningKey& key) {
            return crypto::signJws("sealwright-proof", *proof, key);
        };
        const auto stranger = crypto::SigningKey::generate().value();
        const auto refused = m_api.finishRotation(machine.access, signedBy(next.signing), signedBy(stranger), {});
        QVERIFY(!refused && refused.error().facts.front() == "proof.refused");
        QVERIFY(m_api.jobs(machine.access, {}).ok()); // nothing has changed
        // One try a challenge; then as it should be.
        const auto again = m_api.beginRotation(machine.access, "x", next.keys(), {});
        const auto payload = makeProofPayload(*again, machine.access.url, next.decryption, next.signing.kid(), now());
        const auto registered =
            m_api.finishRotation(machine.access, crypto::signJws("sealwright-proof", *payload, next.signing),
                                 crypto::signJws("sealwright-proof", *payload, machine.signing), {});
        QVERIFY(registered.ok());
        const auto update = readUpdate(registered->registrationJws, *machine.registration);
        QVERIFY(update.ok());
        QCOMPARE(update->machineId, machine.registration->machineId);
        QVERIFY(m_api.jobs(machine.access, {}).ok()); // the old token is good until the new one is used
        auto access = machine.access.clone();
        access.accessToken = registered->accessToken.clone();
        QVERIFY(m_api.jobs(access, {}).ok());
        QCOMPARE(m_api.jobs(machine.access, {}).error().code, Code::PlatformDenied);
    }

    void anotherMachinesJobIsUnknown() {
        auto machine = TestMachine::make();
        QVERIFY(machine.registerWith(m_api, m_platform.invitation()).ok());
        QCOMPARE(m_api.job(machine.access, m_jobId, {}).error().code, Code::JobNotFound);
        auto claimed = event(JobEvent::Kind::Claimed, 1);
        claimed.machineId = machine.registration->machineId;
        QCOMPARE(m_api.send(machine.access, messageOf(claimed), {}).error().code, Code::JobNotFound);
        claimed.machineId = m_machine.registration->machineId;
        QCOMPARE(m_api
                     .send(m_machine.access,
                           [&] {
                               auto other = claimed;
                               other.machineId = machine.registration->machineId;
                               return messageOf(other);
                           }(),
                           {})
                     .error()
                     .code,
                 Code::PlatformRejected);
    }

    void anInvitationIsGoodOnceAndForAWhile() {
        const auto invitation = m_platform.invitation();
        auto first = TestMachine::make();
        QVERIFY(first.registerWith(m_api, invitation).ok());
        const auto again = first.registerWith(m_api, invitation);
        QCOMPARE(again.error().code, Code::PlatformDenied);
        QCOMPARE(again.error().facts.at(0), std::string("invitation.unknown"));
        const auto late = parseInvitation(m_platform.invitation(-1), now() - 10);
        QVERIFY(late);
        QCOMPARE(m_api.beginRegistration(first.access, late->token, "x", first.keys(), {}).error().facts.at(0),
                 std::string("invitation.expired"));
    }

    void aProofByAnotherKeyIsRefused() {
        const auto invitation = parseInvitation(m_platform.invitation(), now());
        auto machine = TestMachine::make();
        machine.access.url = invitation->platform;
        const auto challenge = m_api.beginRegistration(machine.access, invitation->token, "x", machine.keys(), {});
        QVERIFY(challenge);
        const auto payload =
            makeProofPayload(*challenge, machine.access.url, machine.decryption, machine.signing.kid(), now());
        const auto other = crypto::SigningKey::generate();
        const auto refused =
            m_api.finishRegistration(machine.access, crypto::signJws("sealwright-proof", *payload, *other), {});
        QCOMPARE(refused.error().code, Code::PlatformRejected);
        QCOMPARE(refused.error().facts.at(0), std::string("proof.refused"));
    }

    void noResultsYet() {
        const auto results = m_api.results(m_machine.access, {});
        QVERIFY(results);
        QVERIFY(results->empty());
    }

    void itIsTheSamePlatformAfterARestart() {
        PlatformProcess platform;
        QVERIFY(platform.start());
        auto machine = TestMachine::make();
        QVERIFY(machine.registerWith(m_api, platform.invitation()).ok());
        platform.stop();
        QCOMPARE(m_api.jobs(machine.access, {}).error().code, Code::NetworkUnreachable);
        QVERIFY(platform.start());
        machine.access.url = platform.url();
        QVERIFY(m_api.jobs(machine.access, {}).ok());
    }
};

QTEST_GUILESS_MAIN(TestApi)
#include "tst_api.moc"
