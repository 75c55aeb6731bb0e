#include "ui/shell/language.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

namespace sealwright::ui {

bool speak(QCoreApplication& application) {
    const QString folder = QStringLiteral(":/sealwright/i18n");
    auto* words = new QTranslator(&application);
    const bool found = words->load(QLocale(), QStringLiteral("sealwright"), QStringLiteral("_"), folder) ||
                       words->load(folder + QStringLiteral("/sealwright_en.qm"));
    return found && QCoreApplication::installTranslator(words);
}

} // namespace sealwright::ui
