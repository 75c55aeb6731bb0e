#include "crypto/primitives/hmac.h"

#include "crypto/base/secret.h"
#include "crypto/primitives/fatal.h"
#include "crypto/primitives/openssl.h"

#include <algorithm>

namespace sealwright::crypto {

namespace {

constexpr std::size_t blockSize = 64;

void check(int result) {
    if (result != 1) {
        libraryUnusable();
    }
}

EvpMdContext hashed(std::array<Byte, blockSize> block, Byte pad) {
    for (Byte& byte : block) {
        byte ^= pad;
    }
    EvpMdContext context(EVP_MD_CTX_new());
    check(context ? 1 : 0);
    check(EVP_DigestInit_ex2(context.get(), sha256Algorithm(), nullptr));
    check(EVP_DigestUpdate(context.get(), block.data(), block.size()));
    wipe(block);
    return context;
}

} // namespace

struct HmacSha256::Impl {
    EvpMdContext inner, outer, running;

    void start() { check(EVP_MD_CTX_copy_ex(running.get(), inner.get())); }
};

HmacSha256::HmacSha256(ByteView key) : m_impl(new Impl) {
    std::array<Byte, blockSize> block{};
    if (key.size() > blockSize) {
        const Sha256Digest shortKey = sha256(key);
        std::copy(shortKey.begin(), shortKey.end(), block.begin());
    } else {
        std::copy(key.begin(), key.end(), block.begin());
    }
    m_impl->inner = hashed(block, 0x36);
    m_impl->outer = hashed(block, 0x5c);
    wipe(block);
    m_impl->running.reset(EVP_MD_CTX_new());
    m_impl->start();
}

HmacSha256::HmacSha256(HmacSha256&&) noexcept = default;
HmacSha256& HmacSha256::operator=(HmacSha256&&) noexcept = default;
HmacSha256::~HmacSha256() = default;

void HmacSha256::update(ByteView bytes) {
    check(EVP_DigestUpdate(m_impl->running.get(), bytes.data(), bytes.size()));
}

Sha256Digest HmacSha256::finish() {
    Sha256Digest digest{};
    EVP_MD_CTX* running = m_impl->running.get();
    check(EVP_DigestFinal_ex(running, digest.data(), nullptr));
    check(EVP_MD_CTX_copy_ex(running, m_impl->outer.get()));
    check(EVP_DigestUpdate(running, digest.data(), digest.size()));
    check(EVP_DigestFinal_ex(running, digest.data(), nullptr));
    m_impl->start();
    return digest;
}

Sha256Digest hmacSha256(ByteView key, ByteView message) {
    HmacSha256 mac(key);
    mac.update(message);
    return mac.finish();
}

} // namespace sealwright::crypto
