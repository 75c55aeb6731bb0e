#include "models/dataset/header_guess.h"

#include "models/dataset/column_words.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace sealwright::dataset {
namespace {

enum class Look { Empty, Number, Date, Mail, Id, Text };

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}
bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}

bool digitsAt(std::string_view text, std::size_t from, std::size_t count) {
    return text.size() >= from + count &&
           std::all_of(text.begin() + long(from), text.begin() + long(from + count), isDigit);
}

std::string_view trimmed(std::string_view cell) {
    while (!cell.empty() && cell.front() == ' ')
        cell.remove_prefix(1);
    while (!cell.empty() && cell.back() == ' ')
        cell.remove_suffix(1);
    return cell;
}

/// What people write where they have no value: a text above numbers that names nothing.
bool isMissing(std::string_view cell) {
    static constexpr std::array words{"-",    "--",    ".",       "?",       "NA",      "N/A",     "n/a",
                                      "na",   "NaN",   "nan",     "null",    "NULL",    "Null",    "None",
                                      "none", "none.", "unknown", "Unknown", "UNKNOWN", "pending", "missing",
                                      "k.A.", "k. A.", "s/o",     "n.d.",    "tbd",     "TBD"};
    return cell.empty() || std::find(words.begin(), words.end(), cell) != words.end();
}

/// What a cell looks like.
Look lookOf(std::string_view cell) {
    cell = trimmed(cell);
    if (isMissing(cell))
        return Look::Empty;
    if (digitsAt(cell, 0, 4) && digitsAt(cell, 5, 2) && (cell[4] == '-' || cell[4] == '/'))
        return Look::Date;
    if (digitsAt(cell, 0, 2) && digitsAt(cell, 3, 2) && digitsAt(cell, 6, 2) && (cell[2] == '.' || cell[2] == '/'))
        return Look::Date;
    if (cell.size() == 36 && cell[8] == '-' && cell[13] == '-' && cell[18] == '-' && cell[23] == '-')
        return Look::Id;
    const std::size_t at = cell.find('@');
    if (at != std::string_view::npos && at > 0 && cell.find('.', at) != std::string_view::npos)
        return Look::Mail;
    const bool numeric = cell.find_first_not_of("0123456789.,+-eE%") == std::string_view::npos;
    const bool digit = cell.find_first_of("0123456789") != std::string_view::npos;
    return numeric && digit ? Look::Number : Look::Text;
}

bool isYear(std::string_view cell) {
    cell = trimmed(cell);
    return cell.size() == 4 && digitsAt(cell, 0, 4) && (cell.substr(0, 2) == "19" || cell.substr(0, 2) == "20");
}

/// `patient_id`, `ward`, `bloodPressure`: as programs name columns, and as people seldom write values.
bool isIdentifier(std::string_view cell) {
    return !cell.empty() && (isLower(cell.front()) || cell.front() == '_') &&
           std::all_of(cell.begin(), cell.end(), [](char c) {
               return isLower(c) || isUpper(c) || isDigit(c) || c == '_' || c == '.' || c == '-';
           });
}

/// What is known of the cells below the first in one column.
struct Below {
    bool rows = false;     ///< is there any row below
    std::size_t count = 0; ///< cells that hold something
    Look look = Look::Empty;
    std::size_t identifiers = 0, columnWords = 0;
    std::map<std::string_view, std::size_t> distinct;

    void add(std::string_view cell) {
        cell = trimmed(cell);
        const Look its = lookOf(cell);
        if (its == Look::Empty)
            return;
        ++count;
        look = look == Look::Empty || look == its ? its : Look::Text;
        identifiers += isIdentifier(cell) ? 1 : 0;
        columnWords += isColumnName(cell) ? 1 : 0;
        ++distinct[cell];
    }
    bool typed() const { return look != Look::Empty && look != Look::Text; }
    /// Values that keep coming again: a further record would hardly bring a new one.
    bool closed() const {
        constexpr std::size_t enough = 20;
        return count >= enough &&
               std::all_of(distinct.begin(), distinct.end(), [](const auto& value) { return value.second > 1; });
    }
};

Below belowOf(const CsvRows& rows, std::size_t column) {
    Below below;
    below.rows = rows.size() > 1;
    for (std::size_t row = 1; row < rows.size(); ++row) {
        if (column < rows[row].size())
            below.add(rows[row][column]);
    }
    return below;
}

enum class Says { Nothing, Header, Record, Unclear };

Says columnSays(std::string_view first, const Below& below) {
    const Look look = lookOf(first);
    if (look == Look::Empty)
        return Says::Nothing;
    if (look != Look::Text) {
        if (look != below.look && below.count > 0)
            return Says::Unclear;
        return isYear(first) && below.rows ? Says::Nothing : Says::Record;
    }
    if (below.distinct.count(first) > 0)
        return Says::Record;
    if (below.typed())
        return Says::Header;
    const auto few = [&](std::size_t among) { return among * 10 <= below.count; };
    if (isColumnName(first) && few(below.columnWords))
        return Says::Header;
    if (below.count > 0 && isIdentifier(first) && few(below.identifiers))
        return Says::Header;
    return below.closed() ? Says::Header : Says::Unclear;
}

} // namespace

bool looksLikeHeader(const CsvRows& rows) {
    if (rows.empty())
        return true;
    const std::vector<std::string>& first = rows.front();
    std::map<std::string_view, std::size_t> cells;
    for (const std::string& cell : first)
        ++cells[trimmed(cell)];
    std::size_t header = 0, unclear = 0;
    for (std::size_t column = 0; column < first.size(); ++column) {
        const std::string_view cell = trimmed(first[column]);
        const Below below = belowOf(rows, column);
        switch (columnSays(cell, below)) {
        case Says::Record:
            return false;
        case Says::Header:
            // Of names that are there twice only what stands below can tell.
            ++(cells[cell] == 1 || below.typed() ? header : unclear);
            break;
        case Says::Unclear:
            ++unclear;
            break;
        case Says::Nothing:
            break;
        }
    }
    return header > 0 && header >= unclear;
}

} // namespace sealwright::dataset
