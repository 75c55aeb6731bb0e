#include "crypto/primitives/aes_blocks.h"

#include "crypto/base/secret.h"
#include "crypto/primitives/fatal.h"
#include "crypto/primitives/openssl.h"

#include <algorithm>

namespace sealwright::crypto {

namespace {

EvpCipherContext makeContext(const EVP_CIPHER* cipher, ByteView key) {
    constexpr AesBlock zero{};
    EvpCipherContext context(EVP_CIPHER_CTX_new());
    const bool usable = cipher && context && key.size() == 32 &&
                        EVP_EncryptInit_ex2(context.get(), cipher, key.data(), zero.data(), nullptr) == 1 &&
                        EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1;
    return usable ? std::move(context) : nullptr;
}

void update(EVP_CIPHER_CTX* context, Byte* out, const Byte* in, std::size_t size) {
    int written = 0;
    if (EVP_EncryptUpdate(context, out, &written, in, static_cast<int>(size)) != 1) {
        libraryUnusable();
    }
}

} // namespace

struct AesBlocks::Impl {
    EvpCipherContext context;
};

AesBlocks::AesBlocks() = default;
AesBlocks::~AesBlocks() = default;

std::unique_ptr<AesBlocks> AesBlocks::make(ByteView key) {
    EvpCipherContext context = makeContext(aes256Ecb(), key);
    if (!context) {
        return nullptr;
    }
    std::unique_ptr<AesBlocks> blocks(new AesBlocks);
    blocks->m_impl.reset(new Impl{std::move(context)});
    return blocks;
}

void AesBlocks::encrypt(const Byte* in, Byte* out, std::size_t size) {
    update(m_impl->context.get(), out, in, size);
}

// The library's CBC context is never set back: what it still chains on is known, and cancelled in the first block. That
// saves the call that would set a zero IV for every value.
struct AesChain::Impl {
    EvpCipherContext context;
    AesBlock chained{};
    ~Impl() { wipe(chained); }
};

AesChain::AesChain() = default;
AesChain::~AesChain() = default;

std::unique_ptr<AesChain> AesChain::make(ByteView key) {
    EvpCipherContext context = makeContext(aes256Cbc(), key);
    if (!context) {
        return nullptr;
    }
    std::unique_ptr<AesChain> chain(new AesChain);
    chain->m_impl.reset(new Impl{std::move(context), {}});
    return chain;
}

void AesChain::absorb(AesBlock& state, Byte* blocks, std::size_t size) {
    for (std::size_t i = 0; i < aesBlock; ++i) {
        blocks[i] = static_cast<Byte>(blocks[i] ^ state[i] ^ m_impl->chained[i]);
    }
    update(m_impl->context.get(), blocks, blocks, size);
    std::copy_n(blocks + size - aesBlock, aesBlock, m_impl->chained.begin());
    state = m_impl->chained;
}

AesBlock AesChain::mac(Byte* blocks, std::size_t size) {
    AesBlock state{};
    absorb(state, blocks, size);
    return state;
}

} // namespace sealwright::crypto
