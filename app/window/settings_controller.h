#pragma once
#include "app/window/desk.h"

namespace sealwright::window {

/// Settings, kept in the profile as they are changed.
class SettingsController : public QObject {
    Q_OBJECT
public:
    SettingsController(Desk& desk, QObject* parent);
    void load();

Q_SIGNALS:
    void platformRenamed();

private:
    void keep();
    Desk& m_desk;
    views::SettingsView& m_view;
};

} // namespace sealwright::window
