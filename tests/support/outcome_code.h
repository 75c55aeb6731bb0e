#pragma once
#include "models/domain/failure.h"

#include <string>

namespace sealwright::tests {

/// How it went, to compare with: "ok", or the failure's stable code.
template <class T>
std::string codeOf(const Outcome<T>& outcome) {
    return outcome ? std::string("ok") : std::string(stableId(outcome.error().code));
}

} // namespace sealwright::tests
