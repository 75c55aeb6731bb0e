#include "ui/common/colours.h"
#include "ui/common/icons.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QDirIterator>
#include <QLineEdit>
#include <QPalette>
#include <QRegularExpression>
#include <QTest>

using namespace sealwright;
using namespace sealwright::ui;
using namespace Qt::StringLiterals;

class ThemeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyPairCanBeRead_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void everyPairCanBeRead() {
        QFETCH(bool, dark);
        const Colours& c = dark ? darkColours() : lightColours();
        QCOMPARE(c.dark, dark);
        const auto readable = [](const QColor& ink, const QColor& ground, const char* what) {
            const double ratio = contrast(ink, ground);
            QVERIFY2(
                ratio >= 4.5,
                qPrintable(
                    u"%1: %2 on %3 has %4"_s.arg(QString::fromLatin1(what), ink.name(), ground.name()).arg(ratio)));
        };
        for (const Tone tone : {Tone::Text, Tone::Secondary, Tone::Accent, Tone::Sealed, Tone::Joinable, Tone::Masked,
                                Tone::LeftOut, Tone::Readable, Tone::Failed}) {
            readable(c.tone(tone), c.surface, "on a card");
            readable(c.tone(tone), c.window, "on the ground");
            readable(c.tone(tone), c.selection, "on the selection");
        }
        readable(c.onAccent, c.accent, "primary button and badge");
        readable(c.sealed, c.sealedGround, "good band");
        readable(c.readable, c.readableGround, "attention band");
        readable(c.failed, c.failedGround, "failure band");
        readable(c.secondary, c.line, "disabled primary button");
        QVERIFY(contrast(c.handle, c.surface) >= 3 && contrast(c.handle, c.window) >= 3); // no text
    }

    void contrastIsAsWcagHasIt() {
        QVERIFY(qAbs(contrast(Qt::black, Qt::white) - 21.0) < 0.001);
        QVERIFY(qAbs(contrast(Qt::white, Qt::white) - 1.0) < 0.001);
        QVERIFY(qAbs(contrast(QColor(0x767676), Qt::white) - 4.54) < 0.01);
    }

    void coloursAreThoseOfTheDesign() {
        QCOMPARE(lightColours().accent, QColor(u"#0F6D73"_s));
        QCOMPARE(darkColours().accent, QColor(u"#3FB8B0"_s));
        QCOMPARE(lightColours().tone(Tone::Joinable), QColor(u"#6D28D9"_s));
        QCOMPARE(darkColours().tone(Tone::Readable), QColor(u"#F4B860"_s));
    }

    void theSheetLeavesNoNameBehind() {
        for (const Colours* colours : {&lightColours(), &darkColours()})
            QVERIFY(!styleSheet(*colours).contains(QRegularExpression(u"@[a-z]"_s)));
    }

    void hintsInAFieldCanBeRead() {
        for (const auto appearance : {views::Appearance::Light, views::Appearance::Dark}) {
            Theme::instance().apply(appearance);
            QLineEdit edit;
            edit.ensurePolished();
            const QColor hint = edit.palette().color(QPalette::PlaceholderText);
            QVERIFY(hint.alpha() == 255);
            QVERIFY(contrast(hint, colours().surface) >= 4.5);
        }
    }

    void themesChangeThePalette() {
        Theme& theme = Theme::instance();
        theme.apply(views::Appearance::Dark);
        QVERIFY(theme.colours().dark);
        QCOMPARE(qApp->palette().color(QPalette::Window), darkColours().window);
        theme.apply(views::Appearance::Light);
        QCOMPARE(qApp->palette().color(QPalette::Window), lightColours().window);
        theme.apply(views::Appearance::System);
        QVERIFY(!theme.colours().dark);
    }

    void iconsArePaintedInTheColourOfTheTheme() {
        Theme::instance().apply(views::Appearance::Light);
        QDirIterator icons(u":/sealwright/icons"_s);
        int seen = 0;
        while (icons.hasNext()) {
            icons.next();
            const QByteArray name = icons.fileInfo().baseName().toLatin1();
            const QImage image = lineIcon(name.constData(), Tone::Accent).pixmap(36, 36).toImage();
            bool inked = false;
            for (int y = 0; y < image.height() && !inked; ++y)
                for (int x = 0; x < image.width() && !inked; ++x)
                    inked = qAlpha(image.pixel(x, y)) == 255 && image.pixelColor(x, y) == lightColours().accent;
            QVERIFY2(inked, name.constData());
            ++seen;
        }
        QVERIFY(seen >= 10);
    }
};

QTEST_MAIN(ThemeTest)
#include "tst_theme.moc"
