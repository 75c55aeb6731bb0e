#include "crypto/base/b64.h"
#include "crypto/keys/public_keys.h"

namespace sealwright::crypto {

namespace {

constexpr std::string_view rsaExponent = "AQAB";

// The text of a member, or nothing where there is none or it is no text.
std::string_view text(const Json& jwk, std::string_view name) {
    const Json* member = jwk.find(name);
    return member && member->string() ? std::string_view(*member->string()) : std::string_view();
}

Result<void> readRsa(const Json& jwk, JwkSet& into) {
    const auto modulus = b64Decode(text(jwk, "n"));
    const auto exponent = b64Decode(text(jwk, "e"));
    if (!modulus || !exponent) {
        return fail(Error::BadEncoding);
    }
    auto key = RecipientKey::fromModulus(*modulus, *exponent);
    if (!key || key->kid != text(jwk, "kid")) {
        return fail(Error::BadKey);
    }
    into.enc.push_back(std::move(key).value());
    return {};
}

Result<void> readEd25519(const Json& jwk, JwkSet& into) {
    const auto x = b64Decode(text(jwk, "x"));
    if (!x) {
        return fail(Error::BadEncoding);
    }
    auto key = VerificationKey::fromRaw(*x);
    if (!key || key->kid != text(jwk, "kid")) {
        return fail(Error::BadKey);
    }
    into.sig.push_back(std::move(key).value());
    return {};
}

// All six members of either kind are required, so six known names leave no room for another.
Result<void> read(const Json& jwk, JwkSet& into) {
    const JsonObject* members = jwk.object();
    if (!members) {
        return fail(Error::BadEncoding);
    }
    const bool rsa = text(jwk, "kty") == "RSA" && text(jwk, "use") == "enc" && text(jwk, "alg") == "RSA-OAEP-256" &&
                     jwk.find("n") && jwk.find("e");
    const bool ed25519 = text(jwk, "kty") == "OKP" && text(jwk, "use") == "sig" && text(jwk, "alg") == "EdDSA" &&
                         text(jwk, "crv") == "Ed25519" && jwk.find("x");
    const std::size_t expected = 6;
    if ((!rsa && !ed25519) || members->size() != expected || !jwk.find("kid")) {
        return fail(Error::BadKey);
    }
    return rsa ? readRsa(jwk, into) : readEd25519(jwk, into);
}

} // namespace

Result<JwkSet> jwkFromJson(const Json& jwk) {
    JwkSet set;
    if (auto done = read(jwk, set); !done) {
        return done.failed();
    }
    return set;
}

Result<JwkSet> jwkSetFromJson(const Json& set) {
    const Json* keys = set.find("keys");
    if (!keys || !keys->array()) {
        return fail(Error::BadEncoding);
    }
    if (set.object()->size() != 1) {
        return fail(Error::BadKey);
    }
    JwkSet out;
    for (const Json& jwk : *keys->array()) {
        if (auto done = read(jwk, out); !done) {
            return done.failed();
        }
    }
    return out;
}

Json toJson(const RecipientKey& key) {
    return JsonObject{
        {"kty", "RSA"},    {"use", "enc"}, {"alg", "RSA-OAEP-256"}, {"kid", key.kid}, {"n", b64Encode(key.modulus)},
        {"e", rsaExponent}};
}

Json toJson(const VerificationKey& key) {
    return JsonObject{{"kty", "OKP"},   {"use", "sig"},     {"alg", "EdDSA"},
                      {"kid", key.kid}, {"crv", "Ed25519"}, {"x", b64Encode(key.x)}};
}

Json toJson(const JwkSet& set) {
    JsonArray keys;
    for (const auto& key : set.enc) {
        keys.push_back(toJson(key));
    }
    for (const auto& key : set.sig) {
        keys.push_back(toJson(key));
    }
    return JsonObject{{"keys", std::move(keys)}};
}

} // namespace sealwright::crypto
