#pragma once
#include "models/views/page_view.h"

namespace sealwright::views {

enum class Appearance { System, Light, Dark };

struct SettingsFacts {
    Appearance appearance = Appearance::System;
    QString resultsFolder;     ///< where copies of results are offered to be saved
    QString temporaryFolder;   ///< where sealed files lie until they have been sent; empty: in the profile
    unsigned threads = 0;      ///< 0: as many as the machine has
    quint64 transferLimit = 0; ///< most bytes a second that are sent and fetched together; 0: no limit
    QString platformName, platformUrl,
        certificate; ///< certificate: what is trusted, as a fingerprint, or empty for the system's
    QString version;
    QString window; ///< size and place, as the window keeps them for itself; empty: not yet
    friend bool operator==(const SettingsFacts&, const SettingsFacts&) = default;
};

/// The Settings page. A change is kept at once.
class SettingsView : public PageView {
    Q_OBJECT
public:
    using PageView::PageView;
    const SettingsFacts& facts() const { return m_facts; }
    void setFacts(const SettingsFacts& facts);      ///< as kept; nothing is written
    void setTemporaryFolder(const QString& folder); ///< in use and kept from now on

    void setAppearance(Appearance appearance);
    void setResultsFolder(const QString& folder);
    void setThreads(unsigned threads);
    void setTransferLimit(quint64 bytesPerSecond);
    void setWindow(const QString& kept);
    /// Must be tried before it is kept: answered by setTemporaryFolder() or fail(). Empty for the profile's own.
    void chooseTemporaryFolder(const QString& folder);
    void setPlatformName(const QString& name);

Q_SIGNALS:
    void appearanceChanged();
    /// The owner changed something: to be kept.
    void keepWanted();
    void temporaryFolderWanted(const QString& folder);
    void platformNameWanted(const QString& name);

private:
    void keep();
    SettingsFacts m_facts;
};

} // namespace sealwright::views
