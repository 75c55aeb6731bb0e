#pragma once
#include "app/profile/statement.h"
#include "models/ports/ledger.h"

// Between the ledger's records and their rows: each pair follows the order of columns in sqlite_ledger.cpp. Reading
// gives ProfileFailed for a row that this program did not write.
namespace sealwright {

Outcome<KeyRecord> keyAt(const Statement& row);
Outcome<PinnedRegistration> registrationAt(const Statement& row);
void bindRegistration(Statement& statement, const PinnedRegistration& kept);
Outcome<JobRecord> jobAt(const Statement& row);
void bindJob(Statement& statement, const JobRecord& job);
Outcome<Receipt> receiptAt(const Statement& row);
void bindReceipt(Statement& statement, const Receipt& receipt);
Outcome<AddressEntry> addressAt(const Statement& row);

} // namespace sealwright
