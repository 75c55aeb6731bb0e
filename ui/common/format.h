#pragma once
#include <QString>

#include <QtGlobal>

// Numbers, sizes and times as people say them, by the locale that is set. Instants are seconds since 1970, UTC; people
// see their own time zone.
namespace sealwright::ui {

QString count(quint64 number);               ///< "1,204,331"
QString roundCount(quint64 number);          ///< "9.6 million" from a million on
QString sizeText(quint64 bytes);             ///< "312 MB", in steps of 1,000
QString sizeOf(quint64 done, quint64 total); ///< "216 of 540 MB", both in the greater one's unit
QString rate(double bytesPerSecond);         ///< "31 MB/s"
QString duration(quint64 seconds);           ///< "40 seconds", "3 minutes"
QString secondsLeft(quint64 seconds);        ///< "11 seconds left"

QString dateTime(qint64 instant);            ///< "30 November 2026, 18:00"
QString longDate(qint64 instant);            ///< "12 November 2026"
QString mediumDate(qint64 instant);          ///< "3 Oct 2026"
QString shortDate(qint64 instant);           ///< "30 Nov"
QString shortDateTime(qint64 instant);       ///< "14 Nov, 09:12"
QString fromNow(qint64 instant, qint64 now); ///< "in 8 days", "2 hours ago", "just now"
qint64 nowSeconds();

/// "orbit · maple · lunar · …" from words joined by spaces.
QString spacedWords(const QString& words);
/// "a, b and c"
QString listing(const QStringList& names);

} // namespace sealwright::ui
