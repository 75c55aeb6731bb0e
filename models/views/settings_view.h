#pragma once
#include "models/views/page_view.h"

namespace sealwright::views {

enum class Appearance { System, Light, Dark };

struct SettingsFacts {
    Appearance appearance = Appearance::System;
    QString resultsFolder;   ///< where copies of results are offered to be saved
    QString temporaryFolder; ///< where sealed files lie until they have been sent
    unsigned threads = 0;    ///< 0: as many as the machine has
    QString platformName, platformUrl,
        certificate; ///< certificate: what is trusted, as a fingerprint, or empty for the system's
    QString version;
    friend bool operator==(const SettingsFacts&, const SettingsFacts&) = default;
};

/// The Settings page. A change is kept at once.
class SettingsView : public PageView {
    Q_OBJECT
public:
    using PageView::PageView;
    const SettingsFacts& facts() const { return m_facts; }
    void setFacts(const SettingsFacts& facts); ///< as kept; nothing is written

    void setAppearance(Appearance appearance);
    void setResultsFolder(const QString& folder);
    void setTemporaryFolder(const QString& folder);
    void setThreads(unsigned threads);
    void setPlatformName(const QString& name);

Q_SIGNALS:
    void appearanceChanged();
    /// The owner changed something: to be kept.
    void keepWanted();

private:
    void keep();
    SettingsFacts m_facts;
};

} // namespace sealwright::views
