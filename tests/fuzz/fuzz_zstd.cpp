#include "models/package/zstd_stream.h"
#include "tests/fuzz/target.h"

#include <algorithm>

// Compressed payloads. An input chooses how long the file is said to be and how the stream is cut; the rest is the
// stream, and once more a file to compress.
namespace sealwright::fuzz {
namespace {

using namespace package;

struct Expanded {
    Outcome<void> outcome;
    std::string bytes;
};

Expanded expanded(std::string_view stream, std::uint64_t size, std::size_t step) {
    Expanded out;
    ZstdExpander expander(size, [&](ByteView bytes) {
        out.bytes.append(asText(bytes));
        return Outcome<void>();
    });
    for (std::size_t at = 0; at < stream.size() && out.outcome; at += step)
        out.outcome = expander.write(asBytes(stream.substr(at, step)));
    if (out.outcome)
        out.outcome = expander.finish();
    return out;
}

void check(std::string_view input) {
    Choices choices(input);
    const std::size_t size = choices.below(65'536), step = 1 + choices.below(4'096);
    const std::string_view rest = choices.rest();
    const Expanded whole = expanded(rest, size, std::max<std::size_t>(rest.size(), 1));
    const Expanded cut = expanded(rest, size, step);
    // A frame that lies about its own length is refused by the library only where it comes in one piece.
    must(whole.bytes.size() <= size && cut.bytes.size() <= size, "no more comes out than there may be");
    must(!whole.outcome || whole.bytes.size() == size, "and no less");
    must(!cut.outcome || cut.bytes.size() == size, "however it is cut");
    must(!whole.outcome || !cut.outcome || whole.bytes == cut.bytes, "and the same");

    std::string stream;
    ZstdCompressor compressor(1, [&](ByteView bytes) {
        stream.append(asText(bytes));
        return Outcome<void>();
    });
    must(compressor.write(asBytes(rest), true).ok(), "any file can be compressed");
    must(stream.size() <= compressedAtMost(rest.size()), "to no more than was said");
    const Expanded back = expanded(stream, rest.size(), step);
    must(back.outcome && back.bytes == rest, "and comes back");
    must(rest.empty() || expanded(stream, rest.size() - 1, step).outcome.error().code == Code::PackageTooLarge,
         "a file that is longer than was said is refused");
    must(expanded(stream, rest.size() + 1, step).outcome.error().code == Code::AuthTruncated,
         "and one that is shorter");
}

const Registered registered({"zstd", check, std::string_view("\x28\xb5\x2f\xfd\x00\x58\x20\xff\1", 9)});

} // namespace
} // namespace sealwright::fuzz
