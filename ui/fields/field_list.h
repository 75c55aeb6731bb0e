#pragma once
#include "models/views/fields_view.h"
#include "ui/common/labels.h"

class QLineEdit;
class QSortFilterProxyModel;
class QTreeView;

namespace sealwright::ui {

/// The left side: every field with its state, a search, the menu that changes one or several, and what it means.
/// The menu opens by a click on the chip, or by Return, Space or the menu key on what is selected.
class FieldList : public Card {
    Q_OBJECT
public:
    explicit FieldList(views::FieldsView& view, QWidget* parent = nullptr);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void openMenu(const QModelIndex& shown);
    void showNote();

    views::FieldsView& m_view;
    QSortFilterProxyModel* m_filter;
    QTreeView* m_tree;
    QLabel* m_note; ///< what the current field's state means, and what the job says of it
};

} // namespace sealwright::ui
