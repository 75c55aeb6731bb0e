#pragma once
#include "models/dataset/json_grammar.h"

#include <cstddef>
#include <string>
#include <string_view>

// JSON strings, and what a body must be before it is put back (FORMAT.md §2 "Reading").
namespace sealwright::dataset {

/// Appends the content of a valid JSON string (without its quotes) in UTF-8. False at a lone surrogate; `out` is then
/// as it was.
bool unescapeJson(std::string_view content, std::string& out);
/// For display: a lone surrogate becomes U+FFFD.
std::string unescapeJsonForDisplay(std::string_view content);
/// Appends UTF-8 text as string content, escaping only `"`, `\` and U+0000–001F (FORMAT.md §2, mode s).
void escapeJson(std::string_view utf8, std::string& out);
/// Would escapeJson give exactly `content` back from its decoded text?
bool isLeastEscaped(std::string_view content);

/// Is it one JSON value with white space around it? Else what is wrong, as JsonReader says it, paths aside.
bool isJsonText(std::string_view text, JsonFault& fault);

/// Type n.
bool isJsonNumber(std::string_view body);
/// Type b.
bool isJsonBoolean(std::string_view body);
/// Type t: valid UTF-8 without quote, backslash or U+0000–001F.
bool isPlainStringContent(std::string_view body);
/// Type e: valid string content that holds an escape.
bool isEscapedStringContent(std::string_view body);
/// Type j: one object or array with no white space around it, valid throughout, at most `depth` containers deep.
bool isOneContainer(std::string_view body, unsigned depth);

} // namespace sealwright::dataset
