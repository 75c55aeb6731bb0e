#pragma once
#include "models/views/fields_view.h"
#include "ui/common/page.h"

class QLabel;
class QPushButton;

namespace sealwright::ui {

/// What happens to each field, and the first records as they are and as they will leave.
class FieldsPage : public Page {
    Q_OBJECT
public:
    explicit FieldsPage(views::FieldsView& view, QWidget* parent = nullptr);

private:
    void show();
    void showBand();
    void showFoot();
    void confirm();

    views::FieldsView& m_view;
    QLabel* m_foot;
    QPushButton* m_start;
    QPushButton* m_reading;
};

} // namespace sealwright::ui
