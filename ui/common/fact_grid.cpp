#include "ui/common/fact_grid.h"

#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"

#include <QGridLayout>

namespace sealwright::ui {

FactGrid::FactGrid(QWidget* parent, int nameWidth) : QWidget(parent) {
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(space16);
    m_grid->setVerticalSpacing(10);
    m_grid->setColumnMinimumWidth(0, nameWidth);
    m_grid->setColumnStretch(1, 1);
}

QLabel* FactGrid::addText(const QString& name, const QString& text) {
    auto* answer = label(text, nullptr, this);
    answer->setTextFormat(Qt::AutoText);
    answer->setTextInteractionFlags(Qt::TextSelectableByMouse);
    addWidget(name, answer);
    return answer;
}

void FactGrid::addWidget(const QString& name, QWidget* widget) {
    const int row = m_grid->rowCount();
    auto* caption = label(name, "secondary", this);
    caption->setMaximumWidth(m_grid->columnMinimumWidth(0));
    m_grid->addWidget(caption, row, 0, Qt::AlignTop);
    m_grid->addWidget(widget, row, 1);
    if (widget->accessibleName().isEmpty())
        widget->setAccessibleName(name);
}

void FactGrid::clear() {
    while (QLayoutItem* item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

QString fixedHtml(const QString& text) {
    return QStringLiteral("<span style=\"font-family:'%1'; font-size:9pt\">%2</span>")
        .arg(Theme::fixedFont().family(), text.toHtmlEscaped());
}

} // namespace sealwright::ui
