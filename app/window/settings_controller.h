#pragma once
#include "app/window/desk.h"

#include <QPointer>

namespace sealwright::window {

/// Settings, kept in the profile as they are changed. Another folder for temporary files is made before it is kept, and
/// later tasks use it at once.
class SettingsController : public QObject {
    Q_OBJECT
public:
    SettingsController(Desk& desk, QObject* parent);
    void load();

Q_SIGNALS:
    void platformRenamed();

private:
    using Settings = std::vector<std::pair<std::string, std::string>>;
    void keep();
    void write(const Settings& settings);
    void moveSpool(const QString& folder);
    void renamePlatform(const QString& name);

    Desk& m_desk;
    views::SettingsView& m_view;
    QPointer<Task> m_writing;
    std::optional<Settings> m_next; ///< changed again while the last change was being written
};

} // namespace sealwright::window
