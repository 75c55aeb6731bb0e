#pragma once
#include "models/domain/failure.h"

namespace sealwright {

inline bool operator==(const Where& a, const Where& b) {
    return a.file == b.file && a.record == b.record && a.field == b.field && a.byte == b.byte;
}

/// The same in every member: a sentence made of one is the sentence of the other.
inline bool operator==(const Failure& a, const Failure& b) {
    return a.code == b.code && a.where == b.where && a.facts == b.facts && a.retryAfter == b.retryAfter;
}

} // namespace sealwright
