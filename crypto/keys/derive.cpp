#include "crypto/keys/derive.h"

#include "crypto/primitives/hkdf.h"
#include "crypto/primitives/random.h"
#include "crypto/primitives/sha256.h"

namespace sealwright::crypto {

namespace {

constexpr std::size_t keySize = 32;

std::string label(std::string_view use) {
    return "sealwright/v1/" + std::string(use);
}

std::string fieldInfo(Mode mode, std::string_view name) {
    std::string info = label("field");
    info += '\0';
    info += static_cast<char>(mode);
    info += '\0';
    info += name;
    return info;
}

SecretBytes derive(const SecretBytes& from, ByteView salt, std::string_view info, std::size_t length) {
    return hkdfSha256(from.reveal(), salt, asBytes(info), length);
}

Bytes published(const SecretBytes& value) {
    return Bytes(value.reveal().begin(), value.reveal().end());
}

} // namespace

RunId freshRunId() {
    RunId run{};
    fillRandom(run);
    return run;
}

SecretBytes freshDek() {
    SecretBytes dek(keySize);
    fillRandom(dek.revealMutable());
    return dek;
}

SecretBytes deriveFieldKey(const SecretBytes& dek, const RunId& run, Mode mode, std::string_view path) {
    return derive(dek, run, fieldInfo(mode, path), keySize);
}

SecretBytes deriveJoinFieldKey(const SecretBytes& j, std::string_view domain, Mode mode, std::string_view name) {
    std::string salted = label("join");
    salted += '\0';
    salted += domain;
    return derive(j, sha256(asBytes(salted)), fieldInfo(mode, name), mode == Mode::Siv ? 2 * keySize : keySize);
}

SecretBytes derivePayloadKey(const SecretBytes& dek, const RunId& run, std::string_view payloadName) {
    std::string info = label("payload");
    info += '\0';
    info += payloadName;
    return derive(dek, run, info, keySize);
}

SecretBytes deriveSourceKey(const SecretBytes& dek, const RunId& run) {
    return derive(dek, run, label("source"), keySize);
}

Bytes commitment(const SecretBytes& dek, const RunId& run) {
    return published(derive(dek, run, label("commit"), keySize));
}

Bytes joinCommitment(const SecretBytes& joinKey, std::string_view id) {
    return published(derive(joinKey, asBytes(id), label("join-commit"), keySize));
}

Bytes fieldCommitment(const SecretBytes& fieldKey, const RunId& run) {
    return published(derive(fieldKey, run, label("field-commit"), keySize));
}

} // namespace sealwright::crypto
