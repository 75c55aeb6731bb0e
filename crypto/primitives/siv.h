#pragma once
#include "crypto/base/secret.h"
#include "crypto/primitives/aes_blocks.h"

#include <memory>

namespace sealwright::crypto {

class Cmac;

/// AES-256-SIV (RFC 5297) with exactly one associated-data string, fixed for the object: a field's tokens all have the
/// same. Composed of CMAC and counter blocks; contexts kept, nothing allocated per value. One a worker.
class Siv {
public:
    /// `key` has 64 bytes. Null where it has not, or the library fails.
    static std::unique_ptr<Siv> make(const SecretBytes& key, ByteView associated);
    ~Siv();

    /// Writes SIV and ciphertext, 16 + plaintext.size() bytes, to `out`; `plaintext` may stand at out + 16.
    void seal(ByteView plaintext, Byte* out);
    /// `sealed` has at least 16 bytes; writes sealed.size() - 16 to `out`, which may be where the ciphertext stands.
    /// False where the SIV differs; the bytes written are then wiped.
    bool open(ByteView sealed, Byte* out);

private:
    Siv();
    AesBlock vector(ByteView plaintext);
    void counterMode(AesBlock iv, const Byte* in, Byte* out, std::size_t size);

    std::unique_ptr<Cmac> m_cmac;
    std::unique_ptr<AesBlocks> m_blocks;
    AesBlock m_associated{}; ///< S2V's D after the associated data
    std::array<Byte, 1024> m_stream{};
};

} // namespace sealwright::crypto
