#pragma once
#include "crypto/primitives/aes_blocks.h"

#include <cstdint>
#include <memory>

namespace sealwright::crypto {

/// A numeral of at most 512 digits of a radix up to 256, in chunks that fit 32 bits: FF1's arithmetic without a
/// big-number library and without allocation.
class Ff1Half {
public:
    void setRadix(std::uint32_t radix);
    /// Most significant digit first.
    void read(ByteView digits);
    void write(MutableBytes digits) const;
    /// The number in `out.size()` bytes, big-endian; it must fit.
    void toBytes(MutableBytes out);
    /// Plus or minus the number of `words` (big-endian order, destroyed), modulo radix^digits.
    void add(std::span<std::uint32_t> words);
    void subtract(std::span<std::uint32_t> words);
    void wipe();

private:
    std::uint32_t modulusOf(std::size_t chunk) const { return chunk + 1 == m_count ? m_topModulus : m_chunkModulus; }

    std::uint32_t m_radix = 10, m_chunkModulus = 0, m_topModulus = 0;
    std::size_t m_chunkDigits = 0, m_topDigits = 0, m_count = 0;
    std::array<std::uint32_t, 171> m_chunks{}; ///< least significant first
    std::array<std::uint32_t, 129> m_words{};
};

/// FF1 of NIST SP 800-38G with AES-256, for radices 2 to 256 and at most 1,024 digits. Keeps its contexts; one a
/// worker.
class Ff1 {
public:
    static constexpr std::size_t mostDigits = 1024;
    static constexpr std::uint64_t leastDomain = 1'000'000;

    /// `key` has 32 bytes. Null where it has not, the radix is another, or the library fails.
    static std::unique_ptr<Ff1> make(ByteView key, std::uint32_t radix);
    ~Ff1();
    /// In place; each digit is below the radix. False, with nothing changed, for fewer than 1,000,000 possible values,
    /// more than 1,024 digits, or a digit that is none.
    bool encrypt(MutableBytes digits, ByteView tweak);
    bool decrypt(MutableBytes digits, ByteView tweak);

private:
    Ff1() = default;
    bool start(ByteView digits, ByteView tweak);
    std::span<std::uint32_t> round(Byte number, Ff1Half& from);
    void finish(MutableBytes digits);

    std::uint32_t m_radix = 10;
    std::unique_ptr<AesChain> m_chain;
    std::unique_ptr<AesBlocks> m_blocks;
    Ff1Half m_left, m_right;
    Bytes m_fixed;                                  ///< P, the tweak and zeros
    AesBlock m_afterFixed{};                        ///< the chain after the whole blocks of m_fixed
    std::size_t m_numberBytes = 0, m_wordCount = 0; ///< b, and d / 4
    std::array<Byte, 544> m_work{};
    std::array<std::uint32_t, 132> m_words{};
};

} // namespace sealwright::crypto
