#include "crypto/stream/segments.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace sealwright::crypto {

struct StreamSealer::Impl {
    SegmentCipher cipher;
    Sink sink;
    void* context;
    SecretBytes segment; // room for one plaintext segment and its tag, sealed in place
    std::size_t held = 0;
    std::uint64_t counter = 0;
    std::optional<Error> broken; // sticky; also set by finish(), after which nothing may follow

    Result<void> stop(Error reason) {
        broken = reason;
        segment.wipe();
        return fail(reason);
    }

    Result<void> flush(bool last) {
        const MutableBytes out = segment.revealMutable().first(held + segmentTag);
        const auto sealed = cipher.seal(counter, last, segment.reveal().first(held), out);
        if (!sealed) {
            return stop(sealed.error());
        }
        if (!sink(context, out)) {
            return stop(Error::LibraryFailure);
        }
        ++counter;
        held = 0;
        return {};
    }
};

StreamSealer::StreamSealer(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
StreamSealer::StreamSealer(StreamSealer&&) noexcept = default;
StreamSealer& StreamSealer::operator=(StreamSealer&&) noexcept = default;
StreamSealer::~StreamSealer() = default;

Result<StreamSealer> StreamSealer::make(const SecretBytes& payloadKey, Sink sink, void* context) {
    auto cipher = SegmentCipher::make(payloadKey);
    if (!cipher) {
        return cipher.failed();
    }
    return StreamSealer(std::unique_ptr<Impl>(
        new Impl{std::move(cipher).value(), sink, context, SecretBytes(segmentSize + segmentTag), 0, 0, std::nullopt}));
}

Result<void> StreamSealer::write(ByteView plaintext) {
    Impl& my = *m_impl;
    if (my.broken) {
        return fail(*my.broken);
    }
    while (!plaintext.empty()) {
        // A full segment is held back until another byte shows that it is not the last.
        if (my.held == segmentSize) {
            if (auto flushed = my.flush(false); !flushed) {
                return flushed;
            }
        }
        const std::size_t part = std::min(plaintext.size(), segmentSize - my.held);
        std::memcpy(my.segment.revealMutable().data() + my.held, plaintext.data(), part);
        my.held += part;
        plaintext = plaintext.subspan(part);
    }
    return {};
}

Result<void> StreamSealer::finish() {
    Impl& my = *m_impl;
    if (my.broken) {
        return fail(*my.broken);
    }
    if (auto flushed = my.flush(true); !flushed) {
        return flushed;
    }
    my.broken = Error::TrailingData;
    return {};
}

} // namespace sealwright::crypto
