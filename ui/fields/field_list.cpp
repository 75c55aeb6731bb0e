#include "ui/fields/field_list.h"

#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/fields/field_delegate.h"
#include "ui/fields/state_menu.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

namespace sealwright::ui {

FieldList::FieldList(views::FieldsView& view, QWidget* parent) : Card(parent), m_view(view) {
    auto* search = new QLineEdit(this);
    search->setPlaceholderText(tr("Find a field"));
    search->setAccessibleName(tr("Find a field"));
    search->setClearButtonEnabled(true);
    m_filter = new QSortFilterProxyModel(this);
    m_filter->setSourceModel(view.fields());
    m_filter->setRecursiveFilteringEnabled(true);
    m_filter->setAutoAcceptChildRows(true);
    m_filter->setFilterRole(items::FieldTreeModel::PathRole);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_tree = new QTreeView(this);
    m_tree->setModel(m_filter);
    m_tree->setItemDelegate(new FieldDelegate(m_tree));
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setExpandsOnDoubleClick(false);
    m_tree->setIndentation(14);
    m_tree->setAccessibleName(tr("Fields and what happens to each"));
    m_tree->setMouseTracking(true);
    m_tree->viewport()->installEventFilter(this);
    m_tree->installEventFilter(this);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 10, 1, 1);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(9, 0, 9, 10);
    top->addWidget(search);
    layout->addLayout(top);
    layout->addWidget(m_tree, 1);
    m_note = label({}, "caption", this);
    m_note->setContentsMargins(10, space8, 10, 9);
    m_note->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_note->setFixedHeight(3 * QFontMetrics(Theme::font(Type::Caption)).lineSpacing() + space8 + 9);
    layout->setSpacing(0);
    layout->addWidget(rule(this));
    layout->addWidget(m_note);

    connect(search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter->setFilterFixedString(text.trimmed());
        m_tree->expandAll();
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &FieldList::showNote);
    connect(m_tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, &FieldList::showNote);
    connect(view.fields(), &QAbstractItemModel::dataChanged, this, &FieldList::showNote);
    auto* find = new QShortcut(QKeySequence::Find, parent ? parent : this);
    find->setContext(Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, search, [search] { search->setFocus(Qt::ShortcutFocusReason); });
    connect(view.fields(), &QAbstractItemModel::modelReset, this, [this] {
        m_tree->setRootIsDecorated(m_view.fields()->isNested());
        m_tree->expandAll();
        m_tree->setCurrentIndex(m_filter->index(0, 0));
        m_tree->clearSelection();
        showNote();
    });
    m_tree->setRootIsDecorated(view.fields()->isNested());
    m_tree->expandAll();
    showNote();
}

void FieldList::showNote() {
    const auto chosen = m_tree->selectionModel()->selectedIndexes();
    if (chosen.size() > 1)
        m_note->setText(tr("%n field(s) are selected. Return, or a click on one of their states, changes all of them.",
                           nullptr, static_cast<int>(chosen.size())));
    else
        m_note->setText(FieldDelegate::meaningText(m_tree->currentIndex()));
}

bool FieldList::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_tree->viewport() && event->type() == QEvent::MouseButtonPress) {
        const QPoint at = static_cast<QMouseEvent*>(event)->position().toPoint();
        const QModelIndex index = m_tree->indexAt(at);
        if (FieldDelegate::chipRect(m_tree, index).contains(at)) {
            if (!m_tree->selectionModel()->isSelected(index))
                m_tree->setCurrentIndex(index);
            openMenu(index);
            return true;
        }
    }
    if (watched == m_tree && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Space || key == Qt::Key_Menu) {
            openMenu(m_tree->currentIndex());
            return true;
        }
    }
    return Card::eventFilter(watched, event);
}

void FieldList::openMenu(const QModelIndex& shown) {
    if (!shown.isValid())
        return;
    QModelIndexList chosen;
    for (const QModelIndex& index : m_tree->selectionModel()->selectedIndexes())
        chosen.append(m_filter->mapToSource(index));
    if (chosen.isEmpty())
        chosen.append(m_filter->mapToSource(shown));
    const QRect chip = FieldDelegate::chipRect(m_tree, shown);
    makeStateMenu(m_view, chosen, this)->popup(m_tree->viewport()->mapToGlobal(chip.bottomLeft() + QPoint(0, 2)));
}

} // namespace sealwright::ui
