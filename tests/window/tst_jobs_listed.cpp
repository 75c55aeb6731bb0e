#include "app/services/compose.h"
#include "app/window/controllers.h"
#include "tests/support/platform/platform_process.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace sealwright;
using namespace Qt::StringLiterals;

namespace {
constexpr int patience = 60'000;
}

/// What the Jobs page is told of jobs that a real platform signed.
class JobsListedTest : public QObject {
    Q_OBJECT

    test::PlatformProcess m_platform;
    QTemporaryDir m_folder;
    views::Session m_session;
    std::unique_ptr<window::Controllers> m_controllers;
    std::string m_machineId;

    QString write(const QString& name, const std::string& text) const {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text.data(), qint64(text.size())) > 0 ? file.fileName()
                                                                                                   : QString();
    }
    QString order(crypto::Json feedback) {
        using crypto::JsonObject;
        const auto made = m_platform.admin("POST", "/admin/jobs",
                                           JsonObject{{"machine_id", m_machineId},
                                                      {"name", "Ordered by a test"},
                                                      {"policy", JsonObject{{"version", 1}}},
                                                      {"source", JsonObject{{"kind", "local"}}},
                                                      {"bucket", "cohort"},
                                                      {"prefix", "loader/test/"},
                                                      {"feedback", std::move(feedback)}});
        return made ? QString::fromStdString(*made->find("job_id")->string()) : QString();
    }
    const items::JobRow* listed(const QString& id) {
        m_session.jobs.refresh();
        return QTest::qWaitFor([&] { return !m_session.jobs.busy() && m_session.jobs.jobs()->find(id); }, patience)
                   ? m_session.jobs.jobs()->find(id)
                   : nullptr;
    }

private Q_SLOTS:
    void initTestCase() {
        if (!test::PlatformProcess::possible()) {
            QVERIFY2(!qEnvironmentVariableIsSet("CI"), "SEALWRIGHT_S3_ENDPOINT is not set");
            QSKIP("needs the object store that ./dev test starts");
        }
        QVERIFY2(m_platform.start(), m_platform.log());
        Configuration configuration;
        configuration.keystore = "file:" + m_folder.filePath(u"keys"_s).toStdString();
        configuration.configDir = m_folder.filePath(u"profile"_s).toStdString();
        configuration.passphrase.file = write(u"passphrase"_s, "a passphrase\n").toStdString();
        auto services = openServices(configuration);
        QVERIFY(services.ok());
        m_controllers = std::make_unique<window::Controllers>(std::move(*services), m_session, configuration.configDir);
        m_controllers->load();
        using Phase = views::RegistrationView::Phase;
        views::RegistrationView& view = m_session.registration;
        m_session.takeInvitation(write(u"invitation.json"_s, m_platform.invitation()));
        QVERIFY(QTest::qWaitFor([&] { return view.phase() == Phase::Invited; }, patience));
        view.join(u"ward 3"_s, {});
        QVERIFY(QTest::qWaitFor([&] { return view.phase() == Phase::Done; }, patience));
        const auto machines = m_platform.admin("GET", "/admin/machines");
        QVERIFY(machines && machines->find("machines") && machines->find("machines")->array()->size() == 1);
        m_machineId = *machines->find("machines")->array()->front().find("machine_id")->string();
    }

    void whoIsToldIsNamed() {
        const items::JobRow* row = listed(order(crypto::JsonObject{{"kind", "rest"}}));
        QVERIFY(row);
        QVERIFY(row->brokerHost.isEmpty() && row->exchange.isEmpty());

        const QByteArray host = qgetenv("SEALWRIGHT_S3_ENDPOINT").mid(7); // a listed one
        row = listed(order(crypto::JsonObject{{"kind", "amqp"},
                                              {"url", "amqp://" + host.toStdString() + "/wards"},
                                              {"exchange", "events"},
                                              {"routing_key", "k"}}));
        QVERIFY(row);
        QCOMPARE(row->brokerHost, QString::fromLatin1(host));
        QCOMPARE(row->exchange, u"events"_s);
    }

    void cleanupTestCase() { m_controllers.reset(); }
};

QTEST_GUILESS_MAIN(JobsListedTest)
#include "tst_jobs_listed.moc"
