#include "ui/fields/preview_tables.h"

#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"
#include "ui/common/words.h"

#include <QHeaderView>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace sealwright::ui {
namespace {

using items::FieldState;
using items::PreviewTableModel;

constexpr int narrowest = 64, widestBefore = 190, widestAfter = 134;

/// As they are: a null is told from an empty text.
class HereDelegate : public CellDelegate {
public:
    using CellDelegate::CellDelegate;
    Look look(const QModelIndex& index) const override {
        Look look = CellDelegate::look(index);
        if (index.data(PreviewTableModel::NullRole).toBool() && look.text.isEmpty()) {
            look.text = LeavingDelegate::tr("empty");
            look.colour = colours().secondary;
        }
        return look;
    }
};

} // namespace

CellDelegate::Look LeavingDelegate::look(const QModelIndex& index) const {
    Look look = CellDelegate::look(index);
    const QVariant state = index.data(PreviewTableModel::StateRole);
    if (!state.isValid())
        return look;
    const auto known = static_cast<FieldState>(state.toInt());
    look.colour = colours().tone(toneOf(known));
    if (known == FieldState::LeftOut) {
        look.text = QStringLiteral("—");
        return look;
    }
    look.fixed = known != FieldState::Readable;
    look.elide = look.fixed ? Qt::ElideMiddle : Qt::ElideRight;
    return look;
}

PreviewTables::PreviewTables(views::FieldsView& view, QWidget* parent)
    : QWidget(parent), m_view(view), m_before(new Table(this)), m_after(new Table(this)) {
    m_before->setModel(view.before());
    m_after->setModel(view.after());
    m_before->setItemDelegate(new HereDelegate(m_before));
    m_after->setItemDelegate(new LeavingDelegate(m_after));
    m_before->setAccessibleName(tr("The first records as they are on this machine"));
    m_after->setAccessibleName(tr("The same records as they will leave it"));
    m_before->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space12);
    layout->addWidget(makeCard(tr("On this machine"), m_before), 1);
    layout->addWidget(makeCard(tr("What leaves it"), m_after), 1);

    const auto together = [](QScrollBar* one, QScrollBar* other) {
        connect(one, &QScrollBar::valueChanged, other, &QScrollBar::setValue);
        connect(other, &QScrollBar::valueChanged, one, &QScrollBar::setValue);
    };
    together(m_before->horizontalScrollBar(), m_after->horizontalScrollBar());
    together(m_before->verticalScrollBar(), m_after->verticalScrollBar());
    const auto sameWidth = [](QTableView* one, QTableView* other) {
        connect(one->horizontalHeader(), &QHeaderView::sectionResized, other,
                [other](int column, int, int width) { other->setColumnWidth(column, width); });
    };
    sameWidth(m_before, m_after);
    sameWidth(m_after, m_before);
    connect(view.after(), &QAbstractItemModel::modelReset, this, &PreviewTables::fitColumns);
    fitColumns();
}

QWidget* PreviewTables::makeCard(const QString& title, Table* table) {
    auto* card = new Card(this);
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(space12, space12, space12, space12);
    layout->setSpacing(space4);
    layout->addWidget(label(title, "cardTitle", card));
    layout->addWidget(table, 1);
    return card;
}

void PreviewTables::fitColumns() {
    constexpr int lookedCells = 3000; // of very many columns the first rows are enough
    const int columns = std::max(1, m_view.before()->columnCount());
    const int rows = std::min(m_view.before()->rowCount(), std::max(1, lookedCells / columns));
    const auto width = [rows](const QTableView* table, int column) {
        int widest = 0;
        for (int row = 0; row < rows; ++row) {
            const QModelIndex index = table->model()->index(row, column);
            widest = std::max(widest, table->itemDelegateForIndex(index)->sizeHint({}, index).width());
        }
        return widest;
    };
    const QFontMetrics heading(Theme::font(Type::Caption, true));
    for (int column = 0; column < m_view.before()->columnCount(); ++column) {
        const QString name = m_view.before()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        const int title = std::min(heading.horizontalAdvance(name) + 24, widestBefore);
        m_before->setColumnWidth(column, std::max({narrowest, title, std::min(width(m_before, column), widestBefore),
                                                   std::min(width(m_after, column), widestAfter)}));
    }
}

} // namespace sealwright::ui
