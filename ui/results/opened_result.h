#pragma once
#include "models/views/results_view.h"
#include "ui/common/page.h"

#include <functional>

class QLabel;
class QPushButton;

namespace sealwright::ui {

class Table;

/// One result, opened in memory.
class OpenedResult : public Page {
    Q_OBJECT
public:
    /// `folder` says where a copy is offered to be saved.
    OpenedResult(views::ResultsView& view, std::function<QString()> folder, QWidget* parent = nullptr);

private:
    void show();
    void showBand();
    void showShown();
    void fitColumns();

    views::ResultsView& m_view;
    Table* m_table;
    bool m_fitted = false; ///< columns have the width of their first values
    QLabel* m_shown;
    QPushButton* m_save;
};

} // namespace sealwright::ui
