#include "models/dataset/magic.h"

#include "models/dataset/sniff.h"

#include <algorithm>

namespace sealwright::dataset {
namespace {

using namespace std::string_view_literals;

constexpr std::pair<std::string_view, std::string_view> kinds[] = {
    {"%PDF-"sv, "pdf"sv},
    {"\x89PNG\r\n"sv, "png"sv},
    {"\xff\xd8\xff"sv, "jpeg"sv},
    {"GIF8"sv, "gif"sv},
    {"\x1f\x8b"sv, "gzip"sv},
    {"\x28\xb5\x2f\xfd"sv, "zstd"sv},
    {"BZh"sv, "bzip2"sv},
    {"\xfd"
     "7zXZ\0"sv,
     "xz"sv},
    {"7z\xbc\xaf\x27\x1c"sv, "7z"sv},
    {"PAR1"sv, "parquet"sv},
    {"ORC\x0a"sv, "orc"sv},
    {"Obj\x01"sv, "avro"sv},
    {"SQLite format 3\0"sv, "sqlite"sv},
    {"\x7f"
     "ELF"sv,
     "program"sv},
};

constexpr auto zip = "PK\x03\x04"sv;
constexpr auto oldOffice = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv;
constexpr std::size_t endLooked = 64u << 10;

bool startsWith(std::string_view text, std::string_view begin) {
    return text.substr(0, begin.size()) == begin;
}

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool isControl(char c) {
    const unsigned char byte = static_cast<unsigned char>(c);
    return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f';
}

} // namespace

Outcome<std::string> readBytes(const ByteSource& source, std::uint64_t offset, std::size_t count) {
    std::string bytes(count, '\0');
    const auto got = source.readAt(offset, {reinterpret_cast<Byte*>(bytes.data()), count});
    if (!got)
        return got.failed();
    bytes.resize(*got);
    return bytes;
}

bool looksLikeUtf16(std::string_view begin) {
    if (startsWith(begin, "\xff\xfe"sv) || startsWith(begin, "\xfe\xff"sv) || startsWith(begin, "\0\0\xfe\xff"sv))
        return true;
    // Mostly ASCII in UTF-16 or UTF-32: every second byte is zero, always on the same side, and hardly any on the
    // other.
    begin = begin.substr(0, 1024);
    std::size_t zeros[2] = {0, 0};
    for (std::size_t i = 0; i < begin.size(); ++i)
        zeros[i % 2] += begin[i] == '\0' ? 1 : 0;
    const std::size_t half = begin.size() / 2;
    const auto [few, many] = std::minmax(zeros[0], zeros[1]);
    return half >= 2 && many * 10 >= half * 8 && few * 10 <= half * 6;
}

bool looksLikeSpreadsheet(const ByteSource& source) {
    const auto begin = readBytes(source, 0, 4096);
    if (!begin)
        return false;
    const bool old = startsWith(*begin, oldOffice);
    if (!old && !startsWith(*begin, zip))
        return false;
    if (!old && (holds(*begin, "mimetypeapplication/vnd.oasis.opendocument.spreadsheet") || holds(*begin, "xl/")))
        return true;
    const std::uint64_t from = source.size() > endLooked ? source.size() - endLooked : 0;
    const auto end = readBytes(source, from, endLooked);
    const auto name = old ? "W\0o\0r\0k\0b\0o\0o\0k\0"sv : "xl/workbook"sv;
    return end && (holds(*end, name) || (old && holds(*begin, name)));
}

Outcome<std::optional<std::string>> binaryKind(const ByteSource& source, std::string_view begin) {
    if (looksLikeSpreadsheet(source))
        return std::optional<std::string>("spreadsheet");
    if (startsWith(begin, zip))
        return std::optional<std::string>("zip");
    if (startsWith(begin, oldOffice))
        return std::optional<std::string>("office");
    for (const auto& [magic, kind] : kinds) {
        if (startsWith(begin, magic))
            return std::optional<std::string>(kind);
    }
    // A stray zero byte in a text is somebody's data; many control characters are no text.
    const auto controls = std::size_t(std::count_if(begin.begin(), begin.end(), isControl));
    if (controls * 10 > begin.size())
        return std::optional<std::string>("binary");
    return std::optional<std::string>();
}

} // namespace sealwright::dataset
