#include "tests/fuzz/known_keys.h"
#include "tests/fuzz/target.h"

// Signed documents. The first byte of an input chooses what it is: a JWS, a JWS with a detached payload behind it, or a
// header and a payload that are signed here, so that what comes after the signature is reached too.
namespace sealwright::fuzz {
namespace {

using namespace crypto;

constexpr std::string_view typ = "sealwright-manifest";

/// The texts between a compact JWS's dots: header, payload, signature.
std::vector<std::string_view> dotted(std::string_view jws) {
    const std::size_t first = jws.find('.'), last = jws.rfind('.');
    return {jws.substr(0, first), jws.substr(first + 1, last - first - 1), jws.substr(last + 1)};
}

/// A header of exactly three members, as FORMAT.md §5 has it.
void headerIsSound(std::string_view encoded, std::string_view kid) {
    const auto bytes = b64Decode(encoded);
    must(bytes.ok(), "a header is b64");
    const auto header = parseControlJson(asText(*bytes));
    must(header && header->object() && header->object()->size() == 3, "a header has three members");
    const auto is = [&](const char* name, std::string_view value) {
        const Json* member = header->find(name);
        return member && member->string() && *member->string() == value;
    };
    must(is("alg", "EdDSA") && is("typ", typ) && is("kid", kid), "alg, typ and kid are what they must be");
}

/// `payload` as it was signed. Ed25519 signs the same in the same way: what is accepted is what the key's owner made.
void acceptedRightly(std::string_view jws, std::string_view payload, const std::string& kid) {
    const auto parts = dotted(jws);
    headerIsSound(parts[0], kid);
    const std::string input = std::string(parts[0]) + "." + b64Encode(asBytes(payload));
    must(b64Encode(signer(kid).sign(asBytes(input))) == parts[2], "the signature is its signer's own");
    must(claimedSigner(jws) && *claimedSigner(jws) == kid, "who signed is who is claimed to have");
}

void attached(std::string_view jws) {
    const auto keys = knownSigners();
    const auto verified = verifyJws(jws, typ, keys);
    if (!verified)
        return;
    acceptedRightly(jws, verified->payload, verified->kid);
    must(!verifyJws(jws, "sealwright-job", keys), "another typ is refused");
    must(!verifyJws(jws, typ, {}), "an unknown signer is refused");
    must(!verifyJws(withBitTurned(jws, sumOf(jws)), typ, keys), "a bit turned is noticed");
    must(!verifyDetached(jws, typ, verified->payload, keys), "an attached payload is not a detached one");
}

void detached(std::string_view jws, std::string_view payload) {
    const auto keys = knownSigners();
    const auto kid = verifyDetached(jws, typ, payload, keys);
    if (!kid)
        return;
    acceptedRightly(jws, payload, *kid);
    must(!verifyDetached(withBitTurned(jws, sumOf(jws)), typ, payload, keys), "a bit turned is noticed");
    must(!verifyDetached(jws, typ, std::string(payload) + " ", keys), "another payload is refused");
}

void check(std::string_view input) {
    Choices choices(input);
    const unsigned choice = choices.byte() % 3;
    const auto parts = partsOf(choices.rest());
    const std::string_view second = parts.size() > 1 ? parts[1] : std::string_view();
    if (choice == 0) {
        attached(choices.rest());
    } else if (choice == 1) {
        detached(parts[0], second);
    } else {
        const std::string header = b64Encode(asBytes(parts[0])), payload = b64Encode(asBytes(second));
        const auto signature = signer(machineSigKid).sign(asBytes(header + "." + payload));
        attached(header + "." + payload + "." + b64Encode(signature));
        detached(header + ".." + b64Encode(signature), second);
    }
}

const Registered registered({"jws", check, "ey{}\":,AadgS-_.w\x1e", 20});

} // namespace
} // namespace sealwright::fuzz
