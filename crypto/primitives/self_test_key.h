#pragma once
#include <string_view>

namespace sealwright::crypto {

/// TEST KEY, as published in tests/data/sealwright-v1.json: an RSA-3072 PKCS#8 in b64 that protects nothing. It is here
/// because a self-test of decryption needs a private key and cannot wait for a fresh one.
extern const std::string_view selfTestKey;
/// b64 of RSA-OAEP (SHA-256, MGF1 with SHA-256, no label) of the bytes 00, 01 … 1f to that key, made by another
/// program.
extern const std::string_view selfTestWrapped;

} // namespace sealwright::crypto
