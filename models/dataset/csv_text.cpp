#include "models/dataset/csv_text.h"

#include <algorithm>

namespace sealwright::dataset {
namespace {

constexpr std::size_t longBody = 256u << 10; // is given its room at once: growing by copies would hold it twice

} // namespace

void undoubleQuotes(std::string_view body, std::string& out) {
    out.reserve(out.size() + body.size());
    while (!body.empty()) {
        const std::size_t quote = body.find('"');
        if (quote == std::string_view::npos) {
            out.append(body);
            return;
        }
        out.append(body.substr(0, quote + 1));
        body.remove_prefix(std::min(quote + 2, body.size()));
    }
}

void appendQuoted(std::string_view body, std::string& out) {
    if (body.size() > longBody)
        out.reserve(out.size() + body.size() + std::size_t(std::count(body.begin(), body.end(), '"')) + 64);
    out += '"';
    for (;;) {
        const std::size_t quote = body.find('"');
        if (quote == std::string_view::npos)
            break;
        out.append(body.substr(0, quote + 1));
        out += '"';
        body.remove_prefix(quote + 1);
    }
    out.append(body);
    out += '"';
}

bool needsQuotes(std::string_view stored, const Dialect& dialect) {
    if (stored.empty())
        return true;
    for (const char c : stored) {
        if (c == dialect.delimiter || c == '\r' || c == '\n' || (c == '"' && dialect.quoting))
            return true;
    }
    return false;
}

bool appendLeastQuoted(std::string_view stored, const Dialect& dialect, std::string& out) {
    if (!needsQuotes(stored, dialect) || (!dialect.quoting && stored.empty())) {
        out.append(stored);
        return true;
    }
    if (!dialect.quoting)
        return false;
    appendQuoted(stored, out);
    return true;
}

bool isUnquotedField(std::string_view stored, const Dialect& dialect) {
    if (dialect.quoting && !stored.empty() && stored.front() == '"')
        return false;
    for (const char c : stored) {
        if (c == dialect.delimiter || c == '\r' || c == '\n')
            return false;
    }
    return true;
}

Span csvDropSpan(std::span<const CsvField> fields, std::size_t index, bool keptBefore) {
    const CsvField& field = fields[index];
    if (keptBefore)
        return {fields[index - 1].end, field.end};
    return {field.begin, index + 1 < fields.size() ? fields[index + 1].begin : field.end};
}

} // namespace sealwright::dataset
