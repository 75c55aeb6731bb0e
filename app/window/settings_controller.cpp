#include "app/window/settings_controller.h"

#include <QStandardPaths>

namespace sealwright::window {

namespace {

std::string kept(const Services& services, const char* name) {
    const auto value = services.ledger->setting(name);
    return value && *value ? **value : std::string();
}

const char* textOf(views::Appearance appearance) {
    switch (appearance) {
    case views::Appearance::System:
        return "system";
    case views::Appearance::Light:
        return "light";
    case views::Appearance::Dark:
        return "dark";
    }
    return "system";
}

} // namespace

SettingsController::SettingsController(Desk& desk, QObject* parent)
    : QObject(parent), m_desk(desk), m_view(desk.session.settings) {
    connect(&m_view, &views::SettingsView::keepWanted, this, &SettingsController::keep);
}

void SettingsController::load() {
    views::SettingsFacts facts;
    const std::string appearance = kept(m_desk.services, "window.appearance");
    facts.appearance = appearance == "light"  ? views::Appearance::Light
                       : appearance == "dark" ? views::Appearance::Dark
                                              : views::Appearance::System;
    facts.resultsFolder = text(kept(m_desk.services, "results.folder"));
    if (facts.resultsFolder.isEmpty())
        facts.resultsFolder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    facts.temporaryFolder = text(m_desk.services.spoolFolder);
    facts.threads = m_desk.services.threads;
    if (const auto registration = m_desk.services.ledger->registration(); registration && *registration) {
        facts.platformName = text((*registration)->platformName);
        facts.platformUrl = text((*registration)->registration.platform);
        facts.certificate = text((*registration)->caSha256);
    }
    facts.version = QStringLiteral(SEALWRIGHT_VERSION);
    m_view.setFacts(facts);
}

void SettingsController::keep() {
    const views::SettingsFacts& facts = m_view.facts();
    const std::pair<const char*, std::string> settings[] = {{"window.appearance", textOf(facts.appearance)},
                                                            {"results.folder", facts.resultsFolder.toStdString()},
                                                            {"folders.temporary", facts.temporaryFolder.toStdString()},
                                                            {"threads", std::to_string(facts.threads)}};
    for (const auto& [name, value] : settings) {
        if (const auto set = m_desk.services.ledger->setSetting(name, value); !set) {
            m_view.fail(set.error());
            return;
        }
    }
    m_desk.services.threads = facts.threads;
    auto registration = m_desk.services.ledger->registration();
    if (!registration || !*registration || text((*registration)->platformName) == facts.platformName ||
        facts.platformName.isEmpty())
        return;
    (*registration)->platformName = facts.platformName.toStdString();
    if (const auto renamed = m_desk.services.ledger->rememberRegistration(**registration); !renamed)
        m_view.fail(renamed.error());
    else
        Q_EMIT platformRenamed();
}

} // namespace sealwright::window
