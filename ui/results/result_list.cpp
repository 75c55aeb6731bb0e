#include "ui/common/band.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/results/result_delegate.h"
#include "ui/results/results_page.h"

#include <QHBoxLayout>
#include <QListView>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sealwright::ui {

ResultList::ResultList(views::Session& session, QWidget* parent)
    : Page(tr("Results"), parent), m_session(session), m_view(session.results) {
    m_refresh = button(tr("Refresh"), this);
    m_refresh->setToolTip(tr("Ask the platform for results (F5)"));
    corner()->addWidget(m_refresh);
    auto* card = new Card(this);
    m_list = new QListView(card);
    m_list->setModel(m_view.results());
    m_list->setItemDelegate(new ResultDelegate(m_list));
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setAccessibleName(tr("Results"));
    m_empty = label({}, "secondary", card);
    m_empty->setAlignment(Qt::AlignCenter);
    m_stack = new QStackedWidget(card);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_empty);
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->addWidget(m_stack);
    content()->addWidget(card, 1);

    m_bar = new QProgressBar(this);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Fetching"));
    content()->addWidget(m_bar);
    m_progress = label(tr("A result is opened in memory; nothing readable is written to disk unless you save a copy."),
                       "secondary", this);
    m_cancel = button(tr("Cancel"), this);
    m_open = primaryButton(tr("Open"), this);
    m_list->setMouseTracking(true);
    auto* bottom = new QHBoxLayout;
    bottom->setSpacing(space16);
    bottom->addWidget(m_progress, 1);
    bottom->addWidget(m_cancel);
    bottom->addWidget(m_open);
    content()->addLayout(bottom);

    connect(m_refresh, &QPushButton::clicked, &m_view, &views::ResultsView::refresh);
    connect(m_cancel, &QPushButton::clicked, &m_view, &views::ResultsView::cancel);
    connect(m_open, &QPushButton::clicked, this, [this] { m_view.open(selected()); });
    connect(m_list, &QListView::activated, this, [this] { m_view.open(selected()); });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &ResultList::show);
    connect(m_view.results(), &QAbstractItemModel::modelReset, this, [this] {
        m_list->setCurrentIndex(m_view.results()->index(0, 0)); // the newest
    });
    connect(&m_view, &views::PageView::changed, this, &ResultList::show);
    connect(&session.machine, &views::MachineView::changed, this, &ResultList::show);
    show();
}

QString ResultList::selected() const {
    return m_list->currentIndex().data(items::ResultListModel::IdRole).toString();
}

void ResultList::show() {
    showFailure(m_view.failure());
    const bool any = m_view.results()->rowCount() > 0;
    const bool opening = !m_view.opening().isEmpty();
    const bool registered = m_session.machine.facts().registered;
    m_stack->setCurrentIndex(any ? 0 : 1);
    m_empty->setText(
        !registered
            ? tr("Datasets that a platform sends back will stand here, once this machine is registered with one.")
        : m_view.busy() ? tr("Asking the platform…")
                        : tr("No results yet. When the platform sends something back for this machine, it will stand "
                             "here; Refresh asks now."));
    m_refresh->setEnabled(!m_view.busy() && registered);
    m_open->setVisible(any);
    m_open->setEnabled(!m_view.busy() && !selected().isEmpty());
    m_cancel->setVisible(opening);
    m_bar->setVisible(opening);
    m_bar->setRange(0, m_view.total() > 0 ? 1000 : 0);
    if (m_view.total() > 0)
        m_bar->setValue(
            static_cast<int>(1000.0 * static_cast<double>(m_view.done()) / static_cast<double>(m_view.total())));
    m_progress->setVisible(any || opening);
    m_progress->setText(
        opening ? tr("Fetching and checking %1").arg(m_view.opening())
                : tr("A result is opened in memory; nothing readable is written to disk unless you save a copy."));
}

} // namespace sealwright::ui
