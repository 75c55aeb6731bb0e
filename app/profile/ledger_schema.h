#pragma once
#include "models/domain/failure.h"

#include <QSqlDatabase>

// The profile file's tables and how an older file becomes today's.
namespace sealwright {

/// Brings the file to today's schema, step by step, in one transaction; safe where two processes try at once. A file
/// made by a newer program is refused, untouched. ProfileFailed (facts: file, reason).
Outcome<void> migrateLedger(QSqlDatabase& database);

/// ProfileFailed with the file and the driver's words, which name tables and never values.
Failure ledgerFailure(const QSqlDatabase& database, const QString& reason);

} // namespace sealwright
