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
    say(answer, name, spoken);
    addWidget(name, answer);
    return answer;
}

void FactGrid::say(QLabel* answer, const QString& name, const QString& spoken) {
    answer->setAccessibleName(QStringLiteral("%1: %2").arg(name, spoken));
}

void FactGrid::setFacts(const QList<Fact>& facts) {
    truncate(static_cast<int>(facts.size()));
    for (int row = 0; row < facts.size(); ++row) {
        const Fact& fact = facts[row];
        if (row == m_rows) {
            auto* added = fact.html ? addHtml(fact.name, fact.answer) : addText(fact.name, fact.answer);
            added->setToolTip(fact.tip);
            continue;
        }
        auto* caption = static_cast<QLabel*>(m_grid->itemAtPosition(row, 0)->widget());
        auto* answer = static_cast<QLabel*>(m_grid->itemAtPosition(row, 1)->widget());
        const Qt::TextFormat format = fact.html ? Qt::RichText : Qt::PlainText;
        answer->setToolTip(fact.tip);
        if (caption->text() == fact.name && answer->text() == fact.answer && answer->textFormat() == format)
            continue;
        caption->setText(fact.name);
        answer->setTextFormat(format);
        answer->setText(fact.answer);
        say(answer, fact.name, fact.html ? QTextDocumentFragment::fromHtml(fact.answer).toPlainText() : fact.answer);
    }
}

void FactGrid::truncate(int rows) {
    for (; m_rows > rows; --m_rows)
        for (int column : {0, 1}) {
            QLayoutItem* item = m_grid->itemAtPosition(m_rows - 1, column);
            m_grid->removeItem(item);
            delete item->widget();
            delete item;
        }
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
    truncate(0);
}

QString fixedHtml(const QString& text) {
    return QStringLiteral("<span style=\"font-family:'%1'; font-size:9pt\">%2</span>")
        .arg(Theme::fixedFont().family(), text.toHtmlEscaped());
}

} // namespace sealwright::ui
