#include "crypto/primitives/fatal.h"
#include "crypto/primitives/hmac.h"
#include "crypto/stream/digest.h"
#include "crypto/stream/segment_nonce.h"

#include <algorithm>
#include <cstring>

namespace sealwright::crypto {

struct SourceBlockTagger::Impl {
    std::unique_ptr<Aead> aead;
};

SourceBlockTagger::SourceBlockTagger(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
SourceBlockTagger::SourceBlockTagger(SourceBlockTagger&&) noexcept = default;
SourceBlockTagger& SourceBlockTagger::operator=(SourceBlockTagger&&) noexcept = default;
SourceBlockTagger::~SourceBlockTagger() = default;

Result<SourceBlockTagger> SourceBlockTagger::make(const SecretBytes& sourceKey) {
    if (sourceKey.size() != 32) {
        return fail(Error::BadKey);
    }
    auto impl = std::make_unique<Impl>();
    impl->aead = makeAes256Gcm(sourceKey);
    if (!impl->aead) {
        return fail(Error::LibraryFailure);
    }
    return SourceBlockTagger(std::move(impl));
}

std::array<Byte, 16> SourceBlockTagger::tag(std::uint64_t counter, bool last, ByteView block) {
    std::array<Byte, 16> tag{};
    if (!m_impl->aead->seal(segmentNonce(counter, last), block, {}, tag.data())) {
        libraryUnusable();
    }
    return tag;
}

struct SourceCheck::Impl {
    SourceBlockTagger tagger;
    HmacSha256 mac;
    SecretBytes held; // the block under way; made with the first byte
    std::size_t inBlock = 0;
    std::uint64_t blocks = 0;

    void add(const std::array<Byte, 16>& tag) {
        mac.update(tag);
        ++blocks;
        inBlock = 0;
    }
    void addHeld(bool last) { add(tagger.tag(blocks, last, held.reveal().first(inBlock))); }
};

SourceCheck::SourceCheck(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
SourceCheck::SourceCheck(SourceCheck&&) noexcept = default;
SourceCheck& SourceCheck::operator=(SourceCheck&&) noexcept = default;
SourceCheck::~SourceCheck() = default;

Result<SourceCheck> SourceCheck::make(const SecretBytes& sourceKey) {
    auto tagger = SourceBlockTagger::make(sourceKey);
    if (!tagger) {
        return tagger.failed();
    }
    return SourceCheck(
        std::unique_ptr<Impl>(new Impl{std::move(tagger).value(), HmacSha256(sourceKey.reveal()), {}, 0, 0}));
}

void SourceCheck::update(ByteView bytes) {
    Impl& my = *m_impl;
    if (my.held.empty() && !bytes.empty()) {
        my.held = SecretBytes(datasetBlock);
    }
    while (!bytes.empty()) {
        if (my.inBlock == datasetBlock) {
            my.addHeld(false);
        }
        const std::size_t part = std::min(bytes.size(), datasetBlock - my.inBlock);
        std::memcpy(my.held.revealMutable().data() + my.inBlock, bytes.data(), part);
        my.inBlock += part;
        bytes = bytes.subspan(part);
    }
}

void SourceCheck::addTag(const std::array<Byte, 16>& tag) {
    m_impl->add(tag);
}

Bytes SourceCheck::finish() {
    Impl& my = *m_impl;
    if (my.inBlock || my.blocks == 0) {
        my.addHeld(true);
    }
    const Sha256Digest value = my.mac.finish();
    return Bytes(value.begin(), value.end());
}

} // namespace sealwright::crypto
