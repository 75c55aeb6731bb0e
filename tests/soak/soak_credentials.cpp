#include "models/tasks/job_gate.h"
#include "models/tasks/machine_keys.h"
#include "tests/soak/soak_support.h"
#include "tests/stack/stack_machine.h"

#include <QElapsedTimer>

#include <cstdio>

using namespace sealwright;
using namespace sealwright::soak;
using namespace sealwright::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int life = 900; ///< seconds: a real store gives none that is shorter
constexpr std::uint64_t rate = 256 << 10;

} // namespace

/// Transfers so slow that they outlive the session that their job came with, by the real clocks of a real store and of
/// the platform: one sends, and one fetches, side by side. SEALWRIGHT_SOAK below 1 shows only that they run.
class SoakCredentials : public QObject {
    Q_OBJECT

    StackMachine m_machine;
    const bool m_whole = scale() >= 1;
    /// What takes longer than one session to send or to fetch, and less than a second one would.
    const std::uint64_t m_bytes = scaled<std::uint64_t>(rate * (life + 100), 4u << 20);
    QElapsedTimer m_clock;
    std::map<std::string, qint64> m_renewed; ///< by job: when it was first seen, in seconds

    /// Long values, so that what is sealed is hardly more than the four thirds that Base64 makes of it.
    QString writeNotes(const QString& name, std::uint64_t bytes) const {
        QByteArray notes = "id,note\n";
        while (notes.size() < static_cast<qsizetype>(bytes))
            notes += QByteArray::number(notes.size()) + ',' + QByteArray(4000, 'n') + '\n';
        const QString path = m_machine.cli.work(name);
        return tests::writeFile(path, notes) ? path : QString();
    }
    QByteArray renewalOf(const std::string& jobId) const {
        return "GET /v1/jobs/" + QByteArray::fromStdString(jobId) + "/credentials 200";
    }
    void look(const std::vector<std::string>& jobs) {
        const QByteArray log = m_machine.platform.log();
        for (const std::string& job : jobs)
            if (log.contains(renewalOf(job)))
                m_renewed.try_emplace(job, m_clock.elapsed() / 1000);
    }
    std::string withItsFirstCredentials(const std::string& jobId) const {
        const Services& services = *m_machine.services;
        const auto record = services.ledger->job(jobId);
        const auto job = readKeptJob((*record)->jws);
        const auto keys = loadKeys(services);
        const auto secrets = openJobSecrets(*job, keys->dec);
        if (!secrets)
            return codeOf(secrets);
        const StoreAccess access{job->endpoint, job->region, job->targetBucket, &secrets->storage, {}, {}};
        return codeOf(services.store->head(access, job->targetPrefix + jobId + ".csv", {}));
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STACK();
        const auto said = m_machine.start({u"--credentials-life"_s, QString::number(life)});
        QVERIFY2(said.isEmpty(), said);
    }

    void transfersOutliveTheirSession() {
        const QString toFetch = writeNotes(u"fetch.csv"_s, m_bytes),
                      toSend = writeNotes(u"send.csv"_s, m_bytes * 3 / 4);
        auto source = openFileSource(toFetch.toStdString());
        QVERIFY(source.ok());
        const auto stored = m_machine.services->store->put(m_machine.store(), "sources/slow.csv", std::move(*source),
                                                           "text/csv", [](std::uint64_t, std::uint64_t) {}, {});
        QVERIFY2(stored.ok(), codeOf(stored).c_str());
        const crypto::JsonObject byRest{{"feedback", crypto::JsonObject{{"kind", "rest"}}}};
        m_clock.start();
        const std::string sends = m_machine.order(localSource(), byRest),
                          fetches = m_machine.order(storedSource("sources/slow.csv"), byRest);
        QVERIFY2(!sends.empty() && !fetches.empty(), m_machine.platform.log());

        QProcess command;
        const QString warned = m_machine.cli.path(u"warned"_s); // a pipe that nobody reads meanwhile would hold it up
        command.setStandardErrorFile(warned);
        m_machine.cli.start(command, {u"jobs"_s, u"run"_s, QString::fromStdString(sends), u"--input"_s, toSend,
                                      u"--limit-rate"_s, QString::number(rate), u"--json"_s});
        qint64 fetched = 0;
        m_machine.services->limitTransfers(rate);
        const auto receipt = m_machine.run(
            fetches,
            [&](const TaskProgress& progress) {
                look({sends, fetches});
                if (progress.step == Step::Read || fetched > 0)
                    return;
                fetched = m_clock.elapsed() / 1000;
                m_machine.services->limitTransfers(0); // the rest is not what this is about
            },
            false);
        while (command.state() != QProcess::NotRunning && m_clock.elapsed() < 3 * life * 1000) {
            (void)command.waitForFinished(1000);
            look({sends, fetches});
        }
        const qint64 sent = m_clock.elapsed() / 1000;
        const auto said = m_machine.cli.finish(command);
        std::printf("fetched after %lld s, sent after %lld s; new credentials after %lld s and %lld s\n", fetched, sent,
                    m_renewed[fetches], m_renewed[sends]);
        QVERIFY2(receipt.ok(), codeOf(receipt).c_str());
        QVERIFY2(said.status == 0, said.out + tests::contentsOf(warned).right(1000));
        for (const std::string& job : {sends, fetches}) {
            const auto told = m_machine.there(job);
            QCOMPARE(told.state, std::string("done")); // by the platform, which verified what it found
            QCOMPARE(told.count("done"), 1l);
            QCOMPARE(m_machine.stored(job), std::size_t{3});
            QCOMPARE(m_machine.unfinished(job), std::size_t{0});
        }
        QVERIFY(m_machine.nothingIsLeftHere());
        if (!m_whole)
            return;
        QVERIFY(fetched > life && sent > life);
        for (const std::string& job : {sends, fetches}) {
            QCOMPARE(m_machine.platform.log().count(renewalOf(job)), 1);
            QVERIFY2(m_renewed[job] < life, "they were renewed only when the store refused them");
            QCOMPARE(withItsFirstCredentials(job), std::string("storage.denied"));
        }
    }
};

QTEST_GUILESS_MAIN(SoakCredentials)
#include "soak_credentials.moc"
