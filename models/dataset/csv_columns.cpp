#include "models/dataset/csv_columns.h"

#include "models/dataset/block_splitter.h"
#include "models/dataset/csv_head.h"
#include "models/dataset/csv_scanner.h"
#include "models/dataset/csv_text.h"
#include "models/dataset/encoding.h"
#include "models/domain/path.h"

#include <unordered_map>

namespace sealwright::dataset {
namespace {

constexpr std::size_t blockSize = 64u << 10;

Outcome<bool> append(const ByteSource& source, std::uint64_t offset, std::string& bytes) {
    const std::size_t before = bytes.size();
    bytes.resize(before + blockSize);
    const MutableBytes room(reinterpret_cast<Byte*>(bytes.data()) + before, blockSize);
    const auto got = source.readAt(offset + before, room);
    bytes.resize(before + (got ? *got : 0));
    if (!got)
        return got.failed();
    return *got > 0;
}

/// Where the first line with bytes begins, from `offset` on; the source's end where there is none.
Outcome<std::uint64_t> skipBlankLines(const ByteSource& source, std::uint64_t offset) {
    for (std::string block;; offset += block.size()) {
        block.clear();
        const auto more = append(source, offset, block);
        if (!more)
            return more.failed();
        const std::size_t there = block.find_first_not_of("\r\n");
        if (there != std::string::npos)
            return offset + there;
        if (!*more)
            return offset;
    }
}

/// The line at `line.offset` with its line end.
Outcome<void> readLine(const ByteSource& source, const Dialect& dialect, std::size_t maxRecord, Chunk& line) {
    CsvScanner scanner(dialect, true);
    for (bool last = false; !last && scanner.cut() == 0;) {
        const auto more = append(source, line.offset, line.bytes);
        if (!more)
            return more.failed();
        last = !*more;
        scanner.scan(line, last);
        const bool tooLong = scanner.cut() == 0 ? scanner.openLength() > maxRecord : scanner.firstLength() > maxRecord;
        if (tooLong) {
            Where where;
            where.byte = line.offset;
            return fail({Code::DataRecordTooLong, where});
        }
    }
    // The first line alone: a block may hold many.
    line.rows = 0;
    std::size_t end = scanner.firstLength();
    if (end < line.bytes.size())
        end += line.bytes.compare(end, 2, "\r\n") == 0 ? 2 : 1;
    line.bytes.resize(end);
    return {};
}

Outcome<std::vector<std::string>> headerNames(const Chunk& line, CsvReader& reader, const Encoding& encoding) {
    std::vector<std::string> names;
    std::string body;
    for (const CsvField& field : reader.fields()) {
        body.clear();
        if (field.doubled)
            undoubleQuotes(field.body(line.bytes), body);
        else
            body = field.body(line.bytes);
        if (!encoding.decode(body, names.emplace_back())) {
            Where where;
            where.byte = line.offset + field.begin;
            return fail({Code::DataHeaderUndecodable, where, {std::string(encoding.name())}});
        }
    }
    return names;
}

std::vector<std::string> pathsOf(const std::vector<std::string>& names) {
    std::unordered_map<std::string_view, std::size_t> times;
    for (const std::string& name : names)
        ++times[name];
    std::vector<std::string> paths(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i].empty() || times[names[i]] > 1)
            paths[i] = csvPositionPath(i);
        else
            appendEscapedName(names[i], paths[i]);
    }
    return paths;
}

} // namespace

std::string csvPositionPath(std::size_t index) {
    return "#" + std::to_string(index + 1);
}

Outcome<CsvHead> readCsvHead(const ByteSource& source, const Dialect& dialect, std::size_t maxRecord) {
    const auto encoding = Encoding::named(dialect.encoding);
    if (!encoding)
        return encoding.failed();
    CsvHead head;
    Byte begin[3] = {};
    const auto got = source.readAt(0, begin);
    if (!got)
        return got.failed();
    if ((*encoding)->isUtf8() && asText({begin, *got}) == utf8Bom)
        head.bom = utf8Bom.size();

    Chunk line;
    line.kind = Chunk::Kind::CsvHeader;
    line.offset = head.bom;
    if (!dialect.header) {
        line.kind = Chunk::Kind::Records;
        const auto there = skipBlankLines(source, head.bom);
        if (!there)
            return there.failed();
        line.offset = *there;
    }
    if (line.offset >= source.size()) {
        head.columns.paths = {csvPositionPath(0)};
        return head;
    }
    if (auto read = readLine(source, dialect, maxRecord, line); !read)
        return read.failed();
    CsvReader reader(dialect, true);
    reader.start(line);
    if (reader.next() != CsvReader::Step::Record)
        return fail(reader.failure());
    if (!dialect.header) {
        for (std::size_t i = 0; i < reader.fields().size(); ++i)
            head.columns.paths.push_back(csvPositionPath(i));
        return head;
    }
    const auto names = headerNames(line, reader, **encoding);
    if (!names)
        return names.failed();
    head.header = line.bytes.size();
    head.columns.paths = pathsOf(*names);
    return head;
}

Outcome<CsvColumns> readCsvColumns(const ByteSource& source, const Dialect& dialect) {
    auto head = readCsvHead(source, dialect, maxRecordBytes);
    if (!head)
        return head.failed();
    return std::move(*head).columns;
}

} // namespace sealwright::dataset
