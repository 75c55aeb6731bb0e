#pragma once
#include "tests/dataset/reading.h"

#include "models/dataset/csv_text.h"
#include "models/dataset/encoding.h"
#include "models/dataset/json_text.h"
#include "models/dataset/sniff.h"
#include "models/dataset/splice.h"
#include "models/dataset/unflatten.h"

#include <cstdio>
#include <cstdlib>

// What must hold for any bytes whatever. The first byte of an input chooses how the rest is read. Shared by the fuzz
// targets and by the test that replays their seeds.
namespace sealwright::dataset::testing {

inline void must(bool holds, const char* what) {
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

/// Whole and in tiny blocks, the same is read, or the same is refused at the same place; and all bytes are there.
inline void checkBlocks(const std::string& text, MediaType type, const Dialect& dialect, std::size_t block) {
    const auto source = memorySource(text, "fuzz");
    const Reading whole = readAll(*source, type, dialect);
    SplitOptions options;
    options.blockSize = block;
    const Reading tiny = readAll(*source, type, dialect, options);
    must(whole.story == tiny.story, "records are the same");
    must(whole.paths == tiny.paths, "paths are the same");
    must(whole.failure.has_value() == tiny.failure.has_value(), "refused or not");
    if (whole.failure) {
        must(placeOf(*whole.failure) == placeOf(*tiny.failure), "refused at the same place");
        return;
    }
    must(whole.bytes == text && tiny.bytes == text, "the chunks are the source");
    must(whole.rows == tiny.rows, "rows are the same");
}

inline void checkCsv(std::string_view input) {
    if (input.empty())
        return;
    const unsigned choice = static_cast<unsigned char>(input[0]);
    const std::string text(input.substr(1));
    Dialect dialect;
    dialect.header = (choice & 1) != 0;
    dialect.quoting = (choice & 2) != 0;
    dialect.delimiter = (choice & 4) != 0 ? ';' : ',';
    dialect.encoding = (choice & 8) != 0 ? "windows-1252" : "UTF-8";
    checkBlocks(text, MediaType::Csv, dialect, 1 + (choice >> 4));
    (void)sniff(*memorySource(text, "fuzz"), {});

    Chunk chunk;
    chunk.kind = Chunk::Kind::Records;
    chunk.bytes = text;
    CsvReader reader(dialect, true);
    reader.start(chunk);
    std::string again, body;
    Splice splice(chunk.bytes, again);
    while (reader.next() == CsvReader::Step::Record) {
        for (const CsvField& field : reader.fields()) {
            std::string& out = splice.replace({field.begin, field.end});
            body.clear();
            undoubleQuotes(field.body(chunk.bytes), body);
            if (field.quoted)
                appendQuoted(body, out);
            else
                out.append(field.body(chunk.bytes));
            must(field.quoted || isUnquotedField(field.body(chunk.bytes), dialect), "an unquoted field is one");
        }
    }
    splice.finish();
    must(again == text, "fields written again are the source");
}

inline void checkJsonRecord(std::string_view text) {
    PathTable table;
    JsonParser parser(table);
    const bool good = parser.parseText(text).ok();
    if (!good)
        return;
    must(isUtf8(text), "what is parsed is UTF-8");
    for (const JsonNode& node : parser.nodes()) {
        const std::string_view raw = node.raw(text);
        if (node.isContainer())
            must(isOneContainer(raw, maxJsonDepth), "a container is one");
        else if (node.kind == JsonKind::Number)
            must(isJsonNumber(raw), "a number is one");
        if (node.kind != JsonKind::String)
            continue;
        const std::string_view content = node.content(text);
        must(node.escaped ? isEscapedStringContent(content) : isPlainStringContent(content), "a string is one");
        std::string decoded, escaped;
        if (!unescapeJson(content, decoded))
            continue;
        escapeJson(decoded, escaped);
        must((escaped == content) == isLeastEscaped(content), "least escapes are told");
    }
    std::string nested;
    const auto changed = unflatten(text, parser.nodes(), nested);
    if (changed && *changed) {
        const auto parsed = parser.parseText(nested);
        must(parsed.ok() || parsed.error().code == Code::DataJsonTooDeep, "what was unflattened is JSON");
    }
}

inline void checkJson(std::string_view input) {
    if (input.empty())
        return;
    const unsigned choice = static_cast<unsigned char>(input[0]);
    const std::string text(input.substr(1));
    Dialect dialect;
    if ((choice & 3) == 2)
        dialect.recordsAt = "a[]";
    if ((choice & 3) == 3)
        dialect.recordsAt = "a.b[]";
    checkBlocks(text, (choice & 3) == 1 ? MediaType::JsonLines : MediaType::Json, dialect, 1 + (choice >> 4));
    checkJsonRecord(text);
    (void)sniff(*memorySource(text, "fuzz.json"), {});
}

} // namespace sealwright::dataset::testing
