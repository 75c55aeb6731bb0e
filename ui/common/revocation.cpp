#include "ui/common/revocation.h"

#include "ui/common/band.h"
#include "ui/common/page.h"

namespace sealwright::ui {

void showRevocation(Page& page, const views::MachineFacts& facts) {
    if (facts.revokedAt == 0)
        return;
    page.band()->say(Band::Kind::Attention, Page::tr("%1 has revoked this machine.").arg(facts.platformName),
                     Page::tr("It gives it no jobs any more. Your keys are kept, and what was sealed for this machine "
                              "still opens. Ask the platform's people why."));
    page.band()->show();
}

} // namespace sealwright::ui
