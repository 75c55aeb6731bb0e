#include "models/dataset/sniff_csv.h"

#include "models/dataset/block_splitter.h"
#include "models/dataset/csv_reader.h"
#include "models/dataset/csv_scanner.h"
#include "models/dataset/encoding.h"
#include "models/dataset/header_guess.h"
#include "models/dataset/magic.h"

#include <algorithm>
#include <map>

namespace sealwright::dataset {
namespace {

constexpr std::size_t rowsLooked = 100;
constexpr std::size_t windowSize = 256u << 10;

/// The first records of the sample; nothing where it breaks the grammar under this dialect.
std::optional<CsvRows> rowsOf(std::string_view sample, bool whole, const Dialect& dialect) {
    Chunk chunk;
    chunk.kind = Chunk::Kind::Records;
    chunk.bytes = sample;
    CsvScanner scanner(dialect, false);
    scanner.scan(chunk, whole);
    if (scanner.cut() > 0)
        chunk.bytes.resize(scanner.cut()); // else one line longer than the sample
    CsvReader reader(dialect, false);
    reader.start(chunk);
    CsvRows rows;
    while (rows.size() < rowsLooked) {
        const auto step = reader.next();
        if (step == CsvReader::Step::Failed)
            return std::nullopt;
        if (step == CsvReader::Step::End)
            break;
        std::vector<std::string>& row = rows.emplace_back();
        for (const CsvField& field : reader.fields())
            row.emplace_back(field.body(chunk.bytes));
    }
    return rows;
}

/// How well a dialect fits: which part of the rows has the usual number of columns. 0 where that is one column.
double fit(const std::optional<CsvRows>& rows) {
    if (!rows || rows->empty())
        return 0;
    std::map<std::size_t, std::size_t> counts;
    for (const auto& row : *rows)
        ++counts[row.size()];
    const auto usual = std::max_element(counts.begin(), counts.end(),
                                        [](const auto& a, const auto& b) { return a.second < b.second; });
    if (usual->first == 1)
        return 0;
    const double part = double(usual->second) / double(rows->size());
    return rows->front().size() == usual->first ? part : part / 2;
}

struct Utf8Count {
    std::size_t good = 0, bad = 0;
};

void count(std::string_view window, bool cutBefore, bool cutBehind, Utf8Count& counts) {
    std::size_t at = 0;
    while (cutBefore && at < 3 && at < window.size() && (static_cast<unsigned char>(window[at]) & 0xc0u) == 0x80u)
        ++at;
    while (at < window.size()) {
        const Character next = Encoding::utf8().characterAt(window, at);
        if (!next.codePoint && cutBehind && window.size() - at < 4)
            return;
        counts.bad += next.codePoint ? 0 : 1;
        counts.good += next.length > 1 ? 1 : 0;
        at += next.length;
    }
}

} // namespace

Outcome<std::string> guessEncoding(const ByteSource& source) {
    Utf8Count counts;
    const std::uint64_t size = source.size();
    for (const std::uint64_t part : {0u, 1u, 2u}) {
        const std::uint64_t offset = size <= windowSize ? 0 : (size - windowSize) / 2 * part;
        const auto window = readBytes(source, offset, windowSize);
        if (!window)
            return window.failed();
        count(*window, offset > 0, offset + window->size() < size, counts);
        if (size <= windowSize)
            break;
    }
    // One broken character in a text that is UTF-8 otherwise is no other encoding.
    return std::string(counts.bad > 0 && counts.bad * 20 >= counts.good ? "windows-1252" : "UTF-8");
}

Dialect guessCsvDialect(std::string_view sample, bool whole, bool tabbed, const DialectWish& wish) {
    if (sample.substr(0, utf8Bom.size()) == utf8Bom)
        sample.remove_prefix(utf8Bom.size());
    Dialect best;
    best.quoting = wish.quoting.value_or(true);
    best.delimiter = wish.delimiter.value_or(tabbed ? '\t' : ',');
    if (!wish.delimiter) {
        // The rarer a delimiter is inside values, the more it says where it fits as well as another.
        std::string candidates = tabbed ? "\t" : "\t;|,";
        double bestFit = 0;
        for (const char delimiter : candidates) {
            Dialect tried = best;
            tried.delimiter = delimiter;
            const double found = fit(rowsOf(sample, whole, tried));
            if (found > bestFit) {
                bestFit = found;
                best.delimiter = delimiter;
            }
        }
    }
    std::optional<CsvRows> rows = rowsOf(sample, whole, best);
    if (!rows && !wish.quoting && best.delimiter == '\t') {
        // Tables with tabs often have quotes that mean nothing.
        best.quoting = false;
        rows = rowsOf(sample, whole, best);
    }
    best.header = wish.header.value_or(!rows || looksLikeHeader(*rows));
    return best;
}

} // namespace sealwright::dataset
