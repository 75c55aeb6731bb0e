#pragma once
#include "crypto/keys/derive.h"

#include <memory>

// Segment streams (FORMAT.md §6): AES-256-GCM, 1 MiB segments, nonce = counter(11) || last(1).
namespace sealwright::crypto {

inline constexpr std::size_t segmentSize = 1u << 20;
inline constexpr std::size_t segmentTag = 16;
inline constexpr std::uint64_t maxSegments = std::uint64_t{1} << 32;

/// One segment's cipher: keeps its context, one a worker. Framing is the caller's.
class SegmentCipher {
public:
    static Result<SegmentCipher> make(const SecretBytes& payloadKey);
    SegmentCipher(SegmentCipher&&) noexcept;
    SegmentCipher& operator=(SegmentCipher&&) noexcept;
    ~SegmentCipher();
    /// `out` has plaintext.size() + 16 bytes; in place is allowed where out.data() == plaintext.data().
    Result<void> seal(std::uint64_t counter, bool last, ByteView plaintext, MutableBytes out);
    /// `out` has stored.size() - 16 bytes; wiped on failure. NotAuthentic; where the segment is authentic but the other
    /// kind, Truncated (`last` was expected: the stream ends early) or TrailingData (it goes on after its last).
    Result<void> open(std::uint64_t counter, bool last, ByteView stored, MutableBytes out);

private:
    struct Impl;
    explicit SegmentCipher(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Frames a plaintext of any length into stored segments, in order. Errors are sticky; only finish() completes;
/// dropping it leaves a stream without a last segment, which no reader accepts.
class StreamSealer {
public:
    /// Called with whole stored segments in order; false stops with LibraryFailure: why, the sink knows.
    using Sink = bool (*)(void* context, ByteView stored);
    static Result<StreamSealer> make(const SecretBytes& payloadKey, Sink sink, void* context);
    StreamSealer(StreamSealer&&) noexcept;
    StreamSealer& operator=(StreamSealer&&) noexcept;
    ~StreamSealer();
    Result<void> write(ByteView plaintext);
    Result<void> finish();

private:
    struct Impl;
    explicit StreamSealer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// The other way: stored bytes in, of any cut; plaintext of authenticated segments out. Truncated, TrailingData,
/// NotAuthentic; what was released before an error must be withdrawn by the caller.
class StreamOpener {
public:
    using Sink = bool (*)(void* context, ByteView plaintext);
    static Result<StreamOpener> make(const SecretBytes& payloadKey, Sink sink, void* context);
    StreamOpener(StreamOpener&&) noexcept;
    StreamOpener& operator=(StreamOpener&&) noexcept;
    ~StreamOpener();
    Result<void> write(ByteView stored);
    Result<void> finish();

private:
    struct Impl;
    explicit StreamOpener(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace sealwright::crypto
