#include "tests/support/platform/job_order.h"
#include "tests/support/platform/need_store.h"
#include "tests/window/registered_window.h"

#include <QTest>

using namespace sealwright;
using namespace Qt::StringLiterals;
using items::FieldState;
using items::PreviewTableModel;
using tests::RegisteredWindow;

/// What the Fields page is told of a job's data: the first records at once, the rest once all of it has been read.
class FieldsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<RegisteredWindow> m_window;

    views::FieldsView& fields() const { return m_window->session.fields; }
    /// A fresh job's fields on a file of that content, when all of it has been read.
    bool open(const QString& file, const std::string& text, test::JobOrder order = {}) {
        order.machineId = m_window->machineId;
        const QString id = QString::fromStdString(test::placeForId(m_window->platform, std::move(order)));
        if (id.isEmpty() || !m_window->refresh())
            return false;
        m_window->session.jobs.openFields(id, m_window->write(file, text));
        return QTest::qWaitFor([&] { return fields().job().id == id && fields().ready() && fields().source().records; },
                               RegisteredWindow::patience) &&
               settled();
    }
    bool settled() const {
        return QTest::qWaitFor([this] { return !fields().busy(); }, RegisteredWindow::patience);
    }
    QStringList paths() const {
        QStringList all;
        for (const auto& leaf : fields().fields()->leaves())
            all << leaf.path;
        return all;
    }

private Q_SLOTS:
    void initTestCase() {
        NEED_STORE("the fields of a job's data");
        m_window = std::make_unique<RegisteredWindow>();
        const QByteArray wrong = m_window->startAndJoin();
        QVERIFY2(wrong.isEmpty(), wrong);
    }

    /// Nothing leaves that the page does not show, however late it comes in the file.
    void aFieldOfALaterRecordIsShownToo() {
        std::string lines;
        for (int i = 0; i < 200; ++i)
            lines += R"({"name":"Otto"})"
                     "\n";
        lines += R"({"name":"Ada","rare":"seldom"})"
                 "\n";
        QVERIFY(open(u"late.jsonl"_s, lines));
        QCOMPARE(fields().source().records, std::optional<quint64>(201));
        QTRY_COMPARE_WITH_TIMEOUT(paths(), (QStringList{u"name"_s, u"rare"_s}), 30'000);
        for (const auto* table : {fields().before(), fields().after()}) {
            QCOMPARE(table->columnCount(), 2);
            QVERIFY(table->index(0, 0).data(PreviewTableModel::PresentRole).toBool());
            for (int row = 0; row < table->rowCount(); ++row) // none of the shown records has it
                QVERIFY(!table->index(row, 1).data(PreviewTableModel::PresentRole).toBool());
        }
        QCOMPARE(fields().before()->rowCount(), 50);
        // It is the owner's to decide on, as any other.
        fields().fields()->choose({fields().fields()->index(1, 0)}, {FieldState::LeftOut, 0, 0, {}});
        QVERIFY(settled());
        QCOMPARE(fields().withState(FieldState::LeftOut), QStringList{u"rare"_s});
        QCOMPARE(paths().size(), 2);
    }

    /// What stands in it is met when all is read, and is no field of its own.
    void whatIsTakenWholeIsOneField() {
        test::JobOrder order;
        order.policy = test::policyFor("person", "encrypt");
        std::string lines;
        for (int i = 0; i < 100; ++i)
            lines += R"({"person":{"name":"Otto","born":"1970"},"ward":"3"})"
                     "\n";
        QVERIFY(open(u"whole.jsonl"_s,
                     lines + R"({"rare":"seldom"})"
                             "\n",
                     order));
        QTRY_VERIFY_WITH_TIMEOUT(paths().contains(u"rare"_s), 30'000); // all has been read
        QCOMPARE(paths(), (QStringList{u"person"_s, u"ward"_s, u"rare"_s}));
    }

    void cleanupTestCase() { m_window.reset(); }
};

QTEST_GUILESS_MAIN(FieldsTest)
#include "tst_fields.moc"
