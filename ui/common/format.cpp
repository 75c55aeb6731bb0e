#include "ui/common/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <array>
#include <cmath>

namespace sealwright::ui {
namespace {

using namespace Qt::StringLiterals;

QString say(const char* text, int n = -1) {
    return QCoreApplication::translate("sealwright::ui::format", text, nullptr, n);
}

struct Unit {
    const char* name;
    double bytes;
};
constexpr std::array<Unit, 5> units{{{"bytes", 1}, {"kB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12}}};

const Unit& unitFor(double bytes) {
    std::size_t at = 0;
    while (at + 1 < units.size() && bytes >= units[at + 1].bytes)
        ++at;
    return units[at];
}

/// Three figures are enough: 1.2 GB, 41 MB, 312 MB.
QString figure(double value, bool whole) {
    const int decimals = whole || value >= 10 || value == 0 ? 0 : 1;
    return QLocale().toString(value, 'f', decimals);
}

QString inUnit(double bytes, const Unit& unit) {
    return figure(bytes / unit.bytes, unit.bytes == 1);
}

QString date(qint64 instant, const QString& form) {
    return QLocale().toString(QDateTime::fromSecsSinceEpoch(instant), form);
}

} // namespace

QString count(quint64 number) {
    return QLocale().toString(number);
}

QString roundCount(quint64 number) {
    if (number < 1'000'000)
        return count(number);
    if (number < 1'000'000'000)
        return QCoreApplication::translate("sealwright::ui::format", "%1 million")
            .arg(figure(static_cast<double>(number) / 1e6, false));
    return QCoreApplication::translate("sealwright::ui::format", "%1 billion")
        .arg(figure(static_cast<double>(number) / 1e9, false));
}

QString sizeText(quint64 bytes) {
    const auto value = static_cast<double>(bytes);
    const Unit& unit = unitFor(value);
    return inUnit(value, unit) + u' ' + QString::fromLatin1(unit.name);
}

QString sizeOf(quint64 done, quint64 total) {
    const Unit& unit = unitFor(static_cast<double>(total));
    return QCoreApplication::translate("sealwright::ui::format", "%1 of %2 %3")
        .arg(inUnit(static_cast<double>(done), unit), inUnit(static_cast<double>(total), unit),
             QString::fromLatin1(unit.name));
}

QString rate(double bytesPerSecond) {
    return sizeText(static_cast<quint64>(bytesPerSecond)) + u"/s"_s;
}

QString duration(quint64 seconds) {
    if (seconds < 90)
        return say(QT_TRANSLATE_N_NOOP("sealwright::ui::format", "%n second(s)"), static_cast<int>(seconds));
    if (seconds < 90 * 60)
        return say(QT_TRANSLATE_N_NOOP("sealwright::ui::format", "%n minute(s)"),
                   static_cast<int>((seconds + 30) / 60));
    return say(QT_TRANSLATE_N_NOOP("sealwright::ui::format", "%n hour(s)"), static_cast<int>((seconds + 1800) / 3600));
}

QString secondsLeft(quint64 seconds) {
    return QCoreApplication::translate("sealwright::ui::format", "%1 left").arg(duration(seconds));
}

QString dateTime(qint64 instant) {
    return date(instant, u"d MMMM yyyy, HH:mm"_s);
}

QString longDate(qint64 instant) {
    return date(instant, u"d MMMM yyyy"_s);
}

QString mediumDate(qint64 instant) {
    return date(instant, u"d MMM yyyy"_s);
}

QString shortDate(qint64 instant) {
    return date(instant, u"d MMM"_s);
}

QString shortDateTime(qint64 instant) {
    return date(instant, u"d MMM, HH:mm"_s);
}

QString fromNow(qint64 instant, qint64 now) {
    const qint64 away = instant - now;
    const auto far = static_cast<quint64>(std::abs(away));
    if (far < 60)
        return away > 0 ? QCoreApplication::translate("sealwright::ui::format", "in less than a minute")
                        : QCoreApplication::translate("sealwright::ui::format", "just now");
    const QString amount = far < 36 * 3600 ? duration(far)
                                           : say(QT_TRANSLATE_N_NOOP("sealwright::ui::format", "%n day(s)"),
                                                 static_cast<int>((far + 43200) / 86400));
    return (away > 0 ? QCoreApplication::translate("sealwright::ui::format", "in %1")
                     : QCoreApplication::translate("sealwright::ui::format", "%1 ago"))
        .arg(amount);
}

qint64 nowSeconds() {
    return QDateTime::currentSecsSinceEpoch();
}

QString spacedWords(const QString& words) {
    return words.split(u' ', Qt::SkipEmptyParts).join(u" · "_s);
}

QString listing(const QStringList& names) {
    if (names.size() < 2)
        return names.join(QString());
    return QCoreApplication::translate("sealwright::ui::format", "%1 and %2")
        .arg(names.mid(0, names.size() - 1).join(u", "_s), names.last());
}

} // namespace sealwright::ui
