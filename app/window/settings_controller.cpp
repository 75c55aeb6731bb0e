#include "app/window/settings_controller.h"

#include "app/services/compose.h"

#include <QStandardPaths>

namespace sealwright::window {

namespace {

constexpr auto appearanceSetting = "window.appearance";
constexpr auto resultsSetting = "results.folder";
constexpr auto threadsSetting = "threads";
constexpr auto limitSetting = "transfers.bytes-per-second";
constexpr auto windowSetting = "window.geometry";

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
    connect(&m_view, &views::SettingsView::temporaryFolderWanted, this, &SettingsController::moveSpool);
    connect(&m_view, &views::SettingsView::platformNameWanted, this, &SettingsController::renamePlatform);
}

void SettingsController::load() {
    views::SettingsFacts facts;
    const std::string appearance = kept(m_desk.services, appearanceSetting);
    facts.appearance = appearance == "light"  ? views::Appearance::Light
                       : appearance == "dark" ? views::Appearance::Dark
                                              : views::Appearance::System;
    facts.resultsFolder = text(kept(m_desk.services, resultsSetting));
    if (facts.resultsFolder.isEmpty())
        facts.resultsFolder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    facts.temporaryFolder = text(kept(m_desk.services, spoolSetting));
    facts.threads = QString::fromStdString(kept(m_desk.services, threadsSetting)).toUInt();
    m_desk.services.threads = facts.threads;
    facts.transferLimit = QString::fromStdString(kept(m_desk.services, limitSetting)).toULongLong();
    m_desk.services.limitTransfers(facts.transferLimit);
    if (const auto registration = m_desk.services.ledger->registration(); registration && *registration) {
        facts.platformName = text((*registration)->platformName);
        facts.platformUrl = text((*registration)->registration.platform);
        facts.certificate = text((*registration)->caSha256);
    }
    facts.version = QStringLiteral(SEALWRIGHT_VERSION);
    facts.window = text(kept(m_desk.services, windowSetting));
    m_known = settingsOf(facts);
    m_view.setFacts(facts);
    if (m_desk.services.spoolTrouble)
        m_view.fail(*m_desk.services.spoolTrouble);
}

void SettingsController::keep() {
    const views::SettingsFacts& facts = m_view.facts();
    m_desk.services.threads = facts.threads;
    m_desk.services.limitTransfers(facts.transferLimit);
    for (const auto& [name, value] : settingsOf(facts))
        if (std::exchange(m_known[name], value) != value)
            m_next[name] = value;
    if (!m_writing && !m_next.empty())
        write(std::exchange(m_next, {}));
}

SettingsController::Settings SettingsController::settingsOf(const views::SettingsFacts& facts) {
    return {{appearanceSetting, textOf(facts.appearance)},
            {resultsSetting, facts.resultsFolder.toStdString()},
            {threadsSetting, std::to_string(facts.threads)},
            {limitSetting, std::to_string(facts.transferLimit)},
            {windowSetting, facts.window.toStdString()}};
}

void SettingsController::write(const Settings& settings) {
    const auto ended = [this] {
        m_writing = nullptr;
        if (!m_next.empty())
            write(std::exchange(m_next, {}));
    };
    m_writing = carryOut<Nothing>(
        this,
        [services = m_desk.services, settings](TaskContext&) -> Outcome<Nothing> {
            for (const auto& [name, value] : settings)
                if (auto set = services.ledger->setSetting(name, value); !set)
                    return set.failed();
            return Nothing{};
        },
        [ended](Nothing&) { ended(); },
        [this, ended](const Failure& failure) {
            m_known.clear(); // whatever is changed next, all of them are written
            m_view.fail(failure);
            ended();
        });
}

void SettingsController::moveSpool(const QString& folder) {
    using Spool = std::unique_ptr<desktop::SpoolFolder>;
    m_view.begin();
    carryOut<Spool>(
        this,
        [services = m_desk.services, configDir = m_desk.configDir,
         chosen = folder.toStdString()](TaskContext&) -> Outcome<Spool> {
            const auto profile = desktop::profileFolder(configDir);
            if (!profile)
                return profile.failed();
            auto spool = desktop::SpoolFolder::make(*profile, chosen);
            if (!spool)
                return spool.failed();
            if (auto set = services.ledger->setSetting(spoolSetting, chosen); !set)
                return set.failed();
            return std::move(*spool);
        },
        [this, folder](Spool& spool) {
            m_desk.services.spoolFolder = spool->path();
            m_desk.services.keptFolder = spool->keptPath();
            m_desk.services.spoolTrouble.reset();
            m_desk.spools.push_back(std::move(spool));
            m_view.setTemporaryFolder(folder);
        },
        [this](const Failure& failure) { m_view.fail(failure); });
}

void SettingsController::renamePlatform(const QString& name) {
    carryOut<Nothing>(
        this,
        [services = m_desk.services, wanted = name.toStdString()](TaskContext&) -> Outcome<Nothing> {
            auto registration = services.ledger->registration();
            if (!registration)
                return registration.failed();
            if (!*registration)
                return fail(Code::RegistrationMissing);
            (*registration)->platformName = wanted;
            if (auto renamed = services.ledger->rememberRegistration(**registration); !renamed)
                return renamed.failed();
            return Nothing{};
        },
        [this](Nothing&) { Q_EMIT platformRenamed(); }, [this](const Failure& failure) { m_view.fail(failure); });
}

} // namespace sealwright::window
