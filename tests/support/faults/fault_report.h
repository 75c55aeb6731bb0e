#pragma once
#include "models/domain/failure.h"

#include <QJsonObject>

#include <string>

// What tests have seen of the faults that tests/stack/faults.txt lists: `./dev test` makes build/stack-report.json of
// it.
namespace sealwright::test {

/// One fault that was made and lived through.
struct FaultSeen {
    std::string fault;  ///< as the list names it
    std::string server; ///< where it was, as the list names it
    std::string done;   ///< what the test did to it
    std::string seen;   ///< what became of the data
};

/// Adds it to the file that SEALWRIGHT_FAULT_REPORT names, in one piece, so that several programs may write at once;
/// does nothing where that is not set. To be called last in a test: what failed before has shown nothing. False, and
/// said on standard error, where the file cannot be written.
bool noteFault(const FaultSeen& seen); ///< nobody had to be told: the work went on
/// The owner reads what the command line says of this failure.
bool noteFault(const FaultSeen& seen, const Failure& failure);
/// The same as the command line itself said it, by its JSON object; without an `error` the work went on.
bool noteFault(const FaultSeen& seen, const QJsonObject& said);

} // namespace sealwright::test
