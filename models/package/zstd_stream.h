#pragma once
#include "crypto/base/bytes.h"
#include "models/domain/failure.h"

#include <functional>
#include <memory>

// zstd over one payload (FORMAT.md §6), in pieces, in constant memory.
namespace sealwright::package {

/// Takes bytes that came out; an error ends the stream.
using BytesOut = std::function<Outcome<void>(ByteView)>;

/// No stream of `size` bytes becomes longer than this.
std::uint64_t compressedAtMost(std::uint64_t size);

/// One frame of the usual level. `workers` threads help where the library can.
class ZstdCompressor {
public:
    ZstdCompressor(unsigned workers, BytesOut out);
    ZstdCompressor(ZstdCompressor&&) noexcept;
    ~ZstdCompressor();
    Outcome<void> write(ByteView bytes, bool last);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// Gives out exactly `size` bytes: PackageTooLarge as soon as there would be more, AuthTruncated where there are fewer
/// or the frame does not end, AuthAltered where it is no zstd. None of them names the file; the caller does.
class ZstdExpander {
public:
    ZstdExpander(std::uint64_t size, BytesOut out);
    ZstdExpander(ZstdExpander&&) noexcept;
    ~ZstdExpander();
    Outcome<void> write(ByteView bytes);
    Outcome<void> finish();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace sealwright::package
