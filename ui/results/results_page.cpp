#include "ui/results/results_page.h"

#include "ui/results/opened_result.h"

#include <QStackedWidget>
#include <QVBoxLayout>

namespace sealwright::ui {

ResultsPage::ResultsPage(views::Session& session, QWidget* parent) : QWidget(parent), m_view(session.results) {
    m_stack = new QStackedWidget(this);
    m_listPage = new ResultList(session, m_stack);
    m_stack->addWidget(m_listPage);
    m_stack->addWidget(new OpenedResult(
        m_view, [&session] { return session.settings.facts().resultsFolder; }, m_stack));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    connect(&m_view, &views::PageView::changed, this, &ResultsPage::show);
    connect(&m_view, &views::ResultsView::closed, this, &ResultsPage::show);
    show();
}

void ResultsPage::show() {
    const int at = m_view.opened() ? 1 : 0;
    if (m_stack->currentIndex() == at)
        return;
    m_stack->setCurrentIndex(at);
    if (isVisible())
        m_stack->currentWidget()->setFocus(); // Tab goes on from there
}

} // namespace sealwright::ui
