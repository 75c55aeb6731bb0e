#include "crypto/stream/segments.h"
#include "tests/fuzz/known_keys.h"
#include "tests/fuzz/target.h"

#include <algorithm>

// Segment streams. An input is a script: how long a plaintext is, what is done to its stored stream, and how that is
// cut when it is read. Whatever is left that is not the stream as it was sealed must be refused.
namespace sealwright::fuzz {
namespace {

using namespace crypto;

bool append(void* out, ByteView bytes) {
    static_cast<std::string*>(out)->append(asText(bytes));
    return true;
}

const SecretBytes& key() {
    static const SecretBytes one = derivePayloadKey(knownDek(), knownRun(), "payload/1");
    return one;
}

std::string sealedStream(std::string_view plaintext) {
    std::string stored;
    auto sealer = StreamSealer::make(key(), append, &stored);
    must(sealer->write(asBytes(plaintext)) && sealer->finish(), "sealed");
    return stored;
}

std::vector<std::string> segmentsOf(const std::string& stored) {
    constexpr std::size_t whole = segmentSize + segmentTag;
    std::vector<std::string> segments;
    for (std::size_t at = 0; at < stored.size(); at += whole)
        segments.push_back(stored.substr(at, whole));
    return segments;
}

std::string joined(const std::vector<std::string>& segments) {
    std::string all;
    for (const std::string& segment : segments)
        all += segment;
    return all;
}

/// One step of the script; the byte 0 ends it.
void change(std::vector<std::string>& segments, unsigned step, Choices& choices) {
    if (segments.empty())
        return;
    const std::size_t one = choices.below(segments.size()), other = choices.below(segments.size());
    std::string& segment = segments[one];
    switch (step % 6) {
    case 0:
        segments.erase(segments.begin() + static_cast<std::ptrdiff_t>(one));
        return;
    case 1:
        std::swap(segment, segments[other]);
        return;
    case 2:
        if (segments.size() < 5)
            segments.push_back(segment);
        return;
    case 3:
        if (!segment.empty())
            segment = withBitTurned(segment, choices.below(segment.size()) * 8 + other);
        return;
    case 4:
        segment.resize(segment.size() - std::min(segment.size(), choices.below(40)));
        return;
    default:
        segment.append(choices.below(40), static_cast<char>(choices.byte()));
    }
}

void check(std::string_view input) {
    Choices choices(input);
    const std::size_t wholes = choices.byte() % 3;
    const std::string plaintext(wholes * segmentSize + choices.below(2'000), 'a');
    const std::string stored = sealedStream(plaintext);
    std::vector<std::string> segments = segmentsOf(stored);
    while (const unsigned step = choices.byte())
        change(segments, step, choices);
    const std::string changed = joined(segments);

    std::string released;
    auto opener = StreamOpener::make(key(), append, &released);
    crypto::Result<void> read;
    for (std::size_t at = 0; at < changed.size() && read;) {
        const std::size_t piece = choices.ended() ? changed.size() : 1 + choices.below(65'535);
        read = opener->write(asBytes(changed).subspan(at, std::min(piece, changed.size() - at)));
        at += piece;
    }
    const crypto::Result<void> finished = opener->finish();
    must(read || !finished, "an error stays");
    must(plaintext.compare(0, released.size(), released) == 0, "nothing but the plaintext is released");
    must(finished.ok() == (changed == stored), "only the stream itself is whole");
    must(!finished || released == plaintext, "and it is opened whole");
    must(!opener->write(asBytes("x")), "nothing follows the end");
}

const Registered registered({"segments", check, std::string_view("\0\1\2\3\4\5\6\x10\xff", 9), 10});

} // namespace
} // namespace sealwright::fuzz
