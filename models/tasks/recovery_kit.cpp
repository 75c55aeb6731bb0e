#include "models/domain/time.h"
#include "models/tasks/machine_keys.h"
#include "models/tasks/small_file.h"

// The recovery kit (FORMAT.md §11): plain text, so that it can be printed, with two encrypted PKCS#8 blocks.
namespace sealwright {

namespace {

constexpr std::string_view blockBegin = "-----BEGIN ENCRYPTED PRIVATE KEY-----";
constexpr std::string_view blockEnd = "-----END ENCRYPTED PRIVATE KEY-----";

std::string explanation(std::string_view what, const std::string& kid) {
    const auto words = crypto::fingerprintWords(kid);
    return std::string(what) + "\nkid: " + kid + "\nfingerprint: " + (words ? *words : std::string()) + "\n";
}

std::vector<std::string_view> blocksOf(std::string_view kit) {
    std::vector<std::string_view> blocks;
    for (std::size_t from = 0;;) {
        const std::size_t begin = kit.find(blockBegin, from);
        const std::size_t end = begin == kit.npos ? kit.npos : kit.find(blockEnd, begin);
        if (end == kit.npos)
            return blocks;
        from = end + blockEnd.size();
        blocks.push_back(kit.substr(begin, from - begin));
    }
}

/// The entries of these keys that the store does not have yet; others in their place are left alone.
Outcome<Entries> missingEntries(const Services& services, const MachineKeys& keys, bool recorded) {
    Entries missing;
    for (const auto entry : bothEntries) {
        const auto der = services.secrets->read(entry);
        if (!der && der.error().code == Code::KeyMissing) {
            missing.push_back(entry);
            continue;
        }
        if (!der)
            return der.failed();
        std::string kid;
        if (entry == SecretStore::Entry::SigningKey) {
            if (const auto key = crypto::SigningKey::fromPkcs8(*der))
                kid = key->kid();
        } else if (const auto key = crypto::DecryptionKey::fromPkcs8(*der)) {
            kid = key->kid();
        }
        if (kid == (entry == SecretStore::Entry::SigningKey ? keys.sig.kid() : keys.dec.kid()))
            continue;
        const std::string place = services.secrets->place();
        return fail(recorded ? Failure(Code::KeyWrong, {place}) : Failure(Code::KeyExists, {kid, place}));
    }
    return missing;
}

} // namespace

Outcome<Nothing> makeRecoveryKit(const Services& services, const std::string& target, bool replace,
                                 const crypto::SecretBytes& passphrase) {
    const auto keys = loadKeys(services);
    if (!keys)
        return keys.failed();
    const auto dec = crypto::encryptPkcs8Pem(keys->dec.toPkcs8(), passphrase);
    const auto sig = crypto::encryptPkcs8Pem(keys->sig.toPkcs8(), passphrase);
    if (!dec || !sig)
        return fail(Code::CryptoFailed);
    const Instant made = now();
    const std::string text =
        "Sealwright recovery kit, made " + toRfc3339(made) +
        "\nKeep it where this machine is not. Whoever has it and its passphrase can open what was sealed for this "
        "machine.\n"
        "Restore it with Sealwright (Keys, Restore), or read a block with: openssl pkey -in FILE\n\n" +
        explanation("Recipient key (RSA): opens what was sealed for this machine.", keys->dec.kid()) + *dec + "\n" +
        explanation("Signing key (Ed25519): signs in this machine's name.", keys->sig.kid()) + *sig;
    if (auto written = writeSmallFile(target, text, replace); !written)
        return written.failed();
    if (auto noted = services.ledger->rememberRecoveryKit(made); !noted)
        return noted.failed();
    return Nothing{};
}

Outcome<MachineFacts> restoreRecoveryKit(const Services& services, const std::string& kit,
                                         const crypto::SecretBytes& passphrase) {
    std::optional<crypto::DecryptionKey> dec;
    std::optional<crypto::SigningKey> sig;
    for (const std::string_view block : blocksOf(kit)) {
        const auto der = crypto::decryptPkcs8Pem(block, passphrase);
        if (!der)
            return fail(der.error() == crypto::Error::WrongPassphrase ? Failure(Code::KeyPassphraseWrong)
                                                                      : Failure(Code::DocumentInvalid, {"PKCS#8"}));
        if (auto key = crypto::DecryptionKey::fromPkcs8(*der); key && !dec)
            dec = std::move(*key);
        else if (auto signer = crypto::SigningKey::fromPkcs8(*der); signer && !sig)
            sig = std::move(*signer);
        else
            return fail(Failure(Code::DocumentInvalid, {"recovery kit"}));
    }
    if (!dec || !sig)
        return fail(Failure(Code::DocumentInvalid, {"recovery kit"}));
    const MachineKeys keys{std::move(*dec), std::move(*sig)};

    const auto records = services.ledger->keys();
    if (!records)
        return records.failed();
    for (const KeyRecord& record : *records)
        if (record.kid != (record.signing ? keys.sig.kid() : keys.dec.kid()))
            return fail(Failure(Code::KeyExists, {record.kid, record.place}));
    const bool known = records->size() == bothEntries.size();
    const auto missing = missingEntries(services, keys, !records->empty());
    if (!missing)
        return missing.failed();
    if (known && missing->empty())
        return fail(Failure(Code::KeyExists, {keys.dec.kid(), services.secrets->place()}));
    if (auto stored = known ? writeKeys(services, keys, *missing) : storeKeys(services, keys, *missing); !stored)
        return stored.failed();
    if (auto noted = services.ledger->rememberRecoveryKit(now()); !noted)
        return noted.failed();
    auto facts = machineFacts(services, false);
    if (facts)
        facts->takenOver = records->empty() && missing->size() < bothEntries.size();
    return facts;
}

} // namespace sealwright
