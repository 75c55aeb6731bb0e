#include "crypto/base/secret.h"
#include "models/views/session.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace sealwright;
using namespace sealwright::items;
using namespace sealwright::views;
using namespace Qt::StringLiterals;

class PageViewsTest : public QObject {
    Q_OBJECT
private:
    static QString write(const QTemporaryDir& folder, const QString& name, const QByteArray& text) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            return {};
        return file.fileName();
    }

private Q_SLOTS:
    void aFailureStaysUntilTheNextAttempt() {
        PageView view;
        view.begin();
        QVERIFY(view.busy());
        view.fail(Failure(Code::NetworkTimeout));
        QVERIFY(!view.busy());
        QVERIFY(view.failure());
        view.begin();
        QVERIFY(!view.failure());
        view.fail(Failure(Code::Cancelled));
        QVERIFY(!view.failure());
    }

    void decliningNeedsAReasonAndAJobThatCanBeDeclined() {
        JobsView jobs;
        QSignalSpy declined(&jobs, &JobsView::declineWanted);
        JobRow open, done;
        open.id = u"1"_s;
        done.id = u"2"_s;
        done.standing = JobStanding::Done;
        jobs.setJobs({open, done});
        jobs.decline(u"1"_s, u"  "_s);
        jobs.decline(u"2"_s, u"no"_s);
        jobs.decline(u"3"_s, u"no"_s);
        QCOMPARE(declined.count(), 0);
        jobs.decline(u"1"_s, u" not approved "_s);
        QCOMPARE(declined.count(), 1);
        QCOMPARE(declined[0][1].toString(), u"not approved"_s);
    }

    void theFirstThatWaitsIsShownAndTheSelectionIsKept() {
        JobsView jobs;
        JobRow done, waits;
        done.id = u"1"_s;
        done.standing = JobStanding::Done;
        waits.id = u"2"_s;
        jobs.setJobs({done, waits});
        QCOMPARE(jobs.current()->id, u"2"_s);
        jobs.select(u"1"_s);
        jobs.setJobs({waits, done});
        QCOMPARE(jobs.current()->id, u"1"_s);
        jobs.setJobs({waits});
        QCOMPARE(jobs.current()->id, u"2"_s);
        jobs.setJobs({});
        QVERIFY(!jobs.current());
    }

    void aRunTellsRateAndTimeLeft() {
        RunView run;
        run.start({});
        QVERIFY(run.running());
        QVERIFY(run.stage(RunStep::Read) == StepStage::Active);
        run.setProgress(0, 100'000'000, 1000);
        QVERIFY(!run.secondsLeft());
        run.setProgress(10'000'000, 100'000'000, 2000);
        QCOMPARE(run.percent(), 10);
        QCOMPARE(qRound64(run.rate()), qint64(10'000'000));
        QCOMPARE(*run.secondsLeft(), quint64(9));
        run.setStep(RunStep::Upload);
        QVERIFY(run.stage(RunStep::Check) == StepStage::Done);
        QCOMPARE(run.percent(), 0);
        QVERIFY(run.rate() == 0);
    }

    void aRunEndsOnce() {
        RunView run;
        QSignalSpy cancelWanted(&run, &RunView::cancelWanted);
        run.start({});
        run.cancel();
        run.cancel();
        QCOMPARE(cancelWanted.count(), 1);
        run.stop(Failure(Code::Cancelled));
        QVERIFY(run.cancelled() && !run.running() && !run.failure());
        run.start({});
        QVERIFY(!run.cancelled());
        run.setStep(RunStep::Check);
        run.stop(Failure(Code::JobCheckFailed));
        QVERIFY(run.failure() && run.stage(RunStep::Check) == StepStage::Failed);
        run.start({});
        run.finish({});
        QVERIFY(run.receipt() && run.stage(RunStep::Report) == StepStage::Done);
    }

    void anOlderReceiptDoesNotHideARun() {
        RunView run;
        run.start({});
        ReceiptFacts old;
        old.jobName = u"old"_s;
        run.showReceipt(old);
        QVERIFY(!run.receipt());
        run.finish({});
        run.showReceipt(old);
        QCOMPARE(run.receipt()->jobName, u"old"_s);
    }

    void thisMachineIsAmongTheRecipientsUnlessRemoved() {
        FilesView files;
        Opener self, other;
        self.kid = u"s"_s;
        self.thisMachine = true;
        other.kid = u"o"_s;
        files.setKnown({self, other});
        QCOMPARE(files.chosen().size(), 1);
        files.choose(u"o"_s);
        QCOMPARE(files.chosen().size(), 2);
        files.unchoose(u"s"_s);
        files.setKnown({self, other});
        QCOMPARE(files.chosen().size(), 1);
        QCOMPARE(files.chosen().first().kid, u"o"_s);
        files.choose(u"s"_s);
        QVERIFY(files.chosen().first().thisMachine);
        files.setKnown({self});
        QCOMPARE(files.chosen().size(), 1);
    }

    void sealedFilesAreOpenedAllOthersSealed() {
        QTemporaryDir folder;
        FilesView files;
        Opener self;
        self.kid = u"s"_s;
        self.thisMachine = true;
        files.setKnown({self});
        QSignalSpy seal(&files, &FilesView::sealWanted), open(&files, &FilesView::openWanted);
        files.add({write(folder, u"a.pdf"_s, "1"), write(folder, u"b.SEALED"_s, "2"), folder.path()});
        files.add({folder.filePath(u"a.pdf"_s)});
        QCOMPARE(files.files()->rowCount(), 3);
        QVERIFY(files.files()->rows()[2].folder);
        files.seal({});
        files.openPackages({});
        QCOMPARE(seal.count(), 2);
        QCOMPARE(open.count(), 1);
        QCOMPARE(seal[0][1].toStringList(), QStringList{u"s"_s});
        files.unchoose(u"s"_s);
        files.seal({});
        QCOMPARE(seal.count(), 2);
    }

    void aLineUnderWorkIsNotRemoved() {
        QTemporaryDir folder;
        FilesView files;
        files.add({write(folder, u"a"_s, "1")});
        FileRow row = files.files()->rows()[0];
        row.stage = FileRow::Stage::Working;
        files.update(row);
        files.remove(row.id);
        QCOMPARE(files.files()->rowCount(), 1);
    }

    void whatIsDroppedGoesWhereItBelongs() {
        QTemporaryDir folder;
        Session session;
        QSignalSpy invitation(&session, &Session::invitationTaken), files(&session, &Session::filesTaken),
            read(&session.registration, &RegistrationView::fileWanted);
        session.take({write(folder, u"i.json"_s, R"({"format": "sealwright-invitation/1"})")});
        QCOMPARE(invitation.count(), 1);
        QCOMPARE(read.count(), 1);
        session.take({write(folder, u"data.json"_s, "[]"), write(folder, u"x.sealed"_s, "PK")});
        QCOMPARE(files.count(), 1);
        QCOMPARE(session.files.files()->rowCount(), 2);
        session.take({});
        QCOMPARE(files.count(), 1);
    }

    void joiningGoesThroughItsPhases() {
        using Phase = RegistrationView::Phase;
        RegistrationView view;
        QSignalSpy join(&view, &RegistrationView::joinWanted), accept(&view, &RegistrationView::acceptWanted);
        view.join(u"ward-7"_s, {});
        QCOMPARE(join.count(), 0);
        view.setInvitation({});
        view.join(u" "_s, {});
        QCOMPARE(join.count(), 0);
        view.join(u"ward-7"_s, {});
        QVERIFY(view.phase() == Phase::Working && view.busy());
        view.comparePlatform(u"kid"_s, u"a b c d e f"_s);
        QVERIFY(view.phase() == Phase::Comparing && !view.busy());
        view.acceptPlatform();
        QCOMPARE(accept.count(), 1);
        view.setFailed(Failure(Code::NetworkTimeout));
        QVERIFY(view.phase() == Phase::Invited && view.failure());
        view.join(u"ward-7"_s, {});
        view.setDone(u"Cohort Platform"_s);
        QVERIFY(view.phase() == Phase::Done);
        view.restart();
        QVERIFY(view.phase() == Phase::Paste && view.platformKid().isEmpty());
    }

    void aResultIsOpenedOnceAtATime() {
        ResultsView results;
        results.setResults({{u"1"_s, u"Risk"_s, 5, false}});
        QSignalSpy open(&results, &ResultsView::openWanted);
        results.open(u"nobody"_s);
        results.open(u"1"_s);
        results.open(u"1"_s);
        QCOMPARE(open.count(), 1);
        ResultFacts facts;
        facts.id = u"1"_s;
        facts.records = 3;
        results.setOpened(facts, {u"a"_s});
        QCOMPARE(results.table()->rowCount(), 3);
        QCOMPARE(results.results()->unseen(), 0);
        results.close();
        QCOMPARE(results.table()->rowCount(), 0);
        results.open(u"1"_s);
        results.openFailed(Failure(Code::AuthAltered));
        QVERIFY(results.failure() && results.opening().isEmpty());
    }

    void settingsAreKeptAtOnce() {
        SettingsView settings;
        QSignalSpy keep(&settings, &SettingsView::keepWanted), look(&settings, &SettingsView::appearanceChanged);
        settings.setAppearance(Appearance::Dark);
        settings.setAppearance(Appearance::Dark);
        settings.setThreads(2);
        QCOMPARE(look.count(), 1);
        QCOMPARE(keep.count(), 2);
        SettingsFacts facts;
        settings.setFacts(facts);
        QCOMPARE(look.count(), 2);
        QCOMPARE(keep.count(), 2);
    }

    void aPassphraseLeavesNothingBehind() {
        QString typed = u"correct horse ä"_s;
        const Passphrase taken = takePassphrase(typed);
        QVERIFY(typed.isEmpty());
        QCOMPARE(taken->size(), std::size_t(16));
    }
};

QTEST_GUILESS_MAIN(PageViewsTest)
#include "tst_page_views.moc"
