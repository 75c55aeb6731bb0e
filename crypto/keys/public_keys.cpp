#include "crypto/keys/public_keys.h"

#include "crypto/base/b64.h"
#include "crypto/primitives/pem.h"
#include "crypto/primitives/sha256.h"

#include <algorithm>

namespace sealwright::crypto {

namespace {

constexpr std::array<Byte, 3> exponent65537 = {1, 0, 1};

std::string thumbprint(const JsonObject& requiredMembers) {
    return b64Encode(sha256(asBytes(writeControlJson(Json(requiredMembers)))));
}

} // namespace

Result<RecipientKey> RecipientKey::fromModulus(ByteView modulus, ByteView exponent) {
    const bool rightSize = modulus.size() == 384 || modulus.size() == 512;
    if (!rightSize || modulus.front() < 0x80 || modulus.back() % 2 == 0 ||
        !std::equal(exponent.begin(), exponent.end(), exponent65537.begin(), exponent65537.end())) {
        return fail(Error::BadKey);
    }
    RecipientKey key;
    key.modulus.assign(modulus.begin(), modulus.end());
    key.kid = thumbprint({{"e", b64Encode(exponent)}, {"kty", "RSA"}, {"n", b64Encode(modulus)}});
    return key;
}

Result<VerificationKey> VerificationKey::fromRaw(ByteView x) {
    VerificationKey key;
    if (x.size() != key.x.size()) {
        return fail(Error::BadKey);
    }
    std::copy(x.begin(), x.end(), key.x.begin());
    key.kid = thumbprint({{"crv", "Ed25519"}, {"kty", "OKP"}, {"x", b64Encode(x)}});
    return key;
}

Result<JwkSet> publicKeyFromPem(std::string_view pem) {
    const auto numbers = publicNumbersFromPem(pem);
    if (!numbers) {
        return numbers.failed();
    }
    JwkSet set;
    if (numbers->rsa) {
        auto key = RecipientKey::fromModulus(numbers->rsa->modulus, numbers->rsa->exponent);
        if (!key) {
            return key.failed();
        }
        set.enc.push_back(std::move(key).value());
    } else {
        auto key = VerificationKey::fromRaw(*numbers->ed25519);
        if (!key) {
            return key.failed();
        }
        set.sig.push_back(std::move(key).value());
    }
    return set;
}

} // namespace sealwright::crypto
