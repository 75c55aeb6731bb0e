#pragma once
#include <cstdint>
#include <cstring>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace sealwright::dataset {

/// `parts` times 16 bytes (at most 64), compared all at once: bit i of a mask is byte i.
template <unsigned parts>
class ByteBlock {
    static_assert(parts >= 1 && parts <= 4);

public:
    static constexpr unsigned size = 16 * parts;

    /// Reads `size` bytes from `data`.
    explicit ByteBlock(const char* data) {
        for (unsigned i = 0; i < parts; ++i)
            m_part[i].load(data + 16 * i);
    }
    std::uint64_t equals(char wanted) const {
        return each([wanted](const Part& part) { return part.equals(wanted); });
    }
    /// Bytes that are `wanted` once bit 5 is set: '{' finds '[' too.
    std::uint64_t equalsFolded(char wanted) const {
        return each([wanted](const Part& part) { return part.equalsFolded(wanted); });
    }
    /// Bytes below 0x20.
    std::uint64_t controls() const {
        return each([](const Part& part) { return part.controls(); });
    }
    /// Bytes from 0x80 on.
    std::uint64_t high() const {
        return each([](const Part& part) { return part.high(); });
    }

private:
#if defined(__SSE2__)
    struct Part {
        void load(const char* data) { value = _mm_loadu_si128(reinterpret_cast<const __m128i*>(data)); }
        int equals(char wanted) const { return _mm_movemask_epi8(_mm_cmpeq_epi8(value, _mm_set1_epi8(wanted))); }
        int equalsFolded(char wanted) const {
            return _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_or_si128(value, _mm_set1_epi8(0x20)), _mm_set1_epi8(wanted)));
        }
        int controls() const {
            return _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(value, _mm_set1_epi8(0x1f)), value));
        }
        int high() const { return _mm_movemask_epi8(value); }
        __m128i value;
    };
#else
    struct Part {
        void load(const char* data) { std::memcpy(value, data, sizeof value); }
        template <class Test>
        int mask(Test test) const {
            int bits = 0;
            for (unsigned i = 0; i < sizeof value; ++i)
                bits |= int(test(value[i])) << i;
            return bits;
        }
        int equals(char wanted) const {
            return mask([wanted](unsigned char byte) { return byte == static_cast<unsigned char>(wanted); });
        }
        int equalsFolded(char wanted) const {
            return mask([wanted](unsigned char byte) { return (byte | 0x20) == static_cast<unsigned char>(wanted); });
        }
        int controls() const {
            return mask([](unsigned char byte) { return byte < 0x20; });
        }
        int high() const {
            return mask([](unsigned char byte) { return byte >= 0x80; });
        }
        unsigned char value[16];
    };
#endif
    template <class Mask>
    std::uint64_t each(Mask mask) const {
        std::uint64_t all = 0;
        for (unsigned i = 0; i < parts; ++i)
            all |= std::uint64_t(std::uint32_t(mask(m_part[i]))) << (16 * i);
        return all;
    }

    Part m_part[parts];
};

} // namespace sealwright::dataset
