#include "app/services/compose.h"

#include "app/amqp/amqp_feedback.h"
#include "app/api/rest_feedback.h"
#include "app/api/rest_job_api.h"
#include "app/desktop/folders.h"
#include "app/keychain/file_keystore.h"
#include "app/keychain/keychain_store.h"
#include "app/profile/sqlite_ledger.h"
#include "app/s3/s3_store.h"

#include <QCryptographicHash>

namespace sealwright {

namespace {

const std::string filePrefix = "file:";

/// Everything that must live as long as any of the services; the last of them to go takes the rest with it.
struct World {
    std::unique_ptr<desktop::SpoolFolder> spool;
    std::shared_ptr<Ledger> ledger;
    std::unique_ptr<SecretStore> secrets;
    std::shared_ptr<net::NetworkThread> network = std::make_shared<net::NetworkThread>();
    RestJobApi api{*network};
    RestFeedback toPlatform{*network};
    AmqpFeedback toBroker{*network};
    S3Store store{network};
};

/// Each profile has keys of its own: any but the usual one is told apart by where it lies.
QString keychainApplication(const Configuration& configuration, const std::string& profile) {
    const auto base = QStringLiteral("org.sealwright.Sealwright");
    if (configuration.configDir.empty())
        return base;
    const auto hash = QCryptographicHash::hash(QByteArray::fromStdString(profile), QCryptographicHash::Sha256);
    return base + QLatin1Char('.') + QString::fromLatin1(hash.left(8).toHex());
}

Outcome<std::unique_ptr<SecretStore>> openSecrets(const Configuration& configuration, const std::string& profile) {
    const std::string& keystore = configuration.keystore;
    if (keystore == "keychain")
        return std::unique_ptr<SecretStore>(
            std::make_unique<KeychainStore>(keychainApplication(configuration, profile), profile));
    if (keystore.size() > filePrefix.size() && keystore.compare(0, filePrefix.size(), filePrefix) == 0) {
        const auto ask = [source = configuration.passphrase,
                          person = configuration.ask](const FileKeystore::Wish& wish) -> Outcome<crypto::SecretBytes> {
            if (person && !source.fd && source.file.empty())
                return person(wish);
            if (wish.again)
                return fail(Code::KeyPassphraseWrong);
            desktop::PassphraseSource asked = source;
            asked.twice = wish.first;
            return desktop::readPassphrase(asked);
        };
        return std::unique_ptr<SecretStore>(std::make_unique<FileKeystore>(keystore.substr(filePrefix.size()), ask));
    }
    return fail(Failure(Code::UsageWrong, {"--keystore " + keystore + " is neither \"keychain\" nor \"file:DIR\"."}));
}

} // namespace

Outcome<Services> openServices(const Configuration& configuration) {
    const auto profile = desktop::profileFolder(configuration.configDir);
    if (!profile)
        return profile.failed();
    auto secrets = openSecrets(configuration, *profile);
    if (!secrets)
        return secrets.failed();
    auto ledger = SqliteLedger::open(*profile + "/profile.sqlite");
    if (!ledger)
        return ledger.failed();
    const auto chosen = (*ledger)->setting(spoolSetting);
    if (!chosen)
        return chosen.failed();
    auto spool = desktop::SpoolFolder::make(*profile, chosen->value_or(std::string()));
    std::optional<Failure> trouble;
    if (!spool && *chosen) {
        trouble = spool.error();
        spool = desktop::SpoolFolder::make(*profile);
    }
    if (!spool)
        return spool.failed();

    const auto world = std::make_shared<World>();
    world->spool = std::move(*spool);
    world->ledger = std::move(*ledger);
    world->secrets = std::move(*secrets);
    Services services;
    services.api = {world, &world->api};
    services.toPlatform = {world, &world->toPlatform};
    services.toBroker = {world, &world->toBroker};
    services.store = {world, &world->store};
    services.secrets = {world, world->secrets.get()};
    services.ledger = {world, world->ledger.get()};
    services.spoolFolder = world->spool->path();
    services.spoolTrouble = std::move(trouble);
    services.keptFolder = world->spool->keptPath();
    services.threads = configuration.threads;
    services.limitTransfers = [network = world->network](std::uint64_t rate) { network->setRate(rate); };
    return services;
}

} // namespace sealwright
