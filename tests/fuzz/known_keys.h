#pragma once
#include "crypto/base/b64.h"
#include "crypto/jose/jws.h"
#include "crypto/keys/derive.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

// The TEST KEYS of the known answers, by kid, read with the product's own parser: fuzz targets are built without any
// other.
namespace sealwright::fuzz {

inline constexpr std::string_view machineEncKid = "Bo6GTaiUf8_N_gVCMVCn5DSX55lGIWJAFlK7pzpsSh8";
inline constexpr std::string_view machineSigKid = "7SxZbcRalDfpi9NL4dQgmsRAGU-AoVllNtjPkHN4-Aw";
inline constexpr std::string_view platformSigKid = "qsnTW9VJVBwqpNlQ4hrnjcM-1MFNciawMZqZCCix9w8";
inline constexpr std::string_view anotherSigKid = "Lmml3957vLcr1GUEoRtYseJqBgYhvGqo_dz0kSa8lzA";

inline const crypto::Json& knownAnswers() {
    static const crypto::Json document = [] {
        std::ifstream file(SEALWRIGHT_TEST_DATA "/sealwright-v1.json", std::ios::binary);
        const std::string text((std::istreambuf_iterator<char>(file)), {});
        auto read = crypto::parseControlJson(text, text.size());
        if (!read)
            throw std::runtime_error("the known answers cannot be read");
        return std::move(read).value();
    }();
    return document;
}

inline crypto::SecretBytes knownPkcs8(std::string_view kid) {
    for (const crypto::Json& key : *knownAnswers().find("keys")->array()) {
        const crypto::Json* pem = key.find("pkcs8_pem");
        if (pem && *key.find("kid")->string() == kid)
            return crypto::decryptPkcs8Pem(*pem->string(), {}).value();
    }
    throw std::runtime_error("no such key");
}

inline const crypto::DecryptionKey& machineKey() {
    static const auto key = crypto::DecryptionKey::fromPkcs8(knownPkcs8(machineEncKid)).value();
    return key;
}

/// Only kids of the list above.
inline const crypto::SigningKey& signer(std::string_view kid) {
    static const std::vector<crypto::SigningKey> keys = [] {
        std::vector<crypto::SigningKey> all;
        for (const std::string_view one : {machineSigKid, platformSigKid, anotherSigKid})
            all.push_back(crypto::SigningKey::fromPkcs8(knownPkcs8(one)).value());
        return all;
    }();
    return *std::find_if(keys.begin(), keys.end(), [&](const auto& key) { return key.kid() == kid; });
}

inline std::vector<crypto::VerificationKey> knownSigners() {
    return {signer(machineSigKid).publicKey(), signer(platformSigKid).publicKey(), signer(anotherSigKid).publicKey()};
}

inline crypto::SecretBytes knownDek() {
    return crypto::SecretBytes(crypto::b64Decode(*knownAnswers().find("dek")->string()).value());
}

inline crypto::RunId knownRun() {
    const Bytes bytes = crypto::b64Decode(*knownAnswers().find("run_id")->string()).value();
    crypto::RunId run{};
    std::copy(bytes.begin(), bytes.end(), run.begin());
    return run;
}

} // namespace sealwright::fuzz
