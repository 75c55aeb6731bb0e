#pragma once
#include "models/dataset/csv_reader.h"

namespace sealwright::dataset {

/// Appends `body` with every doubled quote made one.
void undoubleQuotes(std::string_view body, std::string& out);
/// Appends `"` + body with its quotes doubled + `"`.
void appendQuoted(std::string_view body, std::string& out);

/// Must a text be quoted in CSV: is it empty, or does it hold the delimiter, the quote, CR or LF (FORMAT.md §2, mode
/// s)? Without quoting in the dialect the quote is a byte like others.
bool needsQuotes(std::string_view stored, const Dialect& dialect);
/// Appends with the least quoting. False where the dialect has no quoting and the text would need it; nothing is
/// appended then.
bool appendLeastQuoted(std::string_view stored, const Dialect& dialect, std::string& out);

/// Is `stored` one unquoted field (FORMAT.md §2 "Reading", type t): not beginning with the quote, no delimiter, CR or
/// LF?
bool isUnquotedField(std::string_view stored, const Dialect& dialect);

/// What goes when field `index` is dropped: the field with one delimiter, so that those that stay are joined by single
/// delimiters. `keptBefore`: a field before it stays.
Span csvDropSpan(std::span<const CsvField> fields, std::size_t index, bool keptBefore);

} // namespace sealwright::dataset
