#pragma once
#include "models/views/jobs_view.h"
#include "ui/common/labels.h"

class QBoxLayout;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace sealwright::ui {

class Band;
class Chip;
class FactGrid;
class FittingScroll;

/// One job as a contract in plain words. Where there is little room the rest scrolls; who can open it is always in
/// sight.
class ContractCard : public Card {
    Q_OBJECT
public:
    explicit ContractCard(views::JobsView& view, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* makeContract();
    void show();
    void showFacts(const items::JobRow& job);
    void showButtons(const items::JobRow& job);
    void showOpening();
    void begin();
    void decline();

    views::JobsView& m_view;
    QStackedWidget* m_stack;
    QBoxLayout* m_top = nullptr;
    QLabel* m_name = nullptr;
    QLabel* m_purpose = nullptr;
    Chip* m_signed = nullptr;
    Band* m_band = nullptr;
    FactGrid* m_facts = nullptr;
    FactGrid* m_openers = nullptr;
    FittingScroll* m_scroll = nullptr;
    items::Openers m_shownOpeners;
    QPushButton* m_primary = nullptr;
    QPushButton* m_decline = nullptr;
    QLabel* m_promise = nullptr;
    QProgressBar* m_bar = nullptr;
    QPushButton* m_cancel = nullptr;
    bool m_roomy = true;
};

/// The chips of those who can open, and the sentence under them.
QWidget* openersWidget(const items::Openers& openers, QWidget* parent);

} // namespace sealwright::ui
