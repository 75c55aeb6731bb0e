#include "ui/keys/keys_page.h"

#include "ui/common/band.h"
#include "ui/common/metrics.h"
#include "ui/common/revocation.h"
#include "ui/keys/kit_card.h"
#include "ui/keys/machine_card.h"
#include "ui/keys/people_card.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace sealwright::ui {

KeysPage::KeysPage(views::Session& session, QWidget* parent)
    : Page(tr("Keys"), parent), m_machine(session.machine), m_view(session.keys) {
    auto* top = new QHBoxLayout;
    top->setSpacing(space16);
    auto* machine = new MachineCard(session, this);
    m_kit = new KitCard(session, this);
    top->addWidget(machine, 14);
    top->addWidget(m_kit, 9);
    content()->addLayout(top);
    content()->addWidget(new PeopleCard(m_view, this), 1);
    connect(&m_view, &views::PageView::changed, this, &KeysPage::show);
    connect(&m_machine, &views::MachineView::changed, this, &KeysPage::show);
    show();
}

void KeysPage::makeKit() {
    m_kit->make();
}

void KeysPage::show() {
    if (showFailure(m_view.failure()))
        return;
    if (m_view.notice().isEmpty()) {
        showRevocation(*this, m_machine.facts());
        return;
    }
    band()->say(Band::Kind::Good, tr("Saved."), m_view.notice());
    band()->show();
}

} // namespace sealwright::ui
