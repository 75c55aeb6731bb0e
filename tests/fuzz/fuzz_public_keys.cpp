#include "models/tasks/machine.h"
#include "tests/fuzz/target.h"

// Recipients and signers from files: JWK Set, JWK, PEM.
namespace sealwright::fuzz {
namespace {

using namespace crypto;

std::vector<std::string> kidsOf(const JwkSet& keys) {
    std::vector<std::string> kids;
    for (const RecipientKey& key : keys.enc)
        kids.push_back(key.kid);
    for (const VerificationKey& key : keys.sig)
        kids.push_back(key.kid);
    return kids;
}

void check(std::string_view text) {
    const auto keys = readPublicKeys(text);
    if (!keys) {
        must(keys.error().code == Code::DocumentInvalid, "one reason for every refusal");
        return;
    }
    const auto kids = kidsOf(*keys);
    must(!kids.empty(), "there is a key where one was read");
    for (const std::string& kid : kids)
        must(fingerprintWords(kid).ok(), "a kid has six words");
    for (const RecipientKey& key : keys->enc)
        must(key.modulus.size() * 8 == 3072 || key.modulus.size() * 8 == 4096, "RSA of two sizes");
    const auto again = readPublicKeys(writeControlJson(toJson(*keys)));
    must(again && kidsOf(*again) == kids, "what is written is read, with the same kids");
}

const Registered registered({"public_keys", check, "{}[]\",:-AQMz+/=\n"});

} // namespace
} // namespace sealwright::fuzz
