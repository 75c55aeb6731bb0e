#include "crypto/primitives/siv.h"

#include "crypto/primitives/cmac.h"

#include <algorithm>

namespace sealwright::crypto {

namespace {

AesBlock operator^(const AesBlock& a, const AesBlock& b) {
    AesBlock out{};
    for (std::size_t i = 0; i < aesBlock; ++i) {
        out[i] = static_cast<Byte>(a[i] ^ b[i]);
    }
    return out;
}

void increment(AesBlock& counter) {
    for (std::size_t i = aesBlock; i-- > 0;) {
        if (++counter[i] != 0) {
            return;
        }
    }
}

} // namespace

Siv::Siv() = default;

Siv::~Siv() {
    wipe(m_associated);
    wipe(m_stream);
}

std::unique_ptr<Siv> Siv::make(const SecretBytes& key, ByteView associated) {
    if (key.size() != 64) {
        return nullptr;
    }
    std::unique_ptr<Siv> siv(new Siv);
    siv->m_cmac = Cmac::make(key.reveal().first(32));
    siv->m_blocks = AesBlocks::make(key.reveal().last(32));
    if (!siv->m_cmac || !siv->m_blocks) {
        return nullptr;
    }
    const AesBlock zero{};
    siv->m_associated = doubled(siv->m_cmac->mac(zero)) ^ siv->m_cmac->mac(associated);
    return siv;
}

AesBlock Siv::vector(ByteView plaintext) {
    if (plaintext.size() >= aesBlock) {
        return m_cmac->macXorEnd(plaintext, m_associated);
    }
    AesBlock last{};
    std::copy(plaintext.begin(), plaintext.end(), last.begin());
    last[plaintext.size()] = 0x80;
    AesBlock message = last ^ doubled(m_associated);
    const AesBlock v = m_cmac->mac(message);
    wipe(last);
    wipe(message);
    return v;
}

void Siv::counterMode(AesBlock iv, const Byte* in, Byte* out, std::size_t size) {
    iv[8] &= 0x7f;
    iv[12] &= 0x7f;
    for (std::size_t done = 0; done < size;) {
        const std::size_t part = std::min(size - done, m_stream.size());
        const std::size_t blocks = (part + aesBlock - 1) / aesBlock;
        for (std::size_t i = 0; i < blocks; ++i) {
            std::copy(iv.begin(), iv.end(), m_stream.begin() + i * aesBlock);
            increment(iv);
        }
        m_blocks->encrypt(m_stream.data(), m_stream.data(), blocks * aesBlock);
        for (std::size_t i = 0; i < part; ++i) {
            out[done + i] = static_cast<Byte>(in[done + i] ^ m_stream[i]);
        }
        done += part;
    }
}

void Siv::seal(ByteView plaintext, Byte* out) {
    const AesBlock v = vector(plaintext);
    counterMode(v, plaintext.data(), out + aesBlock, plaintext.size());
    std::copy(v.begin(), v.end(), out);
}

bool Siv::open(ByteView sealed, Byte* out) {
    if (sealed.size() < aesBlock) {
        return false;
    }
    AesBlock claimed{};
    std::copy_n(sealed.begin(), aesBlock, claimed.begin());
    const std::size_t size = sealed.size() - aesBlock;
    counterMode(claimed, sealed.data() + aesBlock, out, size);
    const bool authentic = equalConstantTime(vector({out, size}), claimed);
    if (!authentic) {
        wipe(MutableBytes(out, size));
    }
    return authentic;
}

} // namespace sealwright::crypto
