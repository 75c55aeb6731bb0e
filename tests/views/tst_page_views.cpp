#include "crypto/base/secret.h"
#include "models/views/session.h"

#include <QSignalSpy>
#include <QTest>

using namespace sealwright;
using namespace sealwright::items;
using namespace sealwright::views;
using namespace Qt::StringLiterals;

class PageViewsTest : public QObject {
    Q_OBJECT
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

    void onlyWhatWasInterruptedIsGoneOnWith() {
        JobsView jobs;
        QSignalSpy goOn(&jobs, &JobsView::goOnWanted), giveUp(&jobs, &JobsView::giveUpWanted),
            leave(&jobs, &JobsView::leaveLineWanted);
        JobRow open, interrupted;
        open.id = u"1"_s;
        interrupted.id = u"2"_s;
        interrupted.standing = JobStanding::Interrupted;
        jobs.setJobs({open, interrupted});
        for (const QString& id : {u"1"_s, u"2"_s, u"3"_s}) {
            jobs.goOn(id);
            jobs.giveUp(id);
        }
        QCOMPARE(goOn.count(), 1);
        QCOMPARE(goOn[0][0].toString(), u"2"_s);
        QCOMPARE(giveUp.count(), 1);
        QCOMPARE(giveUp[0][0].toString(), u"2"_s);
        // Neither begun anew nor declined: first one of the two.
        interrupted.standing = JobStanding::InLine;
        jobs.leaveLine(interrupted.id);
        QCOMPARE(leave.count(), 0);
        jobs.update(interrupted);
        jobs.leaveLine(interrupted.id);
        QCOMPARE(leave.count(), 1);
        QVERIFY(!JobsView::mayStart(JobStanding::InLine) && !JobsView::mayDecline(JobStanding::InLine));
        QVERIFY(!JobsView::mayStart(JobStanding::Interrupted) && !JobsView::mayDecline(JobStanding::Interrupted));
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

    void oneSourceIsFetchedAtATime() {
        JobsView jobs;
        QSignalSpy wanted(&jobs, &JobsView::fieldsWanted), cancel(&jobs, &JobsView::cancelOpeningWanted);
        jobs.openFields(u"1"_s, {});
        jobs.beginOpening(u"1"_s);
        jobs.openFields(u"2"_s, {});
        QCOMPARE(wanted.count(), 1);
        jobs.setOpeningProgress(3, 10);
        QVERIFY(jobs.openingDone() == 3 && jobs.openingTotal() == 10);
        jobs.cancelOpening();
        QCOMPARE(cancel.count(), 1);
        jobs.endOpening();
        jobs.openFields(u"2"_s, {});
        QCOMPARE(wanted.count(), 2);
        jobs.beginOpening(u"2"_s);
        QCOMPARE(jobs.openingTotal(), quint64(0));
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
        QSignalSpy pause(&run, &RunView::pauseWanted), goOn(&run, &RunView::goOnWanted);
        run.setProgress(0, 100, 1000);
        run.setProgress(10, 100, 2000);
        QVERIFY(run.secondsLeft());
        run.goOn();
        run.pause();
        run.pause();
        QVERIFY(run.paused() && !run.secondsLeft() && run.rate() == 0);
        QCOMPARE(pause.count(), 1);
        run.setProgress(20, 100, 3000); // what was under way
        QVERIFY(!run.secondsLeft() && run.done() == 20);
        run.goOn();
        QCOMPARE(goOn.count(), 1);
        QVERIFY(!run.paused());
        run.setProgress(20, 100, 90'000); // the time of the pause is nobody's
        run.setProgress(30, 100, 91'000);
        QCOMPARE(*run.secondsLeft(), quint64{7});
        run.pause();
        run.stop(Failure(Code::NetworkTimeout));
        run.start({});
        QVERIFY(!run.paused());
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
        FilesView files;
        Opener self;
        self.kid = u"s"_s;
        self.thisMachine = true;
        files.setKnown({self});
        QSignalSpy seal(&files, &FilesView::sealWanted), open(&files, &FilesView::openWanted);
        QSignalSpy described(&files, &FilesView::describeWanted);
        files.add({u"/x/a.pdf"_s, u"/x/b.SEALED"_s, u"/x/folder"_s});
        files.add({u"/x/a.pdf"_s});
        QCOMPARE(files.files()->rowCount(), 3);
        QCOMPARE(described.count(), 3); // nobody touches the disk here
        QVERIFY(!files.files()->rows()[0].size);
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
        FilesView files;
        files.add({u"/x/a"_s});
        FileRow row = files.files()->rows()[0];
        for (const auto stage : {FileRow::Stage::Waiting, FileRow::Stage::Working}) {
            row.stage = stage;
            files.update(row);
            files.remove(row.id);
            QCOMPARE(files.files()->rowCount(), 1);
            QVERIFY(files.working());
        }
        files.add({u"/x/a"_s}); // it is there already
        QCOMPARE(files.files()->rowCount(), 1);
    }

    void aManifestThatCameAlongIsItsDataset() {
        FilesView files;
        files.add({u"/x/a.csv"_s, u"/x/a.csv.manifest.json"_s});
        FileRow manifest = files.files()->rows()[1];
        manifest.path = u"/x/a.csv"_s;
        manifest.dataset = true;
        files.update(manifest);
        QCOMPARE(files.files()->rowCount(), 1);
    }

    void whatIsDroppedGoesWhereItBelongs() {
        Session session;
        QSignalSpy look(&session, &Session::lookWanted), invitation(&session, &Session::invitationTaken),
            files(&session, &Session::filesTaken), read(&session.registration, &RegistrationView::fileWanted);
        session.take({u"/x/i.json"_s});
        QCOMPARE(look.count(), 1); // and nothing else before somebody has looked
        QCOMPARE(invitation.count() + files.count(), 0);
        session.takeInvitation(u"/x/i.json"_s);
        QCOMPARE(invitation.count(), 1);
        QCOMPARE(read.count(), 1);
        session.takeFiles({u"/x/i.json"_s});
        QCOMPARE(files.count(), 1);
        session.take({u"/x/data.json"_s, u"/x/x.sealed"_s});
        QCOMPARE(look.count(), 1);
        QCOMPARE(files.count(), 2);
        QCOMPARE(session.files.files()->rowCount(), 3);
        session.take({});
        QCOMPARE(files.count(), 2);
    }

    void aQuestionIsAnsweredOnce() {
        UnlockView unlock;
        QSignalSpy asked(&unlock, &UnlockView::asked), given(&unlock, &UnlockView::given),
            dismissed(&unlock, &UnlockView::dismissed), settled(&unlock, &UnlockView::settled);
        unlock.dismiss();
        QCOMPARE(settled.count(), 0);
        unlock.ask(UnlockView::Wish::Open, u"/keys"_s);
        QVERIFY(unlock.asking() && unlock.place() == u"/keys"_s);
        QString typed = u"correct horse"_s;
        unlock.give(takePassphrase(typed));
        unlock.dismiss(); // the sheet closes behind it
        QCOMPARE(given.count(), 1);
        QCOMPARE(dismissed.count(), 0);
        unlock.ask(UnlockView::Wish::Again, u"/keys"_s);
        unlock.dismiss();
        QCOMPARE(dismissed.count(), 1);
        unlock.ask(UnlockView::Wish::New, u"/keys"_s);
        unlock.withdraw();
        QCOMPARE(asked.count(), 3);
        QCOMPARE(settled.count(), 3);
        QCOMPARE(given.count() + dismissed.count(), 2);
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
        settings.setTransferLimit(5'000'000);
        settings.setTransferLimit(5'000'000);
        QCOMPARE(look.count(), 1);
        QCOMPARE(keep.count(), 3);
        SettingsFacts facts;
        settings.setFacts(facts);
        QCOMPARE(look.count(), 2);
        QCOMPARE(keep.count(), 3);
    }

    void aTemporaryFolderIsTriedBeforeItIsTaken() {
        SettingsView settings;
        QSignalSpy keep(&settings, &SettingsView::keepWanted), wanted(&settings, &SettingsView::temporaryFolderWanted);
        settings.chooseTemporaryFolder(u"/big"_s);
        QCOMPARE(wanted.count(), 1);
        QVERIFY(settings.facts().temporaryFolder.isEmpty());
        settings.begin();
        settings.chooseTemporaryFolder(u"/other"_s);
        QCOMPARE(wanted.count(), 1);
        settings.setTemporaryFolder(u"/big"_s);
        QCOMPARE(settings.facts().temporaryFolder, u"/big"_s);
        QCOMPARE(keep.count(), 0);
        QVERIFY(!settings.busy());
    }

    void aPlatformIsRenamedOnlyToAnotherName() {
        SettingsView settings;
        SettingsFacts facts;
        facts.platformName = u"Cohort"_s;
        settings.setFacts(facts);
        QSignalSpy wanted(&settings, &SettingsView::platformNameWanted);
        settings.setPlatformName(u" "_s);
        settings.setPlatformName(u" Cohort "_s);
        QCOMPARE(wanted.count(), 0);
        settings.setPlatformName(u"Registry"_s);
        QCOMPARE(wanted.count(), 1);
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
