#include "ui/common/fact_grid.h"

#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"

#include <QGridLayout>
#include <QTextDocumentFragment>

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
    return addLabel(name, label(text, nullptr, this), text);
}

QLabel* FactGrid::addHtml(const QString& name, const QString& html) {
    auto* answer = label(html, nullptr, this);
    answer->setTextFormat(Qt::RichText);
    return addLabel(name, answer, QTextDocumentFragment::fromHtml(html).toPlainText());
}

QLabel* FactGrid::addLabel(const QString& name, QLabel* answer, const QString& spoken) {
    answer->setTextInteractionFlags(Qt::TextSelectableByMouse);
    answer->setAccessibleName(QStringLiteral("%1: %2").arg(name, spoken));
    addWidget(name, answer);
    return answer;
}

void FactGrid::addWidget(const QString& name, QWidget* widget) {
    const int row = m_rows++;
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
    m_rows = 0;
}

QString fixedHtml(const QString& text) {
    return QStringLiteral("<span style=\"font-family:'%1'; font-size:9pt\">%2</span>")
        .arg(Theme::fixedFont().family(), text.toHtmlEscaped());
}

} // namespace sealwright::ui
