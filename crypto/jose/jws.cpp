#include "crypto/jose/jws.h"

#include "crypto/base/b64.h"
#include "crypto/jose/compact.h"
#include "crypto/primitives/ed25519.h"

namespace sealwright::crypto {

namespace {

constexpr std::string_view algorithm = "EdDSA";

std::string joined(std::string_view header, std::string_view payloadB64) {
    std::string text;
    text.reserve(header.size() + 1 + payloadB64.size());
    text += header;
    text += '.';
    text += payloadB64;
    return text;
}

struct Signed {
    std::string input; // header.payload, what the signature covers
    std::string signature;
};

Signed sign(std::string_view typ, std::string_view payload, const SigningKey& key) {
    const std::string header = writeHeader({{"alg", algorithm}, {"kid", key.kid()}, {"typ", typ}});
    Signed out;
    out.input = joined(header, b64Encode(asBytes(payload)));
    out.signature = b64Encode(key.sign(asBytes(out.input)));
    return out;
}

// `parts` are header, payload and signature, the payload as it stands in what was signed.
Result<std::string> verify(std::string_view header, std::string_view payloadB64, std::string_view signatureB64,
                           std::string_view typ, const std::vector<VerificationKey>& keys) {
    const auto read = readHeader(header, algorithm, "typ");
    if (!read) {
        return read.failed();
    }
    if (read->third != typ) {
        return fail(Error::BadHeader);
    }
    const auto signature = b64Decode(signatureB64);
    if (!signature) {
        return signature.failed();
    }
    for (const VerificationKey& key : keys) {
        if (key.kid != read->kid) {
            continue;
        }
        if (!ed25519Verify(key.x, asBytes(joined(header, payloadB64)), *signature)) {
            return fail(Error::BadSignature);
        }
        return read->kid;
    }
    return fail(Error::UnknownKey);
}

constexpr std::size_t jwsParts = 3;

} // namespace

std::string signJws(std::string_view typ, std::string_view payload, const SigningKey& key) {
    Signed done = sign(typ, payload, key);
    return joined(done.input, done.signature);
}

std::string signDetached(std::string_view typ, std::string_view payload, const SigningKey& key) {
    const Signed done = sign(typ, payload, key);
    const std::string_view header = std::string_view(done.input).substr(0, done.input.find('.'));
    return joined(joined(header, ""), done.signature);
}

Result<VerifiedJws> verifyJws(std::string_view jws, std::string_view typ, const std::vector<VerificationKey>& keys) {
    const auto parts = splitCompact(jws, jwsParts, maxJws);
    if (!parts) {
        return parts.failed();
    }
    const auto signer = verify((*parts)[0], (*parts)[1], (*parts)[2], typ, keys);
    if (!signer) {
        return signer.failed();
    }
    const auto payload = b64Decode((*parts)[1]);
    if (!payload) {
        return payload.failed();
    }
    return VerifiedJws{std::string(asText(*payload)), *signer};
}

Result<std::string> verifyDetached(std::string_view jws, std::string_view typ, std::string_view payload,
                                   const std::vector<VerificationKey>& keys) {
    const auto parts = splitCompact(jws, jwsParts, maxHeader * 2);
    if (!parts) {
        return parts.failed();
    }
    if (!(*parts)[1].empty()) {
        return fail(Error::BadEncoding);
    }
    return verify((*parts)[0], b64Encode(asBytes(payload)), (*parts)[2], typ, keys);
}

Result<std::string> claimedSigner(std::string_view jws) {
    const auto parts = splitCompact(jws, jwsParts, maxJws);
    if (!parts) {
        return parts.failed();
    }
    const auto header = readHeader((*parts)[0], algorithm, "typ");
    if (!header) {
        return header.failed();
    }
    return header->kid;
}

} // namespace sealwright::crypto
