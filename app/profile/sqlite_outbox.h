#pragma once
#include "app/profile/ledger_thread.h"
#include "models/ports/outbox.h"

#include <memory>

namespace sealwright {

/// The outbox in the profile file, on the ledger's own connection, which it borrows.
std::unique_ptr<Outbox> makeSqliteOutbox(LedgerThread& thread);

} // namespace sealwright
