#include "ui/files/recipients_bar.h"

#include "ui/common/chip.h"
#include "ui/common/flow_layout.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/common/words.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>

#include <algorithm>

namespace sealwright::ui {

RecipientsBar::RecipientsBar(views::FilesView& view, QWidget* parent) : QWidget(parent), m_view(view) {
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space12);
    auto* caption = label(tr("Who can open it"), "secondary", this);
    caption->setWordWrap(false);
    layout->addWidget(caption);
    m_chips = new QWidget(this);
    new FlowLayout(m_chips);
    layout->addWidget(m_chips, 0, Qt::AlignVCenter);
    m_add = button(tr("Add…"), this);
    m_add->setToolTip(tr("Choose somebody whose recipient key this machine has"));
    layout->addWidget(m_add);
    layout->addStretch(1);
    connect(m_add, &QPushButton::clicked, this, &RecipientsBar::openMenu);
    connect(&view, &views::FilesView::recipientsChanged, this, &RecipientsBar::show);
    show();
}

void RecipientsBar::show() {
    QLayout* layout = m_chips->layout();
    while (QLayoutItem* item = layout->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const items::Opener& opener : m_view.chosen()) {
        auto* chip = new Chip(m_chips);
        chip->setText(wordFor(opener));
        chip->setTone(toneOf(opener));
        chip->setRemovable(true);
        chip->setToolTip(plainTip(spacedWords(opener.words)));
        connect(chip, &Chip::removed, this, [this, kid = opener.kid] { m_view.unchoose(kid); });
        layout->addWidget(chip);
    }
    if (m_view.chosen().isEmpty()) {
        auto* nobody = label(tr("Nobody yet: choose at least one."), "secondary", m_chips);
        nobody->setWordWrap(false);
        layout->addWidget(nobody);
    }
    m_chips->updateGeometry();
}

void RecipientsBar::openMenu() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const items::Openers& chosen = m_view.chosen();
    for (const items::Opener& opener : m_view.known()) {
        const bool already =
            std::any_of(chosen.begin(), chosen.end(), [&](const items::Opener& one) { return one.kid == opener.kid; });
        if (!already)
            menu->addAction(literal(wordFor(opener)), this, [this, kid = opener.kid] { m_view.choose(kid); });
    }
    if (menu->isEmpty())
        menu->addAction(tr("Nobody else is known here; add recipient keys under Keys."))->setEnabled(false);
    menu->popup(m_add->mapToGlobal(QPoint(0, m_add->height())));
}

} // namespace sealwright::ui
