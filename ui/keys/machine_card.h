#pragma once
#include "models/views/session.h"
#include "ui/common/labels.h"

namespace sealwright::ui {

class Chip;
class FactGrid;

/// This machine's own keys, how they are, and the public halves for others.
class MachineCard : public Card {
    Q_OBJECT
public:
    explicit MachineCard(views::Session& session, QWidget* parent = nullptr);

private:
    void show();
    void askToRotate();
    void addKey(const QString& name, const views::KeyFacts& key);

    views::Session& m_session;
    views::KeysView& m_view;
    Chip* m_health;
    FactGrid* m_facts;
    QLabel* m_none;
    QPushButton* m_make;
    QPushButton* m_share;
    QPushButton* m_restore;
    QPushButton* m_rotate;
    QPushButton* m_unlock;
};

} // namespace sealwright::ui
