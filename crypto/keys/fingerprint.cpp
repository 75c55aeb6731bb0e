#include "crypto/base/b64.h"
#include "crypto/keys/english_words.h"
#include "crypto/keys/public_keys.h"

namespace sealwright::crypto {

Result<std::string> fingerprintWords(std::string_view kid) {
    constexpr std::size_t words = 6;
    constexpr std::size_t bitsPerWord = 11;
    const auto bytes = b64Decode(kid);
    if (!bytes || bytes->size() != 32) {
        return fail(Error::BadEncoding);
    }
    std::string out;
    for (std::size_t word = 0; word < words; ++word) {
        std::size_t index = 0;
        for (std::size_t bit = word * bitsPerWord; bit < (word + 1) * bitsPerWord; ++bit) {
            index = index << 1 | ((*bytes)[bit / 8] >> (7 - bit % 8) & 1u);
        }
        out += word ? " " : "";
        out += englishWords[index];
    }
    return out;
}

} // namespace sealwright::crypto
