#pragma once
#include "app/window/desk.h"

#include <QPointer>

#include <map>

namespace sealwright::window {

/// Settings, kept in the profile as they are changed, each by itself: another window may have changed others. Another
/// folder for temporary files is made before it is kept, and later tasks use it at once.
class SettingsController : public QObject {
    Q_OBJECT
public:
    SettingsController(Desk& desk, QObject* parent);
    void load();

Q_SIGNALS:
    void platformRenamed();

private:
    using Settings = std::map<std::string, std::string>;
    static Settings settingsOf(const views::SettingsFacts& facts);
    void keep();
    void write(const Settings& settings);
    void moveSpool(const QString& folder);
    void renamePlatform(const QString& name);

    Desk& m_desk;
    views::SettingsView& m_view;
    QPointer<Task> m_writing;
    Settings m_known; ///< as the profile had them when they were read, or as they were given to be written
    Settings m_next;  ///< changed again while the last change was being written
};

} // namespace sealwright::window
