#pragma once
#include "crypto/keys/derive.h"
#include "crypto/keys/private_keys.h"
#include "tests/support/vectors.h"

// What a case of the vectors file does not say: DEK, run id, dataset id, and the TEST KEYS by their kid.
namespace sealwright::tests {

inline crypto::SecretBytes vectorDek() {
    return secret(text(vectors(), "dek"));
}

inline crypto::RunId runId(const std::string& encoded) {
    crypto::RunId run{};
    const Bytes bytes = b64(encoded);
    if (bytes.size() != run.size()) {
        throw std::runtime_error("no run id: " + encoded);
    }
    std::copy(bytes.begin(), bytes.end(), run.begin());
    return run;
}

inline crypto::RunId vectorRun() {
    return runId(text(vectors(), "run_id"));
}

inline crypto::Mode modeOf(const std::string& letter) {
    return static_cast<crypto::Mode>(letter.at(0));
}

/// As FORMAT.md §1 derives it for the mode, from the file's DEK, run and dataset.
inline crypto::SecretBytes vectorFieldKey(crypto::Mode mode, const std::string& path) {
    if (mode == crypto::Mode::Gcm || mode == crypto::Mode::ChaCha) {
        return crypto::deriveFieldKey(vectorDek(), vectorRun(), mode, path);
    }
    return crypto::deriveJoinFieldKey(vectorDek(), text(vectors(), "dataset_id"), mode, path);
}

inline crypto::SecretBytes vectorPkcs8(const std::string& kid) {
    for (const Vector& key : vectors().at("keys")) {
        if (key.contains("pkcs8_pem") && key.at("kid") == kid) {
            return crypto::decryptPkcs8Pem(text(key, "pkcs8_pem"), {}).value();
        }
    }
    throw std::runtime_error("no such key: " + kid);
}

inline crypto::DecryptionKey vectorDecryptionKey(const std::string& kid) {
    return crypto::DecryptionKey::fromPkcs8(vectorPkcs8(kid)).value();
}

inline crypto::SigningKey vectorSigningKey(const std::string& kid) {
    return crypto::SigningKey::fromPkcs8(vectorPkcs8(kid)).value();
}

} // namespace sealwright::tests
