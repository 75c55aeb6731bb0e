#pragma once
#include "models/views/session.h"
#include "ui/shell/navigation.h"

#include <QMainWindow>

class QStackedWidget;

namespace sealwright::ui {

class DropVeil;
class KeysPage;
class RegistrationPage;

/// The window. It shows `session`, which must outlive it, and calls its commands; it carries nothing out itself.
/// Call Theme::instance().apply() before it is made (showWindow() in app does); GUI thread.
/// Welcome and registration take the whole window; the five places stand beside the navigation. Jobs holds three pages
/// in one place: the list, the fields of one job, and its run. Ctrl+1 to Ctrl+5 go to the places, F5 refreshes, F1
/// opens help, Escape goes back. Files dropped anywhere go to Session::take(). Size and place are kept for the next
/// start.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(views::Session& session, QWidget* parent = nullptr);

    void go(Place place);
    Place place() const { return m_place; }
    void showWelcome();
    void showRegistration();
    bool atWelcome() const;

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void closeEvent(QCloseEvent* event) override; ///< asks, while something is under way

private:
    QWidget* makePlaces();
    void makeShortcuts();
    void followSession();
    void showHelp(const QPoint& at);
    void refresh();
    void back();
    void showInJobs(int page);
    bool walksNavigation() const;
    void focusPage();

    views::Session& m_session;
    QStackedWidget* m_whole;           ///< welcome, registration, places
    QStackedWidget* m_stack = nullptr; ///< one page a place
    QStackedWidget* m_jobs = nullptr;  ///< list, fields, run
    Navigation* m_navigation = nullptr;
    RegistrationPage* m_registration = nullptr;
    KeysPage* m_keys = nullptr;
    DropVeil* m_veil;
    Place m_place = Place::Jobs;
    bool m_closing = false; ///< the person has said yes
};

} // namespace sealwright::ui
