#pragma once
#include <QList>
#include <QRegularExpression>
#include <QString>

// What the layer test reads of a C++ file: its code without comments and literals, and what it includes.
namespace layers {

/// Raw literals stay out of QStringLiteral: moc cannot read them there.
inline QString regex(const char* pattern) {
    return QString::fromLatin1(pattern);
}

struct Include {
    QString file;
    bool angled = false;
    int line = 0;
};

/// `text` with comments, and with `literals` the contents of string and character literals too, made blank. Line ends
/// stay, so places keep their lines.
inline QString blanked(const QString& text, bool literals) {
    static const QRegularExpression pieces(
        regex(R"re((?<comment>//[^\n]*|/\*.*?(?:\*/|\z))|)re"
              R"re((?<raw>R\x22(?<mark>[^(\s]*)\(.*?\)\k<mark>\x22)|)re"
              R"re((?<literal>\x22(?:\\.|[^\x22\\\n])*\x22|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'))re"),
        QRegularExpression::DotMatchesEverythingOption);
    QString out;
    qsizetype copied = 0;
    for (auto it = pieces.globalMatch(text); it.hasNext();) {
        const auto match = it.next();
        if (!literals && match.capturedLength(QStringLiteral("comment")) == 0)
            continue;
        out += QStringView(text).mid(copied, match.capturedStart() - copied);
        out += QLatin1Char(' ') + QString(match.capturedView().count(QLatin1Char('\n')), QLatin1Char('\n'));
        copied = match.capturedEnd();
    }
    return out + text.mid(copied);
}

inline int lineOf(const QString& text, qsizetype at) {
    return static_cast<int>(QStringView(text).left(at).count(QLatin1Char('\n'))) + 1;
}

inline QList<Include> includesOf(const QString& text) {
    static const QRegularExpression directive(
        regex(R"re(^[ \t]*#[ \t]*include[ \t]*(?:<([^>\n]+)>|\x22([^\x22\n]+)\x22))re"),
        QRegularExpression::MultilineOption);
    const QString code = blanked(text, false);
    QList<Include> found;
    for (auto it = directive.globalMatch(code); it.hasNext();) {
        const auto match = it.next();
        const bool angled = match.capturedLength(1) > 0;
        found.append({match.captured(angled ? 1 : 2), angled, lineOf(code, match.capturedStart(angled ? 1 : 2))});
    }
    return found;
}

} // namespace layers
