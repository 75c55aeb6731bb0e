#include "crypto/base/b64.h"
#include "tests/fuzz/target.h"

// Both ways, of any bytes.
namespace sealwright::fuzz {
namespace {

using namespace crypto;

void asBytesToEncode(std::string_view input) {
    const std::string text = b64Encode(asBytes(input));
    must(text.size() == b64Length(input.size()), "the length is known before");
    const auto decoded = b64Decode(text);
    must(decoded && asText(*decoded) == input, "what is encoded is decoded");
    std::string appended = "x";
    b64Append(asBytes(input), appended);
    must(appended == "x" + text, "appending encodes the same");
}

void asTextToDecode(std::string_view input) {
    const auto decoded = b64Decode(input);
    Bytes room(input.size() * 3 / 4);
    const auto size = b64DecodeInto(input, room);
    must(decoded.ok() == size.ok(), "both decoders refuse the same");
    if (!decoded)
        return;
    room.resize(*size);
    must(room == *decoded, "both decoders give the same");
    must(b64Encode(*decoded) == input, "nothing else stands for these bytes");
    if (decoded->empty())
        return;
    room.pop_back();
    must(!b64DecodeInto(input, room), "nothing is written beyond the room given");
}

void check(std::string_view input) {
    asBytesToEncode(input);
    asTextToDecode(input);
}

const Registered registered({"b64", check, "Aa09-_+/= "});

} // namespace
} // namespace sealwright::fuzz
