#include "ui/common/band.h"
#include "ui/common/error_sentences.h"
#include "ui/common/format.h"
#include "ui/common/words.h"
#include "ui/shell/language.h"

#include <QClipboard>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSet>
#include <QTest>

using namespace sealwright;
using namespace sealwright::ui;
using namespace Qt::StringLiterals;

class WordsTest : public QObject {
    Q_OBJECT
private:
    static QList<Code> codes() {
        return {
#define SW_CODE(name, id, status) Code::name,
#include "models/domain/failure_codes.inc"
#undef SW_CODE
        };
    }

private Q_SLOTS:
    void initTestCase() {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
        qputenv("TZ", "UTC");
        QVERIFY(speak(*qApp));
    }

    void everyFailureHasItsThreeSentences() {
        QSet<QString> said;
        for (const Code code : codes()) {
            const ErrorSentences sentences = sentencesFor(Failure(code));
            const QByteArray id(stableId(code).data(), static_cast<qsizetype>(stableId(code).size()));
            for (const QString& sentence : {sentences.happened, sentences.meaning, sentences.next}) {
                QVERIFY2(sentence.endsWith(u'.'), id.constData());
                QVERIFY2(!sentence.contains(u'%') && !sentence.contains(u"  "_s) && !sentence.contains(u" ."_s),
                         id.constData());
            }
            QVERIFY2(!said.contains(sentences.happened), id.constData());
            said.insert(sentences.happened);
        }
    }

    void whatPeopleAreSpared() {
        for (const Code code : codes()) {
            const ErrorSentences sentences = sentencesFor(Failure(code));
            const QString all = sentences.happened + sentences.meaning + sentences.next;
            for (const QString& word :
                 {u"encrypt"_s, u"ciphertext"_s, u"JWK"_s, u"plaintext"_s, u"kid"_s, u"private key"_s})
                QVERIFY2(!all.contains(word, Qt::CaseInsensitive), qPrintable(all));
        }
    }

    void thePlaceIsSaidAndCountedFromOne() {
        const Failure failure(Code::DataCsvUnclosedQuote, Where{{}, 8213, "note", 19204});
        QCOMPARE(whatHappened(failure), u"A quotation mark is opened and never closed (record 8,214, field note)."_s);
        const QString details = detailsOf(failure);
        QVERIFY(details.contains(u"code: data.csv.unclosed-quote"_s));
        QVERIFY(details.contains(u"record: 8214"_s));
        QVERIFY(details.contains(u"byte: 19204"_s));
    }

    void factsStandInTheSentence() {
        const Failure failure{Code::JobHostNotListed, std::vector<std::string>{"evil.example:443"}};
        QVERIFY(whatHappened(failure).contains(u"evil.example:443"_s));
    }

    void aBandSaysItAndOpensItsDetails() {
        Band band;
        band.show();
        band.say(Band::Kind::Attention, u"3 of 12 columns <b>"_s, u"are sent readable."_s);
        QCOMPARE(band.text(), u"3 of 12 columns <b> are sent readable."_s);
        auto* details = band.findChild<QPlainTextEdit*>();
        QVERIFY(!details->isVisible());
        band.say(Failure(Code::NetworkTimeout));
        QVERIFY(band.kind() == Band::Kind::Failure);
        QVERIFY(!details->isVisible());
        QPushButton* toggle = nullptr;
        QPushButton* copy = nullptr;
        for (auto* one : band.findChildren<QPushButton*>())
            (one->isCheckable() ? toggle : copy) = one;
        QVERIFY(toggle->isVisible());
        QTest::mouseClick(toggle, Qt::LeftButton);
        QVERIFY(details->isVisible());
        QVERIFY(details->toPlainText().contains(u"network.timeout"_s));
        QTest::mouseClick(copy, Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"network.timeout"_s));
        band.say(Band::Kind::Good, u"Done."_s);
        QVERIFY(!toggle->isVisible() && !details->isVisible());
    }

    void numbersAndSizes() {
        QCOMPARE(count(1204331), u"1,204,331"_s);
        QCOMPARE(roundCount(9634648), u"9.6 million"_s);
        QCOMPARE(roundCount(704816), u"704,816"_s);
        QCOMPARE(sizeText(312'000'000), u"312 MB"_s);
        QCOMPARE(sizeText(1'900'000'000), u"1.9 GB"_s);
        QCOMPARE(sizeText(0), u"0 bytes"_s);
        QCOMPARE(sizeText(999), u"999 bytes"_s);
        QCOMPARE(sizeOf(216'000'000, 540'000'000), u"216 of 540 MB"_s);
        QCOMPARE(rate(31e6), u"31 MB/s"_s);
    }

    void timesAsPeopleSayThem() {
        const qint64 now = 1'000'000;
        QCOMPARE(fromNow(now + 8 * 86400, now), u"in 8 days"_s);
        QCOMPARE(fromNow(now - 7200, now), u"2 hours ago"_s);
        QCOMPARE(fromNow(now + 86400 * 2, now), u"in 2 days"_s);
        QCOMPARE(duration(1), u"1 second"_s);
        QCOMPARE(fromNow(now, now), u"just now"_s);
        QCOMPARE(fromNow(now + 30, now), u"in less than a minute"_s);
        QCOMPARE(dateTime(1'796'061'600), u"30 November 2026, 18:00"_s);
        QCOMPARE(listing({u"a"_s, u"b"_s, u"c"_s}), u"a, b and c"_s);
        QCOMPARE(listing({u"a"_s}), u"a"_s);
        QCOMPARE(spacedWords(u"orbit maple"_s), u"orbit · maple"_s);
    }

    void openersAreNamedByWhatIsKnownHere() {
        items::Opener opener;
        opener.words = u"orbit maple lunar quote velvet acid"_s;
        QVERIFY(wordFor(opener).contains(u"not known here"_s));
        opener.name = u"Cohort Platform"_s;
        opener.madeTheKey = true;
        QCOMPARE(wordFor(opener), u"Cohort Platform — it made this key"_s);
        opener.thisMachine = true;
        QCOMPARE(wordFor(opener), u"This machine"_s);
    }

    void statesHaveTheirWords() {
        QCOMPARE(wordFor(items::FieldState::Joinable), u"Sealed, joinable"_s);
        QCOMPARE(wordFor(items::FieldState::Readable), u"Sent readable"_s);
        QVERIFY(toneOf(items::FieldState::Readable) == Tone::Readable);
        QCOMPARE(wordFor(items::JobStanding::WaitingForYou), u"Waiting for you"_s);
        QCOMPARE(wordFor(items::JobStanding::Interrupted), u"Interrupted"_s);
        QCOMPARE(wordFor(items::JobStanding::InLine), u"Waiting its turn"_s);
    }
};

QTEST_MAIN(WordsTest)
#include "tst_words.moc"
