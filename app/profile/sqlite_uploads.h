#pragma once
#include "app/profile/ledger_thread.h"
#include "models/ports/upload.h"

#include <memory>

namespace sealwright {

/// Uploads under way in the profile file, on the ledger's own connection, which it borrows.
std::unique_ptr<Uploads> makeSqliteUploads(LedgerThread& thread);

// The same as a part of the caller's transaction.
Outcome<void> endUpload(QSqlDatabase& database, const std::string& jobId);
Outcome<void> giveUpUpload(QSqlDatabase& database, const std::string& jobId);
/// What a job's receipt says that lies in the store, as an upload that was given up; nothing where it has no receipt.
Outcome<void> giveUpWhatReceiptNames(QSqlDatabase& database, const std::string& jobId);

} // namespace sealwright
