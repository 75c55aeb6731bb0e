#pragma once
#include "app/s3/upload_calls.h"
#include "tests/cli/cli_machine.h"
#include "tests/support/platform/job_order.h"
#include "tests/support/platform/need_store.h"
#include "tests/support/platform/platform_process.h"

#include <QXmlStreamReader>
#include <QtTest>

namespace sealwright::tests {

/// A registered machine with a file of its own, the platform, and the store behind it: to kill the program on, and to
/// see what has become of a job.
class KilledMachine {
public:
    static constexpr const char* canary = "Kanarienvogel-77";

    /// What went wrong, or nothing. The file becomes some three parts once it is sealed.
    QByteArray start() {
        ::setenv("TMPDIR", machine.path(QStringLiteral("tmp")).toLocal8Bit().constData(), 1); // searched as well
        QDir().mkpath(machine.path(QStringLiteral("tmp")));
        if (!platform.start({QStringLiteral("--demo")}))
            return platform.log();
        const Said said = machine.run({QStringLiteral("register"), QStringLiteral("--invite"), QStringLiteral("-")},
                                      QByteArray::fromStdString(platform.invitation()));
        if (said.status != 0)
            return said.out + said.err;
        m_machineId = said.json()[QLatin1String("machine_id")].toString().toStdString();
        m_source = "name,ward\n";
        while (m_source.size() < 7'000'000)
            m_source += QByteArray(canary) + QByteArray::number(m_source.size()) + ",3\n";
        m_access.endpoint = qgetenv("SEALWRIGHT_S3_ENDPOINT").toStdString();
        m_access.region = qgetenv("SEALWRIGHT_S3_REGION").toStdString();
        m_access.bucket = "cohort";
        m_credentials.accessKey = qgetenv("SEALWRIGHT_S3_ACCESS_KEY").toStdString();
        const QByteArray secret = qgetenv("SEALWRIGHT_S3_SECRET_KEY");
        m_credentials.secretKey =
            crypto::SecretBytes(asBytes({secret.constData(), static_cast<std::size_t>(secret.size())}));
        m_access.credentials = &m_credentials;
        return writeFile(input(), m_source) ? QByteArray() : QByteArray("the file cannot be written");
    }

    QString input() const { return machine.work(QStringLiteral("people.csv")); }

    /// A job for that file; its id.
    QString order(const QString& name) {
        test::JobOrder order{m_machineId, name.toStdString()};
        order.policy = test::policyFor("name", "encrypt");
        order.prefix = prefixOf(name);
        return QString::fromStdString(test::placeForId(platform, std::move(order)));
    }

    /// The command that runs it.
    QStringList runWords(const QString& id, bool straight) const {
        return QStringList{QStringLiteral("jobs"), QStringLiteral("run"), id, QStringLiteral("--input"), input()} +
               QStringList(straight ? 1 : 0, QStringLiteral("--straight-through"));
    }

    /// The program starts again, once, and brings the job to its end where it has none yet; what went wrong, or
    /// nothing.
    QByteArray startAgain(const QString& id, bool straight = false) {
        const Said listed = machine.run({QStringLiteral("jobs"), QStringLiteral("show"), id});
        if (listed.status != 0)
            return "after the kill: " + listed.out + listed.err;
        interrupted = listed.json()[QLatin1String("interrupted")].toBool();
        if (listed.json()[QLatin1String("state")].toString() == QLatin1String("done"))
            return {};
        const Said said = machine.run(runWords(id, straight));
        if (said.status != 0)
            return "the second run: " + said.out + said.err;
        if (said.json()[QLatin1String("resumed")].toBool() != interrupted)
            return "the list and the run do not agree whether it was interrupted: " + said.out;
        return {};
    }

    /// Exactly one whole dataset, one `done`, and nothing else anywhere; what there is instead, or nothing.
    QByteArray wrongAfter(const QString& id, const QString& name) {
        const auto answer = platform.admin("GET", "/admin/jobs/" + id.toStdString() + "/events");
        if (!answer || *answer->find("state")->string() != "done")
            return "the platform does not have it as done";
        long done = 0;
        for (const auto& event : *answer->find("events")->array())
            done += *event.find("kind")->string() == "done";
        if (done != 1)
            return "done was said " + QByteArray::number(static_cast<int>(done)) + " times";
        const std::string data = prefixOf(name) + id.toStdString() + ".csv";
        const QStringList there = objects(prefixOf(name));
        const JobObjects wanted = objectsBeside(data);
        if (there != QStringList{QString::fromStdString(wanted.data), QString::fromStdString(wanted.manifest),
                                 QString::fromStdString(wanted.signature)})
            return "in the store: " + there.join(QLatin1String(", ")).toUtf8();
        const auto unfinished = s3::listUploads({m_network, m_access, data}, Cancel());
        if (!unfinished || !unfinished->empty())
            return "an upload is left unfinished";
        const QStringList leaks = machine.leaks(canary, {input()});
        if (!leaks.isEmpty())
            return "left on the disk: " + leaks.join(QLatin1String(", ")).toUtf8();
        return restored(name) == m_source ? QByteArray() : QByteArray("the dataset is not the source");
    }

    CliMachine machine;
    test::PlatformProcess platform;
    bool interrupted = false; ///< as the program said when it started again

private:
    /// The machine's own, for the store may have served others before.
    std::string prefixOf(const QString& name) const {
        return "loader/kill/" + m_machineId + "/" + name.toStdString() + "/";
    }

    QStringList objects(const std::string& prefix) {
        s3::Call call;
        call.query = {{"list-type", "2"}, {"prefix", prefix}};
        const auto answer = s3::perform(m_network, m_access, call, Cancel());
        QStringList keys;
        QXmlStreamReader reader(answer ? answer->body : QByteArray());
        while (!reader.atEnd())
            if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == QLatin1String("Key"))
                keys << reader.readElementText();
        keys.sort();
        return keys;
    }

    /// What the platform gives back of it, opened; nothing is left of that on the disk.
    QByteArray restored(const QString& name) {
        const Said listed = machine.run({QStringLiteral("results"), QStringLiteral("list")});
        QByteArray bytes;
        for (const auto& one : listed.json()[QLatin1String("results")].toArray()) {
            const QJsonObject result = one.toObject();
            if (result[QLatin1String("name")].toString() != name)
                continue;
            if (!bytes.isEmpty())
                return "there are two";
            const Said got =
                machine.run({QStringLiteral("results"), QStringLiteral("get"), result[QLatin1String("id")].toString(),
                             QStringLiteral("--out"), QStringLiteral("back")});
            const QString file = machine.work(got.json()[QLatin1String("file")].toString());
            bytes = contentsOf(file);
            QDir(machine.work(QStringLiteral("back"))).removeRecursively();
        }
        return bytes;
    }

    QByteArray m_source;
    std::string m_machineId;
    net::NetworkThread m_network;
    StorageCredentials m_credentials;
    StoreAccess m_access;
};

/// What tests of kills begin with.
class GivenKilledMachine {
protected:
    std::unique_ptr<KilledMachine> m_world;

    /// False where the test cannot go on.
    bool begin() {
        startWorld();
        return m_world && !QTest::currentTestFailed();
    }

private:
    void startWorld() {
        NEED_STORE("kills of the program");
        m_world = std::make_unique<KilledMachine>();
        const QByteArray wrong = m_world->start();
        QVERIFY2(wrong.isEmpty(), wrong);
    }
};

} // namespace sealwright::tests
