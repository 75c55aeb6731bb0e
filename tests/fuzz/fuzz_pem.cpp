#include "crypto/keys/private_keys.h"
#include "tests/fuzz/target.h"

// Private keys as PEM: what a keystore's file, a recovery kit's block or --key holds.
namespace sealwright::fuzz {
namespace {

using namespace crypto;

void check(std::string_view pem) {
    const SecretBytes passphrase(asBytes("correct horse"));
    const auto der = decryptPkcs8Pem(pem, passphrase);
    if (!der)
        return;
    const auto decryption = DecryptionKey::fromPkcs8(*der);
    const auto signing = SigningKey::fromPkcs8(*der);
    must(!(decryption && signing), "a key is of one kind");
    if (decryption) {
        const auto again = DecryptionKey::fromPkcs8(decryption->toPkcs8());
        must(again && again->kid() == decryption->kid(), "it is written as the key it is");
        const std::size_t bits = decryption->publicKey().modulus.size() * 8;
        must(bits == 3072 || bits == 4096, "RSA of two sizes");
    }
    if (signing) {
        const auto again = SigningKey::fromPkcs8(signing->toPkcs8());
        must(again && again->kid() == signing->kid(), "it is written as the key it is");
        must(again->sign(asBytes("x")) == signing->sign(asBytes("x")), "and signs as it did");
    }
}

const Registered registered({"pem", check, "-=+/AMIBEGnQUP\n ", 20});

} // namespace
} // namespace sealwright::fuzz
