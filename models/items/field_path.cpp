#include "models/items/field_path.h"

#include <QHash>
#include <QStringDecoder>

namespace sealwright::items {
namespace {

/// Where each name but the first begins, as the place of the dot before it.
QList<qsizetype> dotsOf(const QString& path) {
    QList<qsizetype> dots;
    for (qsizetype i = 0; i < path.size(); ++i) {
        if (path[i] == u'\\')
            ++i;
        else if (path[i] == u'.')
            dots.append(i);
    }
    return dots;
}

} // namespace

QString textOf(std::string_view utf8) {
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    return decoder(QByteArrayView(utf8.data(), static_cast<qsizetype>(utf8.size())));
}

QStringList pathSteps(const QString& path) {
    QStringList steps;
    const auto dots = dotsOf(path);
    steps.reserve(dots.size() + 1);
    for (const qsizetype dot : dots)
        steps.append(path.left(dot));
    steps.append(path);
    return steps;
}

QString lastName(const QString& path) {
    const auto dots = dotsOf(path);
    const QString raw = dots.isEmpty() ? path : path.mid(dots.last() + 1);
    QString name;
    name.reserve(raw.size());
    for (qsizetype i = 0; i < raw.size(); ++i) {
        if (raw[i] == u'\\' && i + 1 < raw.size())
            ++i;
        name.append(raw[i]);
    }
    return name;
}

QString toolTipOf(const QString& path) {
    return QStringLiteral("<qt>%1</qt>").arg(path.toHtmlEscaped());
}

QStringList columnNames(const QStringList& paths) {
    QStringList names;
    QHash<QString, int> times;
    for (const QString& path : paths)
        ++times[names.emplaceBack(lastName(path))];
    for (qsizetype i = 0; i < paths.size(); ++i)
        if (times[names[i]] > 1)
            names[i] = paths[i];
    return names;
}

} // namespace sealwright::items
