#pragma once
#include "models/tasks/machine_keys.h"
#include "models/tasks/services.h"
#include "tests/support/fakes/fake_api.h"
#include "tests/support/fakes/fake_feedback.h"
#include "tests/support/fakes/fake_ledger.h"
#include "tests/support/fakes/fake_secrets.h"
#include "tests/support/fakes/fake_store.h"
#include "tests/support/full_disk.h"
#include "tests/support/outcome_code.h"

#include <QTemporaryDir>

namespace sealwright::tests {

/// Services over fakes that share one script.
struct FakeWorld {
    Script script;
    std::shared_ptr<FakeSecrets> secrets = std::make_shared<FakeSecrets>(script);
    std::shared_ptr<FakeLedger> ledger = std::make_shared<FakeLedger>(script);
    std::shared_ptr<FakeStore> store = std::make_shared<FakeStore>(script);
    std::shared_ptr<FakeApi> api = std::make_shared<FakeApi>(script);
    std::shared_ptr<FakeFeedback> platform = std::make_shared<FakeFeedback>(script, "platform");
    std::shared_ptr<FakeFeedback> broker = std::make_shared<FakeFeedback>(script, "broker");
    QTemporaryDir folder, kept;
    Services services{
        api, store, secrets, ledger, platform, broker, folder.path().toStdString(), 1, {}, kept.path().toStdString()};
    TaskContext context{script.owner, [](const TaskProgress&) {}};
};

/// Keys made once for all tests of a program: making them takes seconds.
inline MachineKeys sharedKeys(int which = 0) {
    static const std::vector<std::pair<crypto::SecretBytes, crypto::SecretBytes>> made = [] {
        std::vector<std::pair<crypto::SecretBytes, crypto::SecretBytes>> all;
        for (int i = 0; i < 2; ++i)
            all.emplace_back(crypto::DecryptionKey::generate()->toPkcs8(), crypto::SigningKey::generate()->toPkcs8());
        return all;
    }();
    const auto& [dec, sig] = made[static_cast<std::size_t>(which)];
    return {crypto::DecryptionKey::fromPkcs8(dec).value(), crypto::SigningKey::fromPkcs8(sig).value()};
}

} // namespace sealwright::tests
