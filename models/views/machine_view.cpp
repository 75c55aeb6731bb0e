#include "models/views/machine_view.h"

namespace sealwright::views {

void MachineView::setFacts(const MachineFacts& facts) {
    if (facts == m_facts)
        return;
    m_facts = facts;
    Q_EMIT changed();
}

} // namespace sealwright::views
