#include "crypto/primitives/aead.h"
#include "tests/fuzz/known_keys.h"
#include "tests/fuzz/target.h"

// Sealed documents. The first byte of an input chooses what it is: a JWE; a header that is sealed under here, so that
// only the header can be wrong; or a plaintext.
namespace sealwright::fuzz {
namespace {

using namespace crypto;

/// What opens, opens only as it stands.
void opensOnlyAsItStands(std::string_view jwe, std::size_t choice) {
    must(!decryptJwe(withBitTurned(jwe, choice), machineKey()), "a bit turned is noticed");
    must(!decryptJwe(jwe.substr(0, choice % jwe.size()), machineKey()), "what is cut short is noticed");
}

void asItIs(std::string_view jwe) {
    if (const auto opened = decryptJwe(jwe, machineKey()))
        opensOnlyAsItStands(jwe, sumOf(jwe));
}

void underHeader(std::string_view header) {
    static const SecretBytes contentKey(32);
    static const std::string wrapped = wrapKey(contentKey, machineKey().publicKey()).value();
    const std::string encoded = b64Encode(asBytes(header));
    const Bytes nonce(aeadNonce);
    Bytes sealed(2 + aeadTag);
    must(makeAes256Gcm(contentKey)->seal(nonce, asBytes(encoded), asBytes("{}"), sealed.data()), "sealed");
    const ByteView all(sealed);
    const auto opened = decryptJwe(encoded + "." + wrapped + "." + b64Encode(nonce) + "." + b64Encode(all.first(2)) +
                                       "." + b64Encode(all.last(aeadTag)),
                                   machineKey());
    if (!opened)
        return;
    const auto read = parseControlJson(header);
    must(read && read->object() && read->object()->size() == 3, "a header has three members");
    const auto is = [&](const char* name, std::string_view value) {
        const Json* member = read->find(name);
        return member && member->string() && *member->string() == value;
    };
    must(is("alg", "RSA-OAEP-256") && is("enc", "A256GCM") && is("kid", machineKey().kid()), "and the right ones");
    must(asText(opened->reveal()) == "{}", "what was sealed is opened");
}

void sealedHere(std::string_view plaintext, std::size_t choice) {
    const auto jwe = encryptJwe(SecretBytes(asBytes(plaintext)), machineKey().publicKey());
    must(jwe.ok() == (plaintext.size() <= std::size_t{1} << 20), "what is not too long is sealed");
    if (!jwe)
        return;
    const auto opened = decryptJwe(*jwe, machineKey());
    must(opened && asText(opened->reveal()) == plaintext, "what was sealed is opened");
    opensOnlyAsItStands(*jwe, choice);
}

void check(std::string_view input) {
    Choices choices(input);
    const unsigned choice = choices.byte() % 3;
    if (choice == 0)
        asItIs(choices.rest());
    else if (choice == 1)
        underHeader(choices.rest());
    else
        sealedHere(choices.rest(), sumOf(input));
}

const Registered registered({"jwe", check, "ey{}\":,AadgS-_.w", 5});

} // namespace
} // namespace sealwright::fuzz
