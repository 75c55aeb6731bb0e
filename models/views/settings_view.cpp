#include "models/views/settings_view.h"

namespace sealwright::views {

void SettingsView::setFacts(const SettingsFacts& facts) {
    const bool look = facts.appearance != m_facts.appearance;
    m_facts = facts;
    Q_EMIT changed();
    if (look)
        Q_EMIT appearanceChanged();
}

void SettingsView::keep() {
    Q_EMIT keepWanted();
    Q_EMIT changed();
}

void SettingsView::setAppearance(Appearance appearance) {
    if (m_facts.appearance == appearance)
        return;
    m_facts.appearance = appearance;
    Q_EMIT appearanceChanged();
    keep();
}

void SettingsView::setResultsFolder(const QString& folder) {
    m_facts.resultsFolder = folder;
    keep();
}

void SettingsView::chooseTemporaryFolder(const QString& folder) {
    if (!busy())
        Q_EMIT temporaryFolderWanted(folder);
}

void SettingsView::setTemporaryFolder(const QString& folder) {
    m_facts.temporaryFolder = folder;
    end();
}

void SettingsView::setThreads(unsigned threads) {
    m_facts.threads = threads;
    keep();
}

void SettingsView::setTransferLimit(quint64 bytesPerSecond) {
    if (m_facts.transferLimit == bytesPerSecond)
        return;
    m_facts.transferLimit = bytesPerSecond;
    keep();
}

void SettingsView::setWindow(const QString& kept) {
    if (m_facts.window == kept)
        return;
    m_facts.window = kept;
    keep();
}

void SettingsView::setPlatformName(const QString& name) {
    if (name.trimmed().isEmpty() || name.trimmed() == m_facts.platformName)
        return;
    m_facts.platformName = name.trimmed();
    Q_EMIT platformNameWanted(m_facts.platformName);
    Q_EMIT changed();
}

} // namespace sealwright::views
