#include "ui/common/error_sentences.h"

#include <QStringList>

namespace sealwright::ui {

using namespace Qt::StringLiterals;

ErrorSentences sentencesFor(const Failure& failure) {
    return {whatHappened(failure), whatItMeans(failure.code), whatToDo(failure.code)};
}

QString detailsOf(const Failure& failure) {
    const std::string_view id = stableId(failure.code);
    QStringList lines{u"code: "_s + QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()))};
    if (!failure.where.file.empty())
        lines.append(u"file: "_s + QString::fromStdString(failure.where.file));
    if (failure.where.record)
        lines.append(u"record: "_s + QString::number(*failure.where.record + 1));
    if (!failure.where.field.empty())
        lines.append(u"field: "_s + QString::fromStdString(failure.where.field));
    if (failure.where.byte)
        lines.append(u"byte: "_s + QString::number(*failure.where.byte));
    for (const std::string& fact : failure.facts)
        lines.append(u"fact: "_s + QString::fromStdString(fact));
    lines.append(u"version: "_s + QStringLiteral(SEALWRIGHT_VERSION));
    return lines.join(u'\n');
}

} // namespace sealwright::ui
