#pragma once
#include "models/views/machine_view.h"

namespace sealwright::ui {

class Page;

/// Says in the page's band that the platform has revoked this machine; nothing where it has not.
void showRevocation(Page& page, const views::MachineFacts& facts);

} // namespace sealwright::ui
