#include "ui/results/opened_result.h"

#include "ui/common/band.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/common/pick_file.h"
#include "ui/results/result_delegate.h"

#include <QDir>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QScrollBar>
#include <QVBoxLayout>

#include <algorithm>

namespace sealwright::ui {
namespace {

/// A file name made of the result's name: that comes from the platform, and could hold anything.
QString copyName(const views::ResultFacts& facts) {
    QString name;
    for (const QChar c : facts.name.simplified().left(80))
        name.append(c.isLetterOrNumber() || QStringLiteral(" -_.,()").contains(c) ? c : QLatin1Char('_'));
    while (name.startsWith(QLatin1Char('.')))
        name.remove(0, 1);
    return (name.isEmpty() ? OpenedResult::tr("Result") : name) + facts.ending;
}

} // namespace

OpenedResult::OpenedResult(views::ResultsView& view, std::function<QString()> folder, QWidget* parent)
    : Page({}, parent), m_view(view) {
    auto* back = button(tr("Back"), this);
    m_save = button(tr("Save a copy…"), this);
    corner()->addWidget(back);
    corner()->addWidget(m_save);
    auto* card = new Card(this);
    m_table = new Table(card);
    m_table->setModel(view.table());
    m_table->setItemDelegate(new ResultCellDelegate(m_table));
    m_table->setAccessibleName(tr("The opened records"));
    m_table->horizontalHeader()->setStretchLastSection(true);
    auto* inside = new QVBoxLayout(card);
    inside->setContentsMargins(1, 1, 1, 1);
    inside->addWidget(m_table);
    content()->addWidget(card, 1);
    m_shown = label({}, "secondary", this);
    content()->addWidget(m_shown);

    connect(back, &QPushButton::clicked, &view, &views::ResultsView::close);
    connect(m_save, &QPushButton::clicked, this, [this, folder] {
        if (m_view.opened())
            pickTarget(this, tr("Save the opened data"), QDir(folder()).filePath(copyName(*m_view.opened())),
                       [this](const QString& path) { m_view.saveCopy(path); });
    });
    connect(&view, &views::PageView::changed, this, &OpenedResult::show);
    connect(view.table(), &QAbstractItemModel::modelReset, this, [this] {
        m_fitted = false;
        fitColumns();
    });
    connect(view.table(), &QAbstractItemModel::dataChanged, this, &OpenedResult::fitColumns);
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this, &OpenedResult::showShown);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, this, &OpenedResult::showShown);
}

void OpenedResult::show() {
    const auto& opened = m_view.opened();
    if (!opened)
        return;
    setTitle(opened->name);
    setFacts(m_view.savedTo().isEmpty() ? tr("Results › opened in memory · nothing readable was written to disk")
                                        : tr("Results › a readable copy was saved as %1").arg(m_view.savedTo()));
    m_save->setEnabled(!m_view.busy());
    m_save->setText(m_view.busy() ? tr("Saving…") : tr("Save a copy…"));
    if (!showFailure(m_view.failure()))
        showBand();
    showShown();
}

void OpenedResult::showBand() {
    const views::ResultFacts& facts = *m_view.opened();
    band()->show();
    const QString whole = count(facts.records);
    if (!facts.unchanged) {
        band()->say(
            Band::Kind::Attention, tr("Changed since it was signed."),
            tr("Every value shown was sealed with this dataset's key, but records may have been taken out or sorted."));
    } else if (facts.findings > 0) {
        band()->say(Band::Kind::Attention, tr("Not everything is in order."),
                    tr("%1 of it was reported while reading: %2.")
                        .arg(count(facts.findings), facts.findingIds.join(QStringLiteral(", "))));
    } else if (facts.signer.isEmpty()) {
        band()->say(Band::Kind::Attention, tr("Signed by nobody known here."),
                    tr("%1 of %1 records are whole and in order.").arg(whole));
    } else {
        band()->say(Band::Kind::Good, tr("Signed by %1").arg(facts.signer),
                    tr("on %1. %2 of %2 records are whole and in order.").arg(longDate(facts.signedAt), whole));
    }
}

void OpenedResult::showShown() {
    const quint64 all = m_view.table()->records();
    const int first = m_table->rowAt(0);
    int last = m_table->rowAt(m_table->viewport()->height() - 1);
    if (last < 0)
        last = m_view.table()->rowCount() - 1;
    QString shown =
        first < 0 ? tr("No records")
                  : tr("Records %1 to %2 of %3")
                        .arg(count(static_cast<quint64>(first) + 1), count(static_cast<quint64>(last) + 1), count(all));
    const auto columns = static_cast<quint64>(m_view.table()->columnCount());
    if (m_view.opened() && m_view.opened()->columns > columns)
        shown += QStringLiteral(" · ") + tr("the first %1 of %2 columns; a saved copy has them all")
                                             .arg(count(columns), count(m_view.opened()->columns));
    m_shown->setText(shown);
}

/// By the first values, once they are there; the person's own widths are kept after.
void OpenedResult::fitColumns() {
    constexpr int narrowest = 80, widest = 240, looked = 30, lookedCells = 3000;
    showShown();
    if (m_fitted)
        return;
    const int columns = std::max(1, m_view.table()->columnCount());
    const int rows = std::min(m_view.table()->rowCount(), std::clamp(lookedCells / columns, 1, looked));
    for (int column = 0; column < m_view.table()->columnCount(); ++column) {
        int width = std::min(m_table->horizontalHeader()->sectionSizeHint(column), widest);
        for (int row = 0; row < rows; ++row)
            width = std::max(width, m_table->itemDelegate()->sizeHint({}, m_view.table()->index(row, column)).width());
        m_table->setColumnWidth(column, std::clamp(width + space24, narrowest, widest));
    }
    m_fitted = rows > 0 && m_view.table()->index(0, 0).data(items::ResultTableModel::StateRole).isValid();
}

} // namespace sealwright::ui
