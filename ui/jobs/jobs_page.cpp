#include "ui/jobs/jobs_page.h"

#include "ui/common/band.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/common/revocation.h"
#include "ui/jobs/contract_card.h"
#include "ui/jobs/job_delegate.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace sealwright::ui {
namespace {

using Show = items::JobFilterModel::Show;

QString wordFor(Show show) {
    switch (show) {
    case Show::All:
        return JobsPage::tr("All jobs");
    case Show::Open:
        return JobsPage::tr("Open");
    case Show::Finished:
        return JobsPage::tr("Finished");
    }
    return {};
}

} // namespace

JobsPage::JobsPage(views::Session& session, QWidget* parent)
    : Page(tr("Jobs"), parent), m_session(session), m_view(session.jobs) {
    auto* columns = new QHBoxLayout;
    columns->setSpacing(space16);
    auto* left = makeList();
    left->setMinimumWidth(280);
    left->setMaximumWidth(330);
    columns->addWidget(left, 3);
    columns->addWidget(new ContractCard(m_view, this), 5);
    content()->addLayout(columns, 1);

    connect(m_refresh, &QToolButton::clicked, &m_view, &views::JobsView::refresh);
    connect(m_show, &QToolButton::clicked, this, &JobsPage::chooseShow);
    connect(m_register, &QPushButton::clicked, this, &JobsPage::registerWanted);
    auto* find = new QShortcut(QKeySequence::Find, this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, m_search, [this] { m_search->setFocus(Qt::ShortcutFocusReason); });
    connect(&m_view, &views::PageView::changed, this, [this] {
        showState();
        showSelection();
    });
    connect(&m_view, &views::JobsView::currentChanged, this, &JobsPage::showSelection);
    connect(&session.machine, &views::MachineView::changed, this, &JobsPage::showState);
    showState();
    showSelection();
}

QWidget* JobsPage::makeList() {
    auto* left = new QWidget(this);
    m_search = new QLineEdit(left);
    m_search->setPlaceholderText(tr("Search jobs"));
    m_search->setAccessibleName(tr("Search jobs"));
    m_search->setClearButtonEnabled(true);
    m_show = iconButton("filter", tr("Choose which jobs are listed"), left);
    m_refresh = iconButton("refresh", tr("Ask the platform for jobs (F5)"), left);
    auto* top = new QHBoxLayout;
    top->setSpacing(space8);
    top->addWidget(m_search, 1);
    top->addWidget(m_show);
    top->addWidget(m_refresh);
    auto* card = new Card(left);
    m_list = new QListView(card);
    m_list->setModel(m_view.shown());
    m_list->setUniformItemSizes(true); // else each of thousands is asked for its own
    m_list->setItemDelegate(new JobDelegate(m_list));
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setAccessibleName(tr("Jobs"));
    m_emptyPage = new QWidget(card);
    m_empty = label({}, "secondary", m_emptyPage);
    m_empty->setAlignment(Qt::AlignCenter);
    m_register = button(tr("Open invitation…"), m_emptyPage);
    auto* empty = new QVBoxLayout(m_emptyPage);
    empty->setContentsMargins(space24, 0, space24, 0);
    empty->setSpacing(space12);
    empty->addStretch(1);
    empty->addWidget(m_empty);
    empty->addWidget(m_register, 0, Qt::AlignCenter);
    empty->addStretch(1);
    m_listStack = new QStackedWidget(card);
    m_listStack->addWidget(m_list);
    m_listStack->addWidget(m_emptyPage);
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->addWidget(m_listStack);
    auto* layout = new QVBoxLayout(left);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addLayout(top);
    layout->addWidget(card, 1);

    connect(m_search, &QLineEdit::textChanged, &m_view, &views::JobsView::search);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (index.isValid())
            m_view.select(index.data(items::JobListModel::IdRole).toString());
    });
    return left;
}

void JobsPage::showState() {
    if (!showFailure(m_view.failure()))
        showRevocation(*this, m_session.machine.facts()); // also where the platform was not asked yet, or is away
    m_refresh->setEnabled(!m_view.busy() && m_session.machine.facts().registered);
    const Show listed = m_view.shown()->show();
    m_show->setIcon(lineIcon("filter", listed == Show::All ? Tone::Text : Tone::Accent));
    m_show->setAccessibleDescription(wordFor(listed));
    setFacts(m_view.busy()         ? tr("Asking the platform…")
             : listed == Show::All ? QString()
                                   : tr("Listed: %1").arg(wordFor(listed).toLower()));
    const bool any = m_view.shown()->rowCount() > 0;
    m_listStack->setCurrentIndex(any ? 0 : 1);
    if (any)
        return;
    const bool registered = m_session.machine.facts().registered;
    m_register->setVisible(!registered);
    QString text;
    if (!registered)
        text = tr("What a platform asks for will stand here. An invitation registers this machine with one.");
    else if (m_view.jobs()->rowCount() > 0)
        text = m_search->text().trimmed().isEmpty() ? tr("No job of this kind.") : tr("No job is called that.");
    else if (m_view.busy())
        text = tr("Asking the platform…");
    else
        text = tr("No jobs. When the platform asks for data, it will stand here; F5 asks now.");
    m_empty->setText(text);
}

/// Follows the view model without telling it back.
void JobsPage::showSelection() {
    const items::JobRow* current = m_view.current();
    auto* selection = m_list->selectionModel();
    for (int row = 0; current && row < m_view.shown()->rowCount(); ++row) {
        if (m_view.shown()->rows()[static_cast<std::size_t>(row)].id == current->id) {
            const QModelIndex index = m_view.shown()->index(row, 0);
            if (!selection->isSelected(index) || selection->currentIndex() != index)
                selection->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
            return;
        }
    }
    selection->clear(); // the current one too: else choosing that would be no change
}

void JobsPage::chooseShow() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Show show : {Show::All, Show::Open, Show::Finished}) {
        QAction* action = menu->addAction(wordFor(show), this, [this, show] { m_view.list(show); });
        action->setCheckable(true);
        action->setChecked(show == m_view.shown()->show());
    }
    menu->popup(m_show->mapToGlobal(QPoint(0, m_show->height())));
}

} // namespace sealwright::ui
