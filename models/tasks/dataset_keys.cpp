#include "models/tasks/dataset_files.h"

#include "crypto/primitives/random.h"

#include <array>

namespace sealwright {

namespace {

const RecipientSlot* slotOf(const std::vector<RecipientSlot>& slots, const std::string& kid) {
    for (const RecipientSlot& slot : slots)
        if (slot.kid == kid && slot.alg == "RSA-OAEP-256")
            return &slot;
    return nullptr;
}

} // namespace

pipeline::Keys DatasetKeys::view(const Manifest& manifest) const {
    pipeline::Keys keys;
    keys.dek = &dek;
    keys.version = manifest.keyVersion;
    keys.datasetId = manifest.datasetId;
    if (manifest.joinKey) {
        keys.joinKey = &joinKey;
        keys.joinVersion = manifest.joinKey->version;
    }
    return keys;
}

Outcome<DatasetKeys> unwrapFor(const Manifest& manifest, const crypto::DecryptionKey& key) {
    const RecipientSlot* slot = slotOf(manifest.recipients, key.kid());
    if (!slot)
        return fail(Failure(Code::KeyNotForThis, {key.kid()}));
    DatasetKeys keys;
    auto dek = key.unwrap(slot->wrappedKey);
    if (!dek)
        return fail(Failure(Code::KeyNotForThis, {key.kid()}));
    keys.dek = std::move(*dek);
    if (manifest.joinKey) {
        const RecipientSlot* joinSlot = slotOf(manifest.joinKey->recipients, key.kid());
        auto joinKey = joinSlot ? key.unwrap(joinSlot->wrappedKey) : crypto::fail(crypto::Error::UnwrapFailed);
        if (!joinKey)
            return fail(Failure(Code::KeyNotForThis, {key.kid()}));
        keys.joinKey = std::move(*joinKey);
    }
    return keys;
}

std::string freshUuid() {
    std::array<Byte, 16> bytes{};
    crypto::fillRandom(bytes);
    bytes[6] = static_cast<Byte>((bytes[6] & 0x0f) | 0x40); // version 4
    bytes[8] = static_cast<Byte>((bytes[8] & 0x3f) | 0x80); // variant of RFC 9562
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            text.push_back('-');
        text.push_back(digits[bytes[i] >> 4]);
        text.push_back(digits[bytes[i] & 15]);
    }
    return text;
}

} // namespace sealwright
