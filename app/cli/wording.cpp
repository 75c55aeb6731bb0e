#include "app/cli/wording.h"

#include "models/dataset/encoding.h"
#include "models/domain/time.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace sealwright::cli {

std::string sizeText(std::uint64_t bytes) {
    static constexpr std::array units = {"B", "kB", "MB", "GB", "TB"};
    double amount = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (amount >= 1000 && unit + 1 < units.size()) {
        amount /= 1000;
        ++unit;
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), unit > 0 && amount < 10 ? "%.1f %s" : "%.0f %s", amount, units[unit]);
    return text.data();
}

std::string durationText(double seconds) {
    const auto whole = static_cast<std::uint64_t>(seconds + 0.5);
    if (whole < 60)
        return std::to_string(whole) + (whole == 1 ? " second" : " seconds");
    if (whole < 3600)
        return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
    return std::to_string(whole / 3600) + " h " + std::to_string(whole % 3600 / 60) + " min";
}

std::string countText(std::uint64_t count) {
    std::string digits = std::to_string(count);
    for (std::size_t at = digits.size(); at > 3;) {
        at -= 3;
        digits.insert(at, ",");
    }
    return digits;
}

namespace {

bool steers(char32_t c) {
    const bool control = c < 0x20 || (c >= 0x7f && c < 0xa0);
    const bool separator = c == 0x2028 || c == 0x2029;
    const bool direction =
        c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    return control || separator || direction;
}

std::string escaped(const char* form, unsigned value) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), form, value);
    return text.data();
}

} // namespace

std::string visible(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto next = dataset::Encoding::utf8().characterAt(text, at);
        if (!next.codePoint)
            shown += escaped("\\x%02X", static_cast<unsigned char>(text[at]));
        else if (steers(*next.codePoint))
            shown += escaped("\\u%04X", static_cast<unsigned>(*next.codePoint));
        else
            shown += text.substr(at, next.length);
        at += next.length;
    }
    return shown;
}

std::string placeText(const Where& where) {
    std::string text = where.file;
    const auto add = [&text](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
    if (where.record)
        add("record " + countText(*where.record + 1));
    if (!where.field.empty())
        add("field " + where.field);
    if (where.byte)
        add("byte " + countText(*where.byte));
    return text;
}

std::string findingText(pipeline::Finding::Kind kind) {
    using Kind = pipeline::Finding::Kind;
    switch (kind) {
    case Kind::RowsDisagree:
        return "the cells of a record come from different records";
    case Kind::RowTwice:
        return "a record occurs twice";
    case Kind::RowsNotAscending:
        return "the records are not in the order in which they were sealed";
    case Kind::UnknownField:
        return "a field that the manifest does not name";
    case Kind::OrdinalsNotInOrder:
        return "values of a record are missing or out of order";
    case Kind::RecordCountDiffers:
        return "there are more or fewer records than were sealed";
    case Kind::TokenCountDiffers:
        return "a field has more or fewer sealed values than the manifest says";
    case Kind::SourceCheckDiffers:
        return "what was restored is not byte for byte the source";
    case Kind::ChangedSinceSigned:
        return "the file has changed since it was signed";
    case Kind::UnknownSigner:
        return "nobody known here signed this";
    }
    return {};
}

std::string dateText(std::int64_t when) {
    std::string text = toRfc3339(when);
    return text.substr(0, 10) + " " + text.substr(11, 5) + " UTC";
}

std::string tableText(std::vector<std::vector<std::string>> rows) {
    for (auto& row : rows)
        for (std::string& cell : row)
            cell = visible(cell);
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], row[column].size());
    }
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t column = 0; column < row.size(); ++column) {
            line += row[column];
            if (column + 1 < row.size())
                line += std::string(widths[column] - row[column].size() + 2, ' ');
        }
        text += (text.empty() ? "" : "\n") + line;
    }
    return text;
}

} // namespace sealwright::cli
