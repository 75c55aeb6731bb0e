#include "crypto/primitives/sha256.h"

#include "crypto/primitives/fatal.h"
#include "crypto/primitives/openssl.h"

namespace sealwright::crypto {

struct Sha256::Impl {
    EvpMdContext context;
    void start() {
        if (EVP_DigestInit_ex2(context.get(), sha256Algorithm(), nullptr) != 1) {
            libraryUnusable();
        }
    }
};

Sha256::Sha256() : m_impl(new Impl{EvpMdContext(EVP_MD_CTX_new())}) {
    if (!m_impl->context || !sha256Algorithm()) {
        libraryUnusable();
    }
    m_impl->start();
}

Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(ByteView bytes) {
    if (EVP_DigestUpdate(m_impl->context.get(), bytes.data(), bytes.size()) != 1) {
        libraryUnusable();
    }
}

Sha256Digest Sha256::finish() {
    Sha256Digest out{};
    if (EVP_DigestFinal_ex(m_impl->context.get(), out.data(), nullptr) != 1) {
        libraryUnusable();
    }
    m_impl->start();
    return out;
}

Sha256Digest sha256(ByteView bytes) {
    Sha256 hash;
    hash.update(bytes);
    return hash.finish();
}

} // namespace sealwright::crypto
