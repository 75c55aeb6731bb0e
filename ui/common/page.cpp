#include "ui/common/page.h"

#include "ui/common/band.h"
#include "ui/common/labels.h"
#include "ui/common/metrics.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace sealwright::ui {

Page::Page(const QString& title, QWidget* parent) : QWidget(parent) {
    m_title = label(title, "title", this);
    m_facts = label({}, "secondary", this);
    m_band = new Band(this);
    m_facts->hide();
    m_band->hide();

    auto* heading = new QVBoxLayout;
    heading->setSpacing(0);
    heading->addWidget(m_title);
    heading->addWidget(m_facts);
    heading->addStretch(1);
    m_corner = new QHBoxLayout;
    m_corner->setSpacing(space16);
    auto* top = new QHBoxLayout;
    top->setSpacing(space16);
    top->addLayout(heading, 1);
    top->addLayout(m_corner);
    top->setAlignment(m_corner, Qt::AlignTop);

    m_content = new QVBoxLayout;
    m_content->setSpacing(space16);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(space16);
    layout->addLayout(top);
    layout->addWidget(m_band);
    layout->addLayout(m_content, 1);
    setAccessibleName(title);
}

void Page::setTitle(const QString& title) {
    m_title->setText(title);
    setAccessibleName(title);
}

QString Page::title() const {
    return m_title->text();
}

void Page::setFacts(const QString& facts) {
    m_facts->setText(facts);
    m_facts->setVisible(!facts.isEmpty());
}

bool Page::showFailure(const std::optional<Failure>& failure) {
    if (failure)
        m_band->say(*failure);
    m_band->setVisible(failure.has_value());
    return failure.has_value();
}

} // namespace sealwright::ui
