#pragma once
#include "app/profile/statement.h"
#include "models/ports/ledger.h"

// Between the ledger's records and their rows: each pair follows the order of columns in sqlite_ledger.cpp. Reading
// gives ProfileFailed for a row that this program did not write.
namespace sealwright {

Outcome<KeyRecord> keyAt(const Statement& row);
inline constexpr auto currentKey = "current", formerKey = "former", nextKey = "next"; ///< a key's standing
Outcome<PinnedRegistration> registrationAt(const Statement& row);
Outcome<JobRecord> jobAt(const Statement& row);
Outcome<Receipt> receiptAt(const Statement& row);
Outcome<AddressEntry> addressAt(const Statement& row);
Outcome<WaitingEvent> waitingEventAt(const Statement& row);

// Writing, as a part of the caller's transaction.
Outcome<void> putKey(QSqlDatabase& database, const KeyRecord& key, const char* standing);
Outcome<void> putRegistration(QSqlDatabase& database, const PinnedRegistration& kept);
Outcome<void> putJob(QSqlDatabase& database, const JobRecord& job);
Outcome<void> putReceipt(QSqlDatabase& database, const Receipt& receipt);

} // namespace sealwright
