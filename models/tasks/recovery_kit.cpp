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

    // Restoring what this machine is known to have had, after the keychain lost it, is the kit's purpose; anything else
    // that is already here is left alone.
    const auto records = services.ledger->keys();
    if (!records)
        return records.failed();
    const bool same = records->size() == 2 && [&] {
        for (const KeyRecord& record : *records)
            if (record.kid != (record.signing ? keys.sig.kid() : keys.dec.kid()))
                return false;
        return true;
    }();
    if (same) {
        if (const auto there = loadKeys(services); there)
            return fail(Failure(Code::KeyExists, {keys.dec.kid(), services.secrets->place()}));
        else if (there.error().code != Code::KeyMissing)
            return there.failed();
        // One of the two may still be there; it is the same key then, and writing it again would be refused.
        for (const auto entry : {SecretStore::Entry::DecryptionKey, SecretStore::Entry::SigningKey}) {
            const auto read = services.secrets->read(entry);
            if (read)
                continue;
            if (read.error().code != Code::KeyMissing)
                return read.failed();
            const auto der = entry == SecretStore::Entry::DecryptionKey ? keys.dec.toPkcs8() : keys.sig.toPkcs8();
            if (auto written = services.secrets->write(entry, der); !written)
                return written.failed();
        }
    } else {
        if (auto free = refuseWhereKeysAre(services); !free)
            return free.failed();
        if (auto stored = storeKeys(services, keys); !stored)
            return stored.failed();
    }
    if (auto noted = services.ledger->rememberRecoveryKit(now()); !noted)
        return noted.failed();
    return machineFacts(services, false);
}

} // namespace sealwright
