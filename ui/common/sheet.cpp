#include "ui/common/sheet.h"

#include "ui/common/labels.h"
#include "ui/common/metrics.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealwright::ui {

Sheet::Sheet(const QString& title, const QString& explanation, const QString& verb, QWidget* parent) : QDialog(parent) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(title);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(space12);
    layout->addWidget(label(title, "cardTitle", this));
    layout->addWidget(paragraph(explanation, "secondary", this));
    m_body = new QVBoxLayout;
    m_body->setSpacing(space12);
    layout->addLayout(m_body);
    layout->addStretch(1);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space12);
    buttons->addStretch(1);
    m_leave = button(tr("Cancel"), this);
    m_verb = primaryButton(verb, this);
    m_verb->setDefault(true);
    buttons->addWidget(m_leave);
    buttons->addWidget(m_verb);
    layout->addLayout(buttons);
    connect(m_leave, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_verb, &QPushButton::clicked, this, &QDialog::accept);
}

void Sheet::showEvent(QShowEvent* event) {
    constexpr int width = 480;
    layout()->activate();
    resize(width, layout()->totalHeightForWidth(width));
    QDialog::showEvent(event);
}

void Sheet::setVerbEnabled(bool enabled) {
    m_verb->setEnabled(enabled);
}

void Sheet::setLeaveText(const QString& text) {
    m_leave->setText(text);
}

} // namespace sealwright::ui
