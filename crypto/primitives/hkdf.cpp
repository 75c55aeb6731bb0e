#include "crypto/primitives/hkdf.h"

#include "crypto/primitives/hmac.h"

#include <algorithm>

namespace sealwright::crypto {

SecretBytes hkdfSha256(ByteView inputKey, ByteView salt, ByteView info, std::size_t length) {
    if (length > 255 * sizeof(Sha256Digest)) {
        return {};
    }
    Sha256Digest pseudorandomKey = hmacSha256(salt, inputKey);
    HmacSha256 mac(pseudorandomKey);
    wipe(pseudorandomKey);
    SecretBytes out(length);
    Sha256Digest block{};
    for (std::size_t done = 0, counter = 1; done < length; done += block.size(), ++counter) {
        if (counter > 1) {
            mac.update(block);
        }
        mac.update(info);
        const Byte last = static_cast<Byte>(counter);
        mac.update({&last, 1});
        block = mac.finish();
        std::copy_n(block.begin(), std::min(block.size(), length - done), out.revealMutable().begin() + done);
    }
    wipe(block);
    return out;
}

} // namespace sealwright::crypto
