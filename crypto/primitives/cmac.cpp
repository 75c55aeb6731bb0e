#include "crypto/primitives/cmac.h"

#include "crypto/base/secret.h"

#include <algorithm>
#include <cstring>

namespace sealwright::crypto {

AesBlock doubled(const AesBlock& block) {
    AesBlock out{};
    for (std::size_t i = 0; i < aesBlock; ++i) {
        const unsigned next = i + 1 < aesBlock ? block[i + 1] : 0u;
        out[i] = static_cast<Byte>(block[i] << 1 | next >> 7);
    }
    const unsigned carried = 0u - (block[0] >> 7);
    out[aesBlock - 1] = static_cast<Byte>(out[aesBlock - 1] ^ (carried & 0x87u));
    return out;
}

std::unique_ptr<Cmac> Cmac::make(ByteView key) {
    auto chain = AesChain::make(key);
    if (!chain) {
        return nullptr;
    }
    std::unique_ptr<Cmac> cmac(new Cmac);
    AesBlock zero{};
    cmac->m_wholeKey = doubled(chain->mac(zero.data(), aesBlock));
    cmac->m_partKey = doubled(cmac->m_wholeKey);
    cmac->m_chain = std::move(chain);
    return cmac;
}

Cmac::~Cmac() {
    wipe(m_wholeKey);
    wipe(m_partKey);
    wipe(m_work);
}

AesBlock Cmac::macXorEnd(ByteView message, const AesBlock& end) {
    AesBlock state{};
    // The last two blocks wait: `end` may fall on both.
    while (message.size() > m_work.size()) {
        const std::size_t whole = std::min(m_work.size(), (message.size() - 2 * aesBlock) / aesBlock * aesBlock);
        std::memcpy(m_work.data(), message.data(), whole);
        m_chain->absorb(state, m_work.data(), whole);
        message = message.subspan(whole);
    }
    std::size_t size = message.size();
    if (size) {
        std::memcpy(m_work.data(), message.data(), size);
    }
    if (size >= aesBlock) {
        Byte* last = m_work.data() + size - aesBlock;
        for (std::size_t i = 0; i < aesBlock; ++i) {
            last[i] ^= end[i];
        }
    }
    const bool whole = size && size % aesBlock == 0;
    if (!whole) {
        m_work[size++] = 0x80;
        while (size % aesBlock) {
            m_work[size++] = 0;
        }
    }
    const AesBlock& key = whole ? m_wholeKey : m_partKey;
    Byte* last = m_work.data() + size - aesBlock;
    for (std::size_t i = 0; i < aesBlock; ++i) {
        last[i] ^= key[i];
    }
    m_chain->absorb(state, m_work.data(), size);
    return state;
}

} // namespace sealwright::crypto
