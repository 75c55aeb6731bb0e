#pragma once
#include "models/views/run_view.h"
#include "ui/common/labels.h"

namespace sealwright::ui {

class Band;
class FactGrid;

/// What was sent, to whom, and that it was checked before.
class ReceiptCard : public Card {
    Q_OBJECT
public:
    explicit ReceiptCard(QWidget* parent = nullptr);
    void show(const views::ReceiptFacts& receipt);

private:
    QLabel* m_title;
    Band* m_band;
    FactGrid* m_facts;
};

} // namespace sealwright::ui
