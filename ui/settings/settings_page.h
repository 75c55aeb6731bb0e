#pragma once
#include "models/views/settings_view.h"
#include "ui/common/page.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace sealwright::ui {

class FactGrid;

/// What can be changed, each with one line that says why one would.
class SettingsPage : public Page {
    Q_OBJECT
public:
    explicit SettingsPage(views::SettingsView& view, QWidget* parent = nullptr);

private:
    void add(QVBoxLayout* into, const QString& name, const QString& why, QWidget* control);
    QWidget* makeGeneral();
    QWidget* makePlatform();
    void show();
    void chooseAppearance();
    void chooseThreads();
    void chooseTemporary();
    void takeLimit();
    void chooseFolder(const QString& title, const QString& start, void (views::SettingsView::*set)(const QString&));

    views::SettingsView& m_view;
    QPushButton* m_appearance = nullptr;
    QPushButton* m_results = nullptr;
    QPushButton* m_temporary = nullptr;
    QPushButton* m_threads = nullptr;
    QLineEdit* m_limit = nullptr;
    QLineEdit* m_name = nullptr;
    QLabel* m_platform = nullptr;
    QLabel* m_certificate = nullptr;
    QWidget* m_platformCard = nullptr;
};

} // namespace sealwright::ui
