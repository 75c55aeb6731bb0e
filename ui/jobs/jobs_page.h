#pragma once
#include "models/views/session.h"
#include "ui/common/page.h"

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace sealwright::ui {

/// The list of jobs, and one of them as a contract.
class JobsPage : public Page {
    Q_OBJECT
public:
    explicit JobsPage(views::Session& session, QWidget* parent = nullptr);

Q_SIGNALS:
    void registerWanted();

private:
    QWidget* makeList();
    void showState();
    void showSelection();
    void chooseShow();

    views::Session& m_session;
    views::JobsView& m_view;
    QListView* m_list = nullptr;
    QStackedWidget* m_listStack = nullptr;
    QWidget* m_emptyPage = nullptr;
    QLabel* m_empty = nullptr;
    QPushButton* m_register = nullptr;
    QLineEdit* m_search = nullptr;
    QToolButton* m_show = nullptr;
    QToolButton* m_refresh = nullptr;
};

} // namespace sealwright::ui
