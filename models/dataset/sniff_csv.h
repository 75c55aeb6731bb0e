#pragma once
#include "models/dataset/byte_source.h"
#include "models/domain/dialect.h"

namespace sealwright::dataset {

/// A CSV's dialect from its first bytes; what `wish` sets is taken as it is. `whole`: the sample is the whole source.
/// Guesses only: the owner sees the dialect and can overrule it. A doubtful first row counts as data, because a header
/// leaves readable (header_guess.h).
Dialect guessCsvDialect(std::string_view sample, bool whole, bool tabbed, const DialectWish& wish);

/// "UTF-8" or, where that does not fit, "windows-1252". Looks at the beginning, the middle and the end.
Outcome<std::string> guessEncoding(const ByteSource& source);

} // namespace sealwright::dataset
