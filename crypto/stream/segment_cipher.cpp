#include "crypto/stream/segment_nonce.h"
#include "crypto/stream/segments.h"

namespace sealwright::crypto {

struct SegmentCipher::Impl {
    std::unique_ptr<Aead> aead;
};

SegmentCipher::SegmentCipher(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
SegmentCipher::SegmentCipher(SegmentCipher&&) noexcept = default;
SegmentCipher& SegmentCipher::operator=(SegmentCipher&&) noexcept = default;
SegmentCipher::~SegmentCipher() = default;

Result<SegmentCipher> SegmentCipher::make(const SecretBytes& payloadKey) {
    if (payloadKey.size() != 32) {
        return fail(Error::BadKey);
    }
    auto impl = std::make_unique<Impl>();
    impl->aead = makeAes256Gcm(payloadKey);
    if (!impl->aead) {
        return fail(Error::LibraryFailure);
    }
    return SegmentCipher(std::move(impl));
}

Result<void> SegmentCipher::seal(std::uint64_t counter, bool last, ByteView plaintext, MutableBytes out) {
    if (counter >= maxSegments || plaintext.size() > segmentSize || out.size() != plaintext.size() + segmentTag) {
        return fail(Error::LimitReached);
    }
    if (!m_impl->aead->seal(segmentNonce(counter, last), {}, plaintext, out.data())) {
        wipe(out);
        return fail(Error::LibraryFailure);
    }
    return {};
}

Result<void> SegmentCipher::open(std::uint64_t counter, bool last, ByteView stored, MutableBytes out) {
    if (counter >= maxSegments || stored.size() > segmentSize + segmentTag) {
        return fail(Error::LimitReached);
    }
    if (stored.size() < segmentTag) {
        return fail(Error::Truncated);
    }
    if (out.size() != stored.size() - segmentTag) {
        return fail(Error::LimitReached);
    }
    if (m_impl->aead->open(segmentNonce(counter, last), {}, stored, out.data())) {
        return {};
    }
    if (m_impl->aead->open(segmentNonce(counter, !last), {}, stored, out.data())) {
        wipe(out);
        return fail(last ? Error::Truncated : Error::TrailingData);
    }
    return fail(Error::NotAuthentic);
}

} // namespace sealwright::crypto
