#include "models/dataset/json_value.h"

#include "models/dataset/json_grammar.h"

namespace sealwright::dataset {

Span jsonDropSpan(std::string_view text, const JsonValue& value, bool keptBefore) {
    std::size_t begin = value.start();
    while (isJsonSpace(text[begin - 1]))
        --begin;
    // text[begin - 1] is now the comma before, or the bracket that opens.
    const std::size_t end = skipJsonSpace(text, value.end);
    if (keptBefore)
        return {std::uint32_t(begin - 1), std::uint32_t(end)};
    const bool comma = end < text.size() && text[end] == ',';
    return {std::uint32_t(begin), std::uint32_t(comma ? end + 1 : end)};
}

} // namespace sealwright::dataset
