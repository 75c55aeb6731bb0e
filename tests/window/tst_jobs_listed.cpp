#include "tests/support/platform/job_order.h"
#include "tests/support/platform/need_store.h"
#include "tests/window/registered_window.h"

#include <QTest>

using namespace sealwright;
using namespace Qt::StringLiterals;
using tests::RegisteredWindow;

/// What the Jobs page is told of jobs that a real platform signed.
class JobsListedTest : public QObject {
    Q_OBJECT

    std::unique_ptr<RegisteredWindow> m_window;

    QString order(crypto::Json feedback) {
        test::JobOrder order{m_window->machineId};
        order.more = {{"feedback", std::move(feedback)}};
        return QString::fromStdString(test::placeForId(m_window->platform, std::move(order)));
    }
    const items::JobRow* listed(const QString& id) {
        return m_window->refresh() ? m_window->session.jobs.jobs()->find(id) : nullptr;
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("the window's list of jobs");
        m_window = std::make_unique<RegisteredWindow>();
        const QByteArray wrong = m_window->startAndJoin();
        QVERIFY2(wrong.isEmpty(), wrong);
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

    void cleanupTestCase() { m_window.reset(); }
};

QTEST_GUILESS_MAIN(JobsListedTest)
#include "tst_jobs_listed.moc"
