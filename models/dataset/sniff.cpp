#include "models/dataset/sniff.h"

#include "models/dataset/block_splitter.h"
#include "models/dataset/encoding.h"
#include "models/dataset/json_text.h"
#include "models/dataset/magic.h"
#include "models/dataset/records_at.h"
#include "models/dataset/sniff_csv.h"

#include <algorithm>

namespace sealwright::dataset {
namespace {

constexpr std::size_t sampleSize = 256u << 10;

std::string endingOf(const std::string& name) {
    const std::size_t dot = name.find_last_of("./\\");
    if (dot == std::string::npos || name[dot] != '.')
        return {};
    std::string ending = name.substr(dot + 1);
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
    return ending;
}

bool isOneOf(const std::string& ending, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), ending) != list.end();
}

/// Is the first line a JSON value of its own, with more behind it?
bool looksLikeLines(std::string_view text) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || skipJsonSpace(text, end) == text.size())
        return false;
    JsonFault fault;
    return isJsonText(text.substr(0, end), fault);
}

MediaType guessType(std::string_view sample, const std::string& ending) {
    if (isOneOf(ending, {"jsonl", "ndjson", "ldjson", "jsonlines"}))
        return MediaType::JsonLines;
    if (isOneOf(ending, {"csv", "tsv", "tab", "psv"}))
        return MediaType::Csv;
    if (sample.substr(0, utf8Bom.size()) == utf8Bom)
        sample.remove_prefix(utf8Bom.size());
    const std::size_t first = skipJsonSpace(sample, 0);
    const bool json = first < sample.size() && (sample[first] == '{' || sample[first] == '[');
    if (!json && !isOneOf(ending, {"json", "geojson"}))
        return MediaType::Csv;
    return json && looksLikeLines(sample.substr(first)) ? MediaType::JsonLines : MediaType::Json;
}

Outcome<Dialect> csvDialect(const ByteSource& source, std::string_view sample, const std::string& ending,
                            const DialectWish& wish) {
    Dialect dialect = guessCsvDialect(sample, sample.size() == source.size(), isOneOf(ending, {"tsv", "tab"}), wish);
    auto name = wish.encoding ? Outcome<std::string>(*wish.encoding) : guessEncoding(source);
    if (!name)
        return name.failed();
    const auto encoding = Encoding::named(*name);
    if (!encoding)
        return encoding.failed();
    dialect.encoding = (*encoding)->name();
    return dialect;
}

} // namespace

Outcome<Sniffed> sniff(const ByteSource& source, const DialectWish& wish) {
    const auto sample = readBytes(source, 0, sampleSize);
    if (!sample)
        return sample.failed();
    if (!wish.encoding && looksLikeUtf16(*sample))
        return fail(Failure(Code::DataEncodingUtf16));
    const std::string ending = endingOf(source.name());
    Sniffed found;
    if (wish.mediaType) {
        found.mediaType = *wish.mediaType;
    } else {
        const auto binary = binaryKind(source, *sample);
        if (!binary)
            return binary.failed();
        if (*binary)
            return fail(Failure(Code::DataMediaTypeUnknown, {**binary}));
        found.mediaType = guessType(*sample, ending);
    }
    if (found.mediaType == MediaType::Csv) {
        auto dialect = csvDialect(source, *sample, ending, wish);
        if (!dialect)
            return dialect.failed();
        found.dialect = *dialect;
    } else if (found.mediaType == MediaType::Json && wish.recordsAt) {
        if (!wish.recordsAt->empty())
            found.dialect.recordsAt = wish.recordsAt;
    } else if (found.mediaType == MediaType::Json) {
        auto recordsAt = findRecordsAt(source);
        if (!recordsAt)
            return recordsAt.failed();
        found.dialect.recordsAt = *recordsAt;
    }
    return found;
}

} // namespace sealwright::dataset
