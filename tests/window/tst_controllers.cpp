#include "app/services/compose.h"
#include "app/window/controllers.h"
#include "app/window/passphrase_prompt.h"
#include "crypto/base/secret.h"
#include "models/tasks/dataset_files.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace sealwright;
using namespace sealwright::items;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 60'000; // making keys and scrypt take their time

views::Passphrase passphrase(std::string_view text) {
    return std::make_shared<const crypto::SecretBytes>(asBytes(text));
}

} // namespace

/// The window's controllers over a real profile and keystore; what needs a platform is tried by the main job's tests.
class ControllersTest : public QObject {
    Q_OBJECT

    /// One start of the program.
    struct Program {
        views::Session session;
        std::optional<Services> services;
        std::vector<std::uint64_t> limits; ///< of transfers, as they were set
        std::unique_ptr<window::Controllers> controllers;
    };
    std::unique_ptr<QTemporaryDir> m_folder;

    QString path(const QString& name) const { return m_folder->filePath(name); }
    QString write(const QString& name, const QByteArray& bytes) const {
        QFile file(path(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName() : QString();
    }
    static QByteArray read(const QString& name) {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    std::unique_ptr<Program> start(bool asked = false) const {
        auto program = std::make_unique<Program>();
        Configuration configuration;
        configuration.keystore = "file:" + path(u"keystore"_s).toStdString();
        configuration.configDir = path(u"profile"_s).toStdString();
        if (asked)
            configuration.ask = window::askIn(program->session.unlock);
        else
            configuration.passphrase.file = path(u"passphrase"_s).toStdString();
        auto services = openServices(configuration);
        if (!services)
            return nullptr;
        program->services = *services;
        services->limitTransfers = [to = &program->limits](std::uint64_t rate) { to->push_back(rate); };
        program->controllers =
            std::make_unique<window::Controllers>(std::move(*services), program->session, configuration.configDir);
        program->controllers->load();
        return program;
    }
    /// As `start`, with keys.
    std::unique_ptr<Program> startWithKeys() const {
        auto program = start();
        program->session.keys.makeKeys(u"ward 3"_s);
        return QTest::qWaitFor([&] { return program->session.machine.facts().hasKeys; }, patience) ? std::move(program)
                                                                                                   : nullptr;
    }
    static const FileRow& line(const Program& program, std::size_t at) {
        return const_cast<views::Session&>(program.session).files.files()->rows()[at];
    }
    static std::string kept(const Program& program, const char* name) {
        return program.services->ledger->setting(name)->value_or("");
    }

private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        write(u"passphrase"_s, "a passphrase\n");
    }

    void settingsAreKeptAndComeBack() {
        {
            const auto program = start();
            views::SettingsView& settings = program->session.settings;
            settings.setThreads(7); // changed while the one before is still being written
            QCOMPARE(program->limits.back(), std::uint64_t{0});
            settings.setTransferLimit(2'500'000);
            QCOMPARE(program->limits.back(), std::uint64_t{2'500'000});
            settings.setResultsFolder(u"/results"_s);
            settings.setAppearance(views::Appearance::Dark);
            QTRY_COMPARE_WITH_TIMEOUT(kept(*program, "window.appearance"), std::string("dark"), 30'000);
        }
        const auto again = start();
        const views::SettingsFacts& facts = again->session.settings.facts();
        QVERIFY(facts.appearance == views::Appearance::Dark);
        QCOMPARE(facts.threads, 7u);
        QCOMPARE(facts.transferLimit, quint64{2'500'000});
        QCOMPARE(again->limits, std::vector<std::uint64_t>{2'500'000});
        QCOMPARE(facts.resultsFolder, u"/results"_s);
        QVERIFY(facts.temporaryFolder.isEmpty());
    }

    void aTemporaryFolderIsUsedAtOnceAndAfterTheNextStart() {
        const QString chosen = path(u"big disk"_s);
        {
            const auto program = start();
            program->session.settings.chooseTemporaryFolder(chosen);
            QTRY_COMPARE_WITH_TIMEOUT(program->session.settings.facts().temporaryFolder, chosen, 30'000);
            QCOMPARE(QDir(chosen).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
        }
        auto again = start();
        QCOMPARE(again->session.settings.facts().temporaryFolder, chosen);
        QVERIFY(again->services->spoolFolder.rfind(chosen.toStdString(), 0) == 0);
        QVERIFY(again->services->keptFolder.rfind(chosen.toStdString(), 0) == 0);
        again->session.settings.chooseTemporaryFolder({});
        QTRY_VERIFY_WITH_TIMEOUT(again->session.settings.facts().temporaryFolder.isEmpty(), 30'000);
        QCOMPARE(kept(*again, spoolSetting), std::string());
    }

    void aTemporaryFolderThatCannotBeIsNotTaken() {
        const auto program = start();
        program->session.settings.chooseTemporaryFolder(path(u"passphrase"_s)); // a file
        QTRY_VERIFY_WITH_TIMEOUT(program->session.settings.failure(), 30'000);
        QVERIFY(program->session.settings.failure()->code == Code::FileFailed);
        QVERIFY(program->session.settings.facts().temporaryFolder.isEmpty());
        QCOMPARE(kept(*program, spoolSetting), std::string());
    }

    void oneThatIsGoneIsSaidUnderSettings() {
        {
            const auto program = start();
            QVERIFY(program->services->ledger->setSetting(spoolSetting, path(u"passphrase"_s).toStdString()).ok());
        }
        const auto again = start();
        QVERIFY(again->session.settings.failure());
        QCOMPARE(again->session.settings.facts().temporaryFolder, path(u"passphrase"_s));
    }

    void whatIsTakenIsLookedAtFirst() {
        const auto program = start();
        QSignalSpy invitation(&program->session, &views::Session::invitationTaken),
            files(&program->session, &views::Session::filesTaken);
        program->session.take({write(u"i.json"_s, R"({"format": "sealwright-invitation/1"})")});
        QTRY_COMPARE_WITH_TIMEOUT(invitation.count(), 1, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(program->session.registration.failure(), 30'000); // it says what it is, and no more
        program->session.take({write(u"i.txt"_s, " sealwright://register?invitation=x\n")});
        QTRY_COMPARE_WITH_TIMEOUT(invitation.count(), 2, 30'000);
        program->session.take({write(u"data.json"_s, "[]")});
        QTRY_COMPARE_WITH_TIMEOUT(files.count(), 1, 30'000);
        program->session.take({path(u"nothing there"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(files.count(), 2, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(line(*program, 1).stage == FileRow::Stage::Failed, 30'000);
        QVERIFY(line(*program, 1).failure->code == Code::FileNotFound);
    }

    void filesAreSealedOneAfterTheOtherAndOpenedAgain() {
        const auto program = startWithKeys();
        QVERIFY(program);
        views::FilesView& files = program->session.files;
        int most = 0;
        connect(&files, &views::PageView::changed, this, [&] {
            const auto& rows = files.files()->rows();
            most = std::max(most, static_cast<int>(std::count_if(rows.begin(), rows.end(), [](const FileRow& row) {
                                return row.stage == FileRow::Stage::Working;
                            })));
        });
        QVERIFY(QDir().mkpath(path(u"folder/below"_s)));
        write(u"folder/below/b"_s, "bb");
        files.add({write(u"a.pdf"_s, "aaa"), path(u"folder"_s), write(u"c"_s, "")});
        QTRY_VERIFY_WITH_TIMEOUT(line(*program, 0).size == quint64(3) && line(*program, 1).folder, 30'000);
        files.seal({});
        QTRY_VERIFY_WITH_TIMEOUT(!files.working(), patience);
        for (std::size_t i = 0; i < 3; ++i) {
            QVERIFY(line(*program, i).stage == FileRow::Stage::Done);
            QCOMPARE(line(*program, i).result, line(*program, i).path + u".sealed"_s);
        }
        QCOMPARE(most, 1);
        files.add({path(u"a.pdf.sealed"_s), path(u"folder.sealed"_s)});
        QVERIFY(QDir().mkpath(path(u"out"_s)));
        files.openPackages(path(u"out"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!files.working(), patience);
        QCOMPARE(read(path(u"out/a.pdf/a.pdf"_s)), QByteArray("aaa"));
        QCOMPARE(read(path(u"out/folder/folder/below/b"_s)), QByteArray("bb"));
        QCOMPARE(line(*program, 3).signer, u"ward 3"_s);
    }

    void aLineThatWaitsCanBeTakenBack() {
        const auto program = startWithKeys();
        QVERIFY(program);
        views::FilesView& files = program->session.files;
        files.add({write(u"a"_s, "a"), write(u"b"_s, "b")});
        files.seal({});
        QVERIFY(line(*program, 1).stage == FileRow::Stage::Waiting);
        files.cancel(line(*program, 1).id);
        QVERIFY(line(*program, 1).stage == FileRow::Stage::Cancelled);
        QTRY_VERIFY_WITH_TIMEOUT(!files.working(), patience);
        QVERIFY(line(*program, 0).stage == FileRow::Stage::Done);
        QVERIFY(!QFileInfo::exists(path(u"b.sealed"_s)));
    }

    void aSealedDatasetIsOpenedIntoAFile() {
        const auto program = startWithKeys();
        QVERIFY(program);
        const QByteArray source = "id,name\n1,\"Ada, Countess\"\n2,Alan\n";
        EncryptFileRequest request;
        request.source = *openFileSource(write(u"people.csv"_s, source).toStdString());
        request.out = path(u"people.sealed.csv"_s).toStdString();
        const auto sealed = std::async(std::launch::async, [&] {
                                TaskContext context;
                                return encryptFile(*program->services, request, context);
                            }).get();
        QVERIFY(sealed.ok());
        QVERIFY(QFile::remove(path(u"people.csv"_s)));
        views::FilesView& files = program->session.files;
        files.add({path(u"people.sealed.csv"_s), path(u"people.sealed.csv.manifest.json"_s),
                   path(u"people.sealed.csv.manifest.jws"_s)});
        QTRY_COMPARE_WITH_TIMEOUT(files.files()->rowCount(), 1, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(line(*program, 0).dataset && line(*program, 0).work == FileRow::Work::Open, 30'000);
        files.openPackages({});
        QTRY_VERIFY_WITH_TIMEOUT(!files.working(), patience);
        QVERIFY(line(*program, 0).stage == FileRow::Stage::Done);
        QCOMPARE(line(*program, 0).result, path(u"people.csv"_s));
        QCOMPARE(read(path(u"people.csv"_s)), source);
        QCOMPARE(line(*program, 0).signer, u"ward 3"_s);
        QVERIFY(!line(*program, 0).failure);
    }

    void keysAreRotatedAndWhatWasSealedBeforeStillOpens() {
        const auto program = startWithKeys();
        QVERIFY(program);
        views::KeysView& keys = program->session.keys;
        views::FilesView& files = program->session.files;
        files.add({write(u"letter.txt"_s, "words")});
        files.seal({});
        QTRY_VERIFY_WITH_TIMEOUT(!files.working(), patience);
        QVERIFY(line(*program, 0).stage == FileRow::Stage::Done);
        const QString before = keys.recipientKey()->kid;
        keys.makeKit(path(u"kit"_s), passphrase("kit words"));
        QTRY_VERIFY_WITH_TIMEOUT(keys.kitMadeAt() > 0, patience);
        keys.rotate();
        QVERIFY(keys.busy());
        QTRY_VERIFY_WITH_TIMEOUT(!keys.busy(), patience);
        QVERIFY(keys.recipientKey()->kid != before);
        QCOMPARE(program->session.machine.facts().kid, keys.recipientKey()->kid);
        QCOMPARE(keys.formerPairs(), 1);
        QCOMPARE(keys.kitMadeAt(), qint64{0}); // it is offered again
        QTRY_VERIFY_WITH_TIMEOUT(keys.health() == views::KeyHealth::Healthy, patience);
        files.add({path(u"letter.txt.sealed"_s)});
        QVERIFY(QDir().mkpath(path(u"out"_s)));
        files.openPackages(path(u"out"_s));
        QTRY_VERIFY_WITH_TIMEOUT(!files.working(), patience);
        QCOMPARE(read(path(u"out/letter.txt/letter.txt"_s)), QByteArray("words"));
    }

    void thePassphraseIsAskedInTheWindow() {
        {
            const auto program = start(true);
            views::UnlockView& unlock = program->session.unlock;
            program->session.keys.makeKeys(u"ward 3"_s);
            QTRY_VERIFY_WITH_TIMEOUT(unlock.asking(), patience);
            QVERIFY(unlock.wish() == views::UnlockView::Wish::New);
            QCOMPARE(unlock.place(), path(u"keystore"_s));
            unlock.give(passphrase("correct horse battery"));
            QTRY_VERIFY_WITH_TIMEOUT(program->session.machine.facts().hasKeys, patience);
        }
        const auto again = start(true);
        views::UnlockView& unlock = again->session.unlock;
        again->controllers->refresh();
        QTRY_VERIFY_WITH_TIMEOUT(unlock.asking(), 30'000);
        QVERIFY(unlock.wish() == views::UnlockView::Wish::Open);
        unlock.give(passphrase("staple"));
        QTRY_VERIFY_WITH_TIMEOUT(unlock.asking(), patience);
        QVERIFY(unlock.wish() == views::UnlockView::Wish::Again);
        unlock.give(passphrase("correct horse battery"));
        QTRY_VERIFY_WITH_TIMEOUT(again->session.keys.health() == views::KeyHealth::Healthy, patience);
        QVERIFY(!again->session.keys.failure());
    }

    void dismissedTheKeysStayLocked() {
        QVERIFY(startWithKeys());
        const auto program = start(true);
        program->controllers->refresh();
        QTRY_VERIFY_WITH_TIMEOUT(program->session.unlock.asking(), 30'000);
        program->session.unlock.dismiss();
        QTRY_VERIFY_WITH_TIMEOUT(program->session.keys.health() == views::KeyHealth::Locked, 30'000);
        QVERIFY(program->session.keys.failure()->code == Code::KeychainLocked);
        QCOMPARE(program->session.keys.failure()->where.file, path(u"keystore"_s).toStdString());
        program->session.keys.checkNow(); // and can be asked for again
        QTRY_VERIFY_WITH_TIMEOUT(program->session.unlock.asking(), 30'000);
        program->session.unlock.give(passphrase("a passphrase"));
        QTRY_VERIFY_WITH_TIMEOUT(program->session.keys.health() == views::KeyHealth::Healthy, patience);
        QVERIFY(!program->session.keys.failure());
    }

    void theProgramEndsWhileItAsks() {
        QVERIFY(startWithKeys());
        const auto program = start(true);
        program->controllers->refresh();
        program->session.keys.checkNow(); // a second one that waits for the same answer
        QTRY_VERIFY_WITH_TIMEOUT(program->session.unlock.asking(), 30'000);
        program->controllers.reset(); // joins the tasks
        QTRY_VERIFY_WITH_TIMEOUT(!program->session.unlock.asking(), 30'000);
    }
};

QTEST_GUILESS_MAIN(ControllersTest)
#include "tst_controllers.moc"
