#pragma once
#include "models/views/session.h"
#include "ui/common/page.h"

class QLabel;
class QListView;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace sealwright::ui {

/// Datasets that came back, and one of them opened.
class ResultsPage : public QWidget {
    Q_OBJECT
public:
    explicit ResultsPage(views::Session& session, QWidget* parent = nullptr);

private:
    void show();

    views::ResultsView& m_view;
    QStackedWidget* m_stack;
    class ResultList* m_listPage;
};

/// The list, with the one next step.
class ResultList : public Page {
    Q_OBJECT
public:
    explicit ResultList(views::Session& session, QWidget* parent = nullptr);

private:
    void show();
    QString selected() const;

    views::Session& m_session;
    views::ResultsView& m_view;
    QListView* m_list;
    QLabel* m_empty;
    QStackedWidget* m_stack;
    QProgressBar* m_bar;
    QLabel* m_progress;
    QPushButton* m_refresh;
    QPushButton* m_cancel;
    QPushButton* m_open;
};

} // namespace sealwright::ui
