#include "crypto/base/b64.h"
#include "crypto/jose/compact.h"
#include "crypto/jose/jws.h"
#include "crypto/primitives/aead.h"
#include "crypto/primitives/random.h"

namespace sealwright::crypto {

namespace {

constexpr std::string_view algorithm = "RSA-OAEP-256";
constexpr std::string_view encryption = "A256GCM";
constexpr std::size_t jweParts = 5;

} // namespace

Result<std::string> encryptJwe(const SecretBytes& plaintext, const RecipientKey& recipient) {
    if (plaintext.size() > maxDocument) {
        return fail(Error::LimitReached);
    }
    SecretBytes contentKey(32);
    fillRandom(contentKey.revealMutable());
    const auto wrapped = wrapKey(contentKey, recipient);
    if (!wrapped) {
        return wrapped.failed();
    }
    const std::string header = writeHeader({{"alg", algorithm}, {"enc", encryption}, {"kid", recipient.kid}});
    std::array<Byte, aeadNonce> nonce{};
    fillRandom(nonce);
    Bytes sealed(plaintext.size() + aeadTag);
    const auto aead = makeAes256Gcm(contentKey);
    if (!aead || !aead->seal(nonce, asBytes(header), plaintext.reveal(), sealed.data())) {
        return fail(Error::LibraryFailure);
    }
    const ByteView all(sealed);
    return header + '.' + *wrapped + '.' + b64Encode(nonce) + '.' + b64Encode(all.first(plaintext.size())) + '.' +
           b64Encode(all.last(aeadTag));
}

Result<SecretBytes> decryptJwe(std::string_view jwe, const DecryptionKey& key) {
    const auto split = splitCompact(jwe, jweParts, maxJwe);
    if (!split) {
        return split.failed();
    }
    const auto& parts = *split;
    const auto header = readHeader(parts[0], algorithm, "enc");
    if (!header) {
        return header.failed();
    }
    if (header->third != encryption) {
        return fail(Error::BadHeader);
    }
    if (header->kid != key.kid()) {
        return fail(Error::UnknownKey);
    }
    const auto nonce = b64Decode(parts[2]);
    auto sealed = b64Decode(parts[3]);
    const auto tag = b64Decode(parts[4]);
    if (!nonce || !sealed || !tag || nonce->size() != aeadNonce || tag->size() != aeadTag) {
        return fail(Error::BadEncoding);
    }
    const auto contentKey = key.unwrap(parts[1]);
    if (!contentKey) {
        return contentKey.failed();
    }
    SecretBytes plaintext(sealed->size());
    sealed->insert(sealed->end(), tag->begin(), tag->end());
    const auto aead = makeAes256Gcm(*contentKey);
    if (!aead || !aead->open(*nonce, asBytes(parts[0]), *sealed, plaintext.revealMutable().data())) {
        return fail(Error::UnwrapFailed);
    }
    return plaintext;
}

Result<std::string> claimedRecipient(std::string_view jwe) {
    const auto split = splitCompact(jwe, jweParts, maxJwe);
    if (!split) {
        return split.failed();
    }
    auto header = readHeader(split->front(), algorithm, "enc");
    if (!header) {
        return header.failed();
    }
    return std::move(header->kid);
}

} // namespace sealwright::crypto
