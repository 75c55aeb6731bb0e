#include "models/tasks/machine.h"
#include "tests/fuzz/target.h"
#include "tests/support/fakes/fake_ledger.h"
#include "tests/support/fakes/fake_secrets.h"

// Recovery kits, restored to an empty keychain.
namespace sealwright::fuzz {
namespace {

void check(std::string_view kit) {
    tests::Script script;
    Services services;
    const auto secrets = std::make_shared<tests::FakeSecrets>(script);
    services.secrets = secrets;
    services.ledger = std::make_shared<tests::FakeLedger>(script);
    const auto restored = restoreRecoveryKit(services, std::string(kit), crypto::SecretBytes(asBytes("correct horse")));
    if (!restored) {
        must(secrets->kept.empty(), "what is no kit leaves no key");
        return;
    }
    must(secrets->kept.size() == 2 + 2 * restored->formerPairs && restored->keys.size() == 2,
         "a kit has two keys, and two more for each rotation");
    must(loadKeys(services).ok(), "they are the ones that were written down");
    must(!restoreRecoveryKit(services, std::string(kit), crypto::SecretBytes(asBytes("correct horse"))),
         "what is there is not replaced");
}

const Registered registered({"recovery_kit", check, "-=+/AMIBEGnQUP\n ", 10});

} // namespace
} // namespace sealwright::fuzz
