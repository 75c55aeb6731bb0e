#pragma once

namespace sealwright::crypto {

/// Known answers of every primitive (AES-256-GCM, ChaCha20-Poly1305, AES-SIV, FF1's AES, HKDF, HMAC, SHA-256, Ed25519,
/// OAEP round trip); a few milliseconds. False means the crypto library computes wrong results: refuse to run.
bool selfTest();

} // namespace sealwright::crypto
