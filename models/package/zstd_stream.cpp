#include "models/package/zstd_stream.h"

#include <zstd.h>

namespace sealwright::package {

std::uint64_t compressedAtMost(std::uint64_t size) {
    return size + size / 128 +
           (std::uint64_t{1} << 20); // ZSTD_compressBound() and each frame's and block's head, amply
}

struct ZstdCompressor::Impl {
    std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> context{ZSTD_createCCtx(), ZSTD_freeCCtx};
    Bytes buffer = Bytes(ZSTD_CStreamOutSize());
    BytesOut out;
};

ZstdCompressor::ZstdCompressor(unsigned workers, BytesOut out) : m_impl(std::make_unique<Impl>()) {
    m_impl->out = std::move(out);
    if (m_impl->context && workers > 1) {
        // A library without threads refuses this and compresses in the calling one.
        ZSTD_CCtx_setParameter(m_impl->context.get(), ZSTD_c_nbWorkers, static_cast<int>(workers));
    }
}

ZstdCompressor::ZstdCompressor(ZstdCompressor&&) noexcept = default;
ZstdCompressor::~ZstdCompressor() = default;

Outcome<void> ZstdCompressor::write(ByteView bytes, bool last) {
    if (!m_impl->context) {
        return fail(Code::CryptoFailed);
    }
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    std::size_t left = 0;
    do {
        ZSTD_outBuffer out{m_impl->buffer.data(), m_impl->buffer.size(), 0};
        left = ZSTD_compressStream2(m_impl->context.get(), &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
        if (ZSTD_isError(left)) {
            return fail(Code::CryptoFailed);
        }
        if (out.pos > 0) {
            if (Outcome<void> given = m_impl->out(ByteView(m_impl->buffer.data(), out.pos)); !given) {
                return given;
            }
        }
    } while (last ? left != 0 : in.pos < in.size);
    return {};
}

struct ZstdExpander::Impl {
    std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context{ZSTD_createDCtx(), ZSTD_freeDCtx};
    Bytes buffer = Bytes(ZSTD_DStreamOutSize());
    BytesOut out;
    std::uint64_t left = 0;
    std::size_t hint = 1; ///< 0 exactly at the end of a frame
};

ZstdExpander::ZstdExpander(std::uint64_t size, BytesOut out) : m_impl(std::make_unique<Impl>()) {
    m_impl->out = std::move(out);
    m_impl->left = size;
}

ZstdExpander::ZstdExpander(ZstdExpander&&) noexcept = default;
ZstdExpander::~ZstdExpander() = default;

Outcome<void> ZstdExpander::write(ByteView bytes) {
    if (!m_impl->context) {
        return fail(Code::CryptoFailed);
    }
    ZSTD_inBuffer in{bytes.data(), bytes.size(), 0};
    bool full = false;
    while (in.pos < in.size || full) {
        ZSTD_outBuffer out{m_impl->buffer.data(), m_impl->buffer.size(), 0};
        const std::size_t before = in.pos;
        m_impl->hint = ZSTD_decompressStream(m_impl->context.get(), &out, &in);
        if (ZSTD_isError(m_impl->hint) || (out.pos == 0 && in.pos == before && !full)) {
            return fail(Code::AuthAltered);
        }
        if (out.pos > m_impl->left) {
            return fail(Code::PackageTooLarge);
        }
        m_impl->left -= out.pos;
        if (out.pos > 0) {
            if (Outcome<void> given = m_impl->out(ByteView(m_impl->buffer.data(), out.pos)); !given) {
                return given;
            }
        }
        full = out.pos == out.size && m_impl->hint != 0; // the library may hold more without taking input
    }
    return {};
}

Outcome<void> ZstdExpander::finish() {
    return m_impl->hint == 0 && m_impl->left == 0 ? Outcome<void>() : fail(Code::AuthTruncated);
}

} // namespace sealwright::package
