#include "models/package/portable_path.h"

#include <QStringDecoder>
#include <QStringList>
#include <algorithm>

namespace sealwright::package {
namespace {

struct Folding {
    char16_t from;
    std::u16string_view to;
};

constexpr Folding severalCharacters[] = {
#include "models/package/full_case_folding.inc"
};

/// Full case folding; Qt's own folds each character to one.
QString fullyFolded(const QString& text) {
    QString folded;
    folded.reserve(text.size());
    for (const QChar c : text) {
        const auto* found = std::lower_bound(std::begin(severalCharacters), std::end(severalCharacters), c.unicode(),
                                             [](const Folding& row, char16_t from) { return row.from < from; });
        if (found != std::end(severalCharacters) && found->from == c.unicode()) {
            folded += QStringView(found->to.data(), static_cast<qsizetype>(found->to.size()));
        } else {
            folded += c;
        }
    }
    return folded.toCaseFolded();
}

bool isDeviceName(QStringView part) {
    const qsizetype dot = part.indexOf(QLatin1Char('.'));
    const QStringView name = dot < 0 ? part : part.left(dot);
    static const QStringList whole{QStringLiteral("CON"), QStringLiteral("PRN"),    QStringLiteral("AUX"),
                                   QStringLiteral("NUL"), QStringLiteral("CONIN$"), QStringLiteral("CONOUT$")};
    for (const QString& device : whole) {
        if (name.compare(device, Qt::CaseInsensitive) == 0) {
            return true;
        }
    }
    if (name.size() != 4) {
        return false;
    }
    const QStringView port = name.left(3);
    const bool isPort = port.compare(QLatin1String("COM"), Qt::CaseInsensitive) == 0 ||
                        port.compare(QLatin1String("LPT"), Qt::CaseInsensitive) == 0;
    return isPort && QStringView(u"123456789\u00b9\u00b2\u00b3").contains(name.at(3));
}

} // namespace

bool isPortablePart(QStringView part) {
    if (part.isEmpty() || part.endsWith(QLatin1Char('.')) || part.endsWith(QLatin1Char(' '))) {
        return false; // "." and ".." too
    }
    for (const QChar c : part) {
        if (c.category() == QChar::Other_Control || QStringView(u"\\:*?\"<>|/").contains(c)) {
            return false;
        }
    }
    const QString text = part.toString();
    return text.normalized(QString::NormalizationForm_C) == text && !isDeviceName(part);
}

std::optional<QString> textOf(std::string_view utf8) {
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    const QString text = decoder(QByteArrayView(utf8.data(), static_cast<qsizetype>(utf8.size())));
    return text.toStdString() == utf8 ? std::optional(text) : std::nullopt;
}

bool isPortablePath(std::string_view path) {
    std::optional<QString> text = textOf(path);
    if (!text) {
        return false;
    }
    if (text->endsWith(QLatin1Char('/'))) {
        text->chop(1);
    }
    const QList<QStringView> parts = QStringView(*text).split(QLatin1Char('/'));
    return std::all_of(parts.begin(), parts.end(), isPortablePart);
}

std::string foldedPath(std::string_view path) {
    if (!path.empty() && path.back() == '/') {
        path.remove_suffix(1);
    }
    return fullyFolded(textOf(path).value_or(QString())).normalized(QString::NormalizationForm_C).toStdString();
}

} // namespace sealwright::package
