#pragma once
#include "tests/platform/core/database.h"

namespace sealwright::platform {

/// Brings a database to the newest form, one numbered step after the other, each in a transaction of its own and each
/// once. Throws DatabaseFailure; also for a database that a newer platform made.
void migrate(Database& database);
/// Only as far as step `last`: for tests of the steps.
void migrateTo(Database& database, int last);
int newestStep();

} // namespace sealwright::platform
