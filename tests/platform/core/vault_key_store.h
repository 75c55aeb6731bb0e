#pragma once
#include "app/net/network_thread.h"
#include "models/domain/time.h"
#include "tests/platform/core/key_store.h"

namespace sealwright::platform {

/// A Vault, the one path in it that is ours (KV version 2), and the application we log in as (AppRole).
struct VaultAddress {
    std::string url, mount, path, roleId;
    crypto::SecretBytes secretId;
};

/// Keys in HashiCorp Vault, each under a path of its own below `path`. The token of a login is renewed when half its
/// life is over, and made afresh when Vault no longer knows it. A Vault that is sealed, away or denies: PlatformFailed,
/// or what NetworkThread::call fails with. Blocks the platform's thread.
class VaultKeyStore : public KeyStore {
public:
    VaultKeyStore(net::NetworkThread& network, VaultAddress address);

    Outcome<void> put(const std::string& id, const crypto::SecretBytes& key) override;
    Outcome<std::optional<crypto::SecretBytes>> get(const std::string& id) override;

private:
    Outcome<net::Answer> send(const char* verb, const std::string& path, const QByteArray& body);
    Outcome<void> takeToken(const char* path, QByteArray body);
    Outcome<void> logIn();
    Outcome<void> freshToken();
    Outcome<net::Answer> call(const char* verb, const std::string& id, const QByteArray& body);

    net::NetworkThread& m_network;
    const VaultAddress m_address;
    crypto::SecretBytes m_token;
    Instant m_renewFrom = 0, m_ends = 0;
};

} // namespace sealwright::platform
