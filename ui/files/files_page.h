#pragma once
#include "models/views/files_view.h"
#include "ui/common/page.h"

class QListView;
class QPushButton;
class QStackedWidget;

namespace sealwright::ui {

class RecipientsBar;

/// Sealing any file, and opening what was sealed.
class FilesPage : public Page {
    Q_OBJECT
public:
    explicit FilesPage(views::FilesView& view, QWidget* parent = nullptr);

private:
    QWidget* makeEmpty();
    QWidget* makeList();
    void show();
    void choose();
    const items::FileRow* current() const;
    void takeAway(int id);
    void showResult();
    void start();

    views::FilesView& m_view;
    QStackedWidget* m_stack;
    QListView* m_list = nullptr;
    RecipientsBar* m_recipients = nullptr;
    QPushButton* m_add;
    QPushButton* m_reveal = nullptr;
    QPushButton* m_folder = nullptr;
    QPushButton* m_start = nullptr;
    QString m_target;
};

} // namespace sealwright::ui
