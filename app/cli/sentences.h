#pragma once
#include "models/domain/failure.h"

namespace sealwright::cli {

/// What happened, what it means for the data, what to do next. English, for terminals and logs.
struct Sentences {
    std::string what, data, next;
};
Sentences sentencesFor(const Failure& failure);

} // namespace sealwright::cli
