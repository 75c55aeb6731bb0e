#include "models/dataset/csv_text.h"
#include "models/dataset/splice.h"
#include "tests/fuzz/block_cases.h"
#include "tests/fuzz/target.h"

// CSV in any dialect: the first byte of an input chooses it.
namespace sealwright::fuzz {
namespace {

using namespace dataset;

/// Every field of every record, written again as it was read, gives the source.
void writtenAgain(const std::string& text, const Dialect& dialect) {
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

void check(std::string_view input) {
    if (input.empty())
        return;
    Choices choices(input);
    const unsigned choice = choices.byte();
    const std::string text(choices.rest());
    Dialect dialect;
    dialect.header = (choice & 1) != 0;
    dialect.quoting = (choice & 2) != 0;
    dialect.delimiter = (choice & 4) != 0 ? ';' : ',';
    dialect.encoding = (choice & 8) != 0 ? "windows-1252" : "UTF-8";
    sameInAnyBlocks(text, MediaType::Csv, dialect, 1 + (choice >> 4));
    writtenAgain(text, dialect);
}

const Registered registered({"csv", check, "\",;\r\na"});

} // namespace
} // namespace sealwright::fuzz
