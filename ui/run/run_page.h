#pragma once
#include "models/views/run_view.h"
#include "ui/common/page.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace sealwright::ui {

class ReceiptCard;
class StepList;

/// A run under way, and its receipt in its place when it is done.
class RunPage : public Page {
    Q_OBJECT
public:
    explicit RunPage(views::RunView& view, QWidget* parent = nullptr);

private:
    QWidget* makeProgress();
    void show();
    void showStraight(); ///< how the data go, where that is not the usual way

    views::RunView& m_view;
    QWidget* m_progress;
    StepList* m_steps = nullptr;
    QProgressBar* m_bar = nullptr;
    QLabel* m_rate = nullptr;
    QPushButton* m_pause = nullptr;
    QPushButton* m_cancel = nullptr;
    ReceiptCard* m_receipt;
    QPushButton* m_back;
};

} // namespace sealwright::ui
