#include "crypto/primitives/ff1.h"

#include "crypto/base/secret.h"

#include <limits>

namespace sealwright::crypto {

void Ff1Half::setRadix(std::uint32_t radix) {
    m_radix = radix;
    m_chunkModulus = radix;
    m_chunkDigits = 1;
    while (std::uint64_t{m_chunkModulus} * radix <= std::numeric_limits<std::uint32_t>::max()) {
        m_chunkModulus *= radix;
        ++m_chunkDigits;
    }
}

void Ff1Half::read(ByteView digits) {
    m_count = (digits.size() + m_chunkDigits - 1) / m_chunkDigits;
    m_topDigits = digits.size() - (m_count - 1) * m_chunkDigits;
    m_topModulus = 1;
    for (std::size_t i = 0; i < m_topDigits; ++i) {
        m_topModulus *= m_radix;
    }
    std::size_t at = 0;
    for (std::size_t chunk = m_count; chunk-- > 0;) {
        const std::size_t size = chunk + 1 == m_count ? m_topDigits : m_chunkDigits;
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i) {
            value = value * m_radix + digits[at++];
        }
        m_chunks[chunk] = value;
    }
}

void Ff1Half::write(MutableBytes digits) const {
    std::size_t at = digits.size();
    for (std::size_t chunk = 0; chunk < m_count; ++chunk) {
        const std::size_t size = chunk + 1 == m_count ? m_topDigits : m_chunkDigits;
        std::uint32_t value = m_chunks[chunk];
        for (std::size_t i = 0; i < size; ++i, value /= m_radix) {
            digits[--at] = static_cast<Byte>(value % m_radix);
        }
    }
}

void Ff1Half::toBytes(MutableBytes out) {
    std::size_t used = 0;
    for (std::size_t chunk = m_count; chunk-- > 0;) {
        std::uint64_t carry = m_chunks[chunk];
        for (std::size_t i = 0; i < used; ++i) {
            carry += std::uint64_t{m_words[i]} * m_chunkModulus;
            m_words[i] = static_cast<std::uint32_t>(carry);
            carry >>= 32;
        }
        if (carry) {
            m_words[used++] = static_cast<std::uint32_t>(carry);
        }
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        const std::size_t word = i / 4;
        out[out.size() - 1 - i] = word < used ? static_cast<Byte>(m_words[word] >> (8 * (i % 4))) : Byte{0};
    }
}

namespace {

// Divides in place and gives the remainder; leading zero words are dropped.
std::uint32_t divide(std::span<std::uint32_t>& words, std::uint32_t by) {
    std::uint64_t remainder = 0;
    for (std::uint32_t& word : words) {
        remainder = remainder << 32 | word;
        word = static_cast<std::uint32_t>(remainder / by);
        remainder %= by;
    }
    while (!words.empty() && words.front() == 0) {
        words = words.subspan(1);
    }
    return static_cast<std::uint32_t>(remainder);
}

} // namespace

void Ff1Half::add(std::span<std::uint32_t> words) {
    std::uint64_t carry = 0;
    for (std::size_t chunk = 0; chunk < m_count; ++chunk) {
        const std::uint32_t modulus = modulusOf(chunk);
        const std::uint64_t sum = std::uint64_t{m_chunks[chunk]} + divide(words, modulus) + carry;
        carry = sum >= modulus ? 1 : 0;
        m_chunks[chunk] = static_cast<std::uint32_t>(carry ? sum - modulus : sum);
    }
}

void Ff1Half::subtract(std::span<std::uint32_t> words) {
    std::uint64_t borrow = 0;
    for (std::size_t chunk = 0; chunk < m_count; ++chunk) {
        const std::uint32_t modulus = modulusOf(chunk);
        const std::uint64_t less = std::uint64_t{divide(words, modulus)} + borrow;
        borrow = m_chunks[chunk] < less ? 1 : 0;
        m_chunks[chunk] = static_cast<std::uint32_t>(std::uint64_t{m_chunks[chunk]} + (borrow ? modulus : 0u) - less);
    }
}

void Ff1Half::wipe() {
    crypto::wipe({reinterpret_cast<Byte*>(m_chunks.data()), sizeof m_chunks});
    crypto::wipe({reinterpret_cast<Byte*>(m_words.data()), sizeof m_words});
}

} // namespace sealwright::crypto
