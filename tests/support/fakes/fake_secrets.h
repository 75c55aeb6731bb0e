#pragma once
#include "models/ports/secret_store.h"
#include "tests/support/fakes/script.h"

#include <map>

namespace sealwright::tests {

/// Hears Cancel::current(), as every store that may wait for a person does.
class FakeSecrets : public SecretStore {
public:
    explicit FakeSecrets(Script& script) : m_script(script) {}
    Outcome<crypto::SecretBytes> read(const Place& entry) override {
        const Cancel cancel = Cancel::current();
        return m_script.pass<crypto::SecretBytes>("secrets.read", Code::KeychainLocked, &cancel,
                                                  [&]() -> Outcome<crypto::SecretBytes> {
                                                      const auto found = kept.find(entry);
                                                      if (found == kept.end())
                                                          return fail(Code::KeyMissing);
                                                      return found->second.clone();
                                                  });
    }
    Outcome<void> write(const Place& entry, const crypto::SecretBytes& secret) override {
        const Cancel cancel = Cancel::current();
        return m_script.pass<void>("secrets.write", Code::KeychainDenied, &cancel, [&]() -> Outcome<void> {
            if (entry.entry != Entry::AccessToken && kept.count(entry) > 0)
                return fail(Code::KeyExists);
            kept.insert_or_assign(entry, secret.clone());
            return {};
        });
    }
    Outcome<void> remove(const Place& entry) override {
        if (Cancel::current().cancelled())
            return fail(Code::Cancelled);
        kept.erase(entry);
        return {};
    }
    std::string place() const override { return "a fake"; }
    bool isSystemKeychain() const override { return false; }

    std::map<Place, crypto::SecretBytes> kept;

private:
    Script& m_script;
};

} // namespace sealwright::tests
