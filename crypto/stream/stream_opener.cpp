#include "crypto/stream/segments.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace sealwright::crypto {

namespace {

constexpr std::size_t storedSegment = segmentSize + segmentTag;

} // namespace

struct StreamOpener::Impl {
    SegmentCipher cipher;
    Sink sink;
    void* context;
    Bytes stored; // the segment under way
    SecretBytes plaintext;
    std::size_t held = 0;
    std::uint64_t counter = 0;
    std::optional<Error> broken; // sticky; also set by finish(), after which nothing may follow

    Result<void> stop(Error reason) {
        broken = reason;
        plaintext.wipe();
        return fail(reason);
    }

    Result<void> open(bool last) {
        const ByteView segment = ByteView(stored).first(held);
        if (held < segmentTag) {
            return stop(Error::Truncated);
        }
        // Empty is only the one segment of an empty plaintext.
        if (held == segmentTag && counter > 0) {
            return stop(Error::NotAuthentic);
        }
        const MutableBytes out = plaintext.revealMutable().first(held - segmentTag);
        if (const auto opened = cipher.open(counter, last, segment, out); !opened) {
            return stop(opened.error());
        }
        if (!sink(context, out)) {
            return stop(Error::LibraryFailure);
        }
        ++counter;
        held = 0;
        return {};
    }
};

StreamOpener::StreamOpener(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
StreamOpener::StreamOpener(StreamOpener&&) noexcept = default;
StreamOpener& StreamOpener::operator=(StreamOpener&&) noexcept = default;
StreamOpener::~StreamOpener() = default;

Result<StreamOpener> StreamOpener::make(const SecretBytes& payloadKey, Sink sink, void* context) {
    auto cipher = SegmentCipher::make(payloadKey);
    if (!cipher) {
        return cipher.failed();
    }
    return StreamOpener(std::unique_ptr<Impl>(new Impl{std::move(cipher).value(), sink, context, Bytes(storedSegment),
                                                       SecretBytes(segmentSize), 0, 0, std::nullopt}));
}

Result<void> StreamOpener::write(ByteView stored) {
    Impl& my = *m_impl;
    if (my.broken) {
        return fail(*my.broken);
    }
    while (!stored.empty()) {
        // A whole segment is held back until another byte shows that it is not the last.
        if (my.held == storedSegment) {
            if (auto opened = my.open(false); !opened) {
                return opened;
            }
        }
        const std::size_t part = std::min(stored.size(), storedSegment - my.held);
        std::memcpy(my.stored.data() + my.held, stored.data(), part);
        my.held += part;
        stored = stored.subspan(part);
    }
    return {};
}

Result<void> StreamOpener::finish() {
    Impl& my = *m_impl;
    if (my.broken) {
        return fail(*my.broken);
    }
    if (auto opened = my.open(true); !opened) {
        return opened;
    }
    my.broken = Error::TrailingData;
    return {};
}

} // namespace sealwright::crypto
