#include "crypto/primitives/ff1.h"

#include "crypto/base/secret.h"

#include <algorithm>
#include <cmath>

namespace sealwright::crypto {

namespace {

constexpr Byte rounds = 10;

void putBigEndian32(std::size_t value, Byte* to) {
    for (int i = 3; i >= 0; --i, value >>= 8) {
        to[i] = static_cast<Byte>(value);
    }
}

std::uint32_t bigEndian32(const Byte* from) {
    return std::uint32_t{from[0]} << 24 | std::uint32_t{from[1]} << 16 | std::uint32_t{from[2]} << 8 | from[3];
}

bool largeEnough(std::size_t digits, std::uint32_t radix) {
    std::uint64_t domain = 1;
    for (std::size_t i = 0; i < digits && domain < Ff1::leastDomain; ++i) {
        domain *= radix;
    }
    return domain >= Ff1::leastDomain;
}

} // namespace

std::unique_ptr<Ff1> Ff1::make(ByteView key, std::uint32_t radix) {
    if (radix < 2 || radix > 256) {
        return nullptr;
    }
    std::unique_ptr<Ff1> ff1(new Ff1);
    ff1->m_chain = AesChain::make(key);
    ff1->m_blocks = AesBlocks::make(key);
    if (!ff1->m_chain || !ff1->m_blocks) {
        return nullptr;
    }
    ff1->m_radix = radix;
    ff1->m_left.setRadix(radix);
    ff1->m_right.setRadix(radix);
    return ff1;
}

Ff1::~Ff1() {
    m_left.wipe();
    m_right.wipe();
    wipe(m_work);
    wipe(m_fixed);
    wipe(MutableBytes(reinterpret_cast<Byte*>(m_words.data()), sizeof m_words));
}

// Steps 1 to 5 of the standard, and the part of step 6 that is the same in every round.
bool Ff1::start(ByteView digits, ByteView tweak) {
    const std::size_t n = digits.size();
    const bool inRadix = std::all_of(digits.begin(), digits.end(), [this](Byte digit) { return digit < m_radix; });
    if (n < 2 || n > mostDigits || !inRadix || !largeEnough(n, m_radix)) {
        return false;
    }
    const std::size_t u = n / 2;
    const std::size_t v = n - u;
    m_left.read(digits.first(u));
    m_right.read(digits.last(v));
    const double bits = std::ceil(static_cast<double>(v) * std::log2(static_cast<double>(m_radix)));
    m_numberBytes = (static_cast<std::size_t>(bits) + 7) / 8;
    m_wordCount = (m_numberBytes + 3) / 4 + 1;

    const std::size_t zeros = (2 * aesBlock - 1 - (tweak.size() + m_numberBytes) % aesBlock) % aesBlock;
    m_fixed.assign(aesBlock + tweak.size() + zeros, 0);
    m_fixed[0] = 1;
    m_fixed[1] = 2;
    m_fixed[2] = 1;
    m_fixed[3] = static_cast<Byte>(m_radix >> 16);
    m_fixed[4] = static_cast<Byte>(m_radix >> 8);
    m_fixed[5] = static_cast<Byte>(m_radix);
    m_fixed[6] = rounds;
    m_fixed[7] = static_cast<Byte>(u);
    putBigEndian32(n, m_fixed.data() + 8);
    putBigEndian32(tweak.size(), m_fixed.data() + 12);
    std::copy(tweak.begin(), tweak.end(), m_fixed.begin() + aesBlock);
    m_afterFixed = {};
    m_chain->absorb(m_afterFixed, m_fixed.data(), m_fixed.size() / aesBlock * aesBlock);
    return true;
}

// y of one round, most significant word first.
std::span<std::uint32_t> Ff1::round(Byte number, Ff1Half& from) {
    const std::size_t begun = m_fixed.size() % aesBlock;
    std::copy(m_fixed.end() - static_cast<std::ptrdiff_t>(begun), m_fixed.end(), m_work.begin());
    m_work[begun] = number;
    from.toBytes({m_work.data() + begun + 1, m_numberBytes});
    AesBlock mac = m_afterFixed;
    m_chain->absorb(mac, m_work.data(), begun + 1 + m_numberBytes);

    const std::size_t size = m_wordCount * 4;
    const std::size_t blocks = (size + aesBlock - 1) / aesBlock;
    for (std::size_t block = 0; block < blocks; ++block) {
        Byte* to = m_work.data() + block * aesBlock;
        std::copy(mac.begin(), mac.end(), to);
        to[aesBlock - 2] = static_cast<Byte>(to[aesBlock - 2] ^ block >> 8);
        to[aesBlock - 1] = static_cast<Byte>(to[aesBlock - 1] ^ block);
    }
    if (blocks > 1) {
        m_blocks->encrypt(m_work.data() + aesBlock, m_work.data() + aesBlock, (blocks - 1) * aesBlock);
    }
    for (std::size_t i = 0; i < m_wordCount; ++i) {
        m_words[i] = bigEndian32(m_work.data() + i * 4);
    }
    return std::span(m_words).first(m_wordCount);
}

void Ff1::finish(MutableBytes digits) {
    m_left.write(digits.first(digits.size() / 2));
    m_right.write(digits.subspan(digits.size() / 2));
}

// A half changes in its own place, and the halves take turns: the standard's swap, done by parity.
bool Ff1::encrypt(MutableBytes digits, ByteView tweak) {
    if (!start(digits, tweak)) {
        return false;
    }
    for (Byte i = 0; i < rounds; ++i) {
        Ff1Half& changed = i % 2 ? m_right : m_left;
        changed.add(round(i, i % 2 ? m_left : m_right));
    }
    finish(digits);
    return true;
}

bool Ff1::decrypt(MutableBytes digits, ByteView tweak) {
    if (!start(digits, tweak)) {
        return false;
    }
    for (Byte i = rounds; i-- > 0;) {
        Ff1Half& changed = i % 2 ? m_right : m_left;
        changed.subtract(round(i, i % 2 ? m_left : m_right));
    }
    finish(digits);
    return true;
}

} // namespace sealwright::crypto
