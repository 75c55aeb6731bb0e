#pragma once
#include "models/dataset/chunk.h"
#include "models/dataset/path_table.h"

namespace sealwright::dataset {

enum class JsonKind : std::uint8_t { Object, Array, String, Number, True, False, Null };

/// One value of a record; offsets are into the text that is read.
struct JsonValue {
    std::uint32_t begin = 0, end = 0;         ///< the value as written; of a string with its quotes
    std::uint32_t nameBegin = 0, nameEnd = 0; ///< of a member: its name as written, with its quotes; else 0, 0
    PathId path = 0;
    JsonKind kind = JsonKind::Null;
    bool escaped = false; ///< a string that holds an escape

    bool isContainer() const { return kind <= JsonKind::Array; }
    bool isMember() const { return nameEnd != 0; }
    /// Where the member or element begins: its name, or its value.
    std::uint32_t start() const { return nameEnd != 0 ? nameBegin : begin; }
    std::string_view raw(std::string_view text) const { return text.substr(begin, end - begin); }
    /// Between the quotes; only of a string.
    std::string_view content(std::string_view text) const { return text.substr(begin + 1u, end - begin - 2u); }
};

/// What goes when a member or element is dropped: itself, the white space around it up to the next comma or bracket,
/// and one comma, so that those that stay keep their white space and are joined by single commas (FORMAT.md §2).
/// `keptBefore`: a sibling before it stays. The record itself cannot be dropped. What follows the value in `text` need
/// not have been read yet.
Span jsonDropSpan(std::string_view text, const JsonValue& value, bool keptBefore);

} // namespace sealwright::dataset
