#include "models/dataset/csv_columns.h"
#include "models/dataset/encoding.h"
#include "models/dataset/json_splitter.h"
#include "models/dataset/sniff.h"
#include "tests/dataset/reading.h"
#include "tests/fuzz/target.h"

#include <unordered_set>

// What a file is taken for: the first byte of an input chooses its name's ending, the second what is wished for.
namespace sealwright::fuzz {
namespace {

using namespace dataset;

DialectWish wishOf(unsigned choice) {
    DialectWish wish;
    if ((choice & 1) != 0)
        wish.mediaType = static_cast<MediaType>(choice / 64 % 3);
    if ((choice & 2) != 0)
        wish.delimiter = ';';
    if ((choice & 4) != 0)
        wish.quoting = (choice & 64) != 0;
    if ((choice & 8) != 0)
        wish.header = (choice & 128) != 0;
    if ((choice & 16) != 0)
        wish.encoding = (choice & 64) != 0 ? "UTF-8" : "ISO-8859-1";
    if ((choice & 32) != 0)
        wish.recordsAt = (choice & 64) != 0 ? "a[]" : "";
    return wish;
}

void wishesHold(const DialectWish& wish, const Sniffed& found) {
    must(!wish.mediaType || found.mediaType == *wish.mediaType, "a type that was wished for stays");
    if (found.mediaType == MediaType::Csv) {
        must(!wish.delimiter || found.dialect.delimiter == *wish.delimiter, "a delimiter that was wished for stays");
        must(!wish.quoting || found.dialect.quoting == *wish.quoting, "quoting that was wished for stays");
        must(!wish.header || found.dialect.header == *wish.header, "a header that was wished for stays");
        must(!wish.encoding || found.dialect.encoding == *wish.encoding, "an encoding that was wished for stays");
    } else if (found.mediaType == MediaType::Json && wish.recordsAt) {
        must(found.dialect.recordsAt.value_or("") == *wish.recordsAt, "records are where they were wished to be");
    }
}

void check(std::string_view input) {
    static const char* const names[] = {"data",       "data.csv",  "data.tsv", "data.json",
                                        "data.jsonl", "DATA.JSON", "a.b/c"};
    Choices choices(input);
    const char* const name = names[choices.byte() % std::size(names)];
    const DialectWish wish = wishOf(choices.byte());
    const std::string text(choices.rest());
    const auto source = memorySource(text, name);
    const auto found = sniff(*source, wish);
    if (!found)
        return;
    wishesHold(wish, *found);
    const auto written = dialectFromJson(toJson(found->dialect, found->mediaType), found->mediaType);
    must(written && *written == found->dialect, "a manifest can hold the dialect");
    must(Encoding::named(found->dialect.encoding).ok(), "the encoding is known");
    must(!found->dialect.recordsAt || recordsPath(*found->dialect.recordsAt).ok(), "the records' path is one");
    if (found->mediaType == MediaType::Csv) {
        if (const auto columns = readCsvColumns(*source, found->dialect)) {
            const std::unordered_set<std::string> different(columns->paths.begin(), columns->paths.end());
            must(!columns->paths.empty() && different.size() == columns->paths.size(),
                 "columns have names of their own");
        }
    }
    SplitOptions options;
    options.blockSize = 16u << 10;
    (void)testing::readAll(*source, found->mediaType, found->dialect, options);
}

const Registered registered({"sniff", check, "{}[]\",;\t|:\\u0e-a.\r\n "});

} // namespace
} // namespace sealwright::fuzz
