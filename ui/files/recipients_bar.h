#pragma once
#include "models/views/files_view.h"

#include <QWidget>

class QPushButton;

namespace sealwright::ui {

/// Who will be able to open what is sealed here, as chips that can be taken away, this machine first.
class RecipientsBar : public QWidget {
    Q_OBJECT
public:
    explicit RecipientsBar(views::FilesView& view, QWidget* parent = nullptr);

private:
    void show();
    void openMenu();

    views::FilesView& m_view;
    QWidget* m_chips;
    QPushButton* m_add;
};

} // namespace sealwright::ui
