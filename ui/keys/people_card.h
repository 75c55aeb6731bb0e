#pragma once
#include "models/views/keys_view.h"
#include "ui/common/labels.h"

class QPushButton;
class QStackedWidget;

namespace sealwright::ui {

class Table;

/// Whose keys this machine knows.
class PeopleCard : public Card {
    Q_OBJECT
public:
    explicit PeopleCard(views::KeysView& view, QWidget* parent = nullptr);

private:
    void show();
    void add(const items::AddressRow& found);
    void forget();
    const items::AddressRow* current() const;

    views::KeysView& m_view;
    Table* m_table;
    QStackedWidget* m_stack;
    QPushButton* m_forget;
};

} // namespace sealwright::ui
