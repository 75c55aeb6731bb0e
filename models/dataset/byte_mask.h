#pragma once
#include <cstdint>
#include <cstring>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sealwright::dataset {

/// 64 bytes, compared all at once: bit i of a mask is byte i.
class ByteBlock {
public:
    /// Reads 64 bytes from `data`.
    explicit ByteBlock(const char* data);
    std::uint64_t equals(char wanted) const;
    /// Bytes below 0x20.
    std::uint64_t controls() const;
    /// Bytes from 0x80 on.
    std::uint64_t high() const;

private:
#if defined(__SSE2__)
    static std::uint64_t join(int a, int b, int c, int d) {
        return std::uint64_t(std::uint32_t(a)) | std::uint64_t(std::uint32_t(b)) << 16 |
               std::uint64_t(std::uint32_t(c)) << 32 | std::uint64_t(std::uint32_t(d)) << 48;
    }
    __m128i m_part[4];
#else
    unsigned char m_bytes[64];
#endif
};

#if defined(__SSE2__)
inline ByteBlock::ByteBlock(const char* data) {
    for (int i = 0; i < 4; ++i)
        m_part[i] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(data + 16 * i));
}

inline std::uint64_t ByteBlock::equals(char wanted) const {
    const __m128i same = _mm_set1_epi8(wanted);
    return join(_mm_movemask_epi8(_mm_cmpeq_epi8(m_part[0], same)), _mm_movemask_epi8(_mm_cmpeq_epi8(m_part[1], same)),
                _mm_movemask_epi8(_mm_cmpeq_epi8(m_part[2], same)), _mm_movemask_epi8(_mm_cmpeq_epi8(m_part[3], same)));
}

inline std::uint64_t ByteBlock::controls() const {
    const __m128i limit = _mm_set1_epi8(0x1f);
    const auto below = [&](__m128i part) { return _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(part, limit), part)); };
    return join(below(m_part[0]), below(m_part[1]), below(m_part[2]), below(m_part[3]));
}

inline std::uint64_t ByteBlock::high() const {
    return join(_mm_movemask_epi8(m_part[0]), _mm_movemask_epi8(m_part[1]), _mm_movemask_epi8(m_part[2]),
                _mm_movemask_epi8(m_part[3]));
}
#else
inline ByteBlock::ByteBlock(const char* data) {
    std::memcpy(m_bytes, data, sizeof m_bytes);
}

inline std::uint64_t ByteBlock::equals(char wanted) const {
    std::uint64_t mask = 0;
    for (unsigned i = 0; i < 64; ++i)
        mask |= std::uint64_t(m_bytes[i] == static_cast<unsigned char>(wanted)) << i;
    return mask;
}

inline std::uint64_t ByteBlock::controls() const {
    std::uint64_t mask = 0;
    for (unsigned i = 0; i < 64; ++i)
        mask |= std::uint64_t(m_bytes[i] < 0x20) << i;
    return mask;
}

inline std::uint64_t ByteBlock::high() const {
    std::uint64_t mask = 0;
    for (unsigned i = 0; i < 64; ++i)
        mask |= std::uint64_t(m_bytes[i] >= 0x80) << i;
    return mask;
}
#endif

} // namespace sealwright::dataset
