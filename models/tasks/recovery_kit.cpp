#include "models/domain/time.h"
#include "models/tasks/machine_keys.h"
#include "models/tasks/opening_keys.h"
#include "models/tasks/small_file.h"

#include <algorithm>
#include <set>

// The recovery kit (FORMAT.md §11): plain text, so that it can be printed, with two encrypted PKCS#8 blocks for the
// keys in use, and two more for each pair of before a rotation, newest first.
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
Outcome<Entries> missingEntries(const Services& services, const MachineKeys& keys, Named named, bool recorded) {
    Entries missing;
    for (const auto entry : bothEntries) {
        const auto der = services.secrets->read(placeOf(keys, entry, named));
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

/// The two blocks of one pair.
Outcome<std::string> blocksFor(const crypto::DecryptionKey& decKey, const crypto::SigningKey& sigKey,
                               const std::string& when, const crypto::SecretBytes& passphrase) {
    const auto dec = crypto::encryptPkcs8Pem(decKey.toPkcs8(), passphrase);
    const auto sig = crypto::encryptPkcs8Pem(sigKey.toPkcs8(), passphrase);
    if (!dec || !sig)
        return fail(Code::CryptoFailed);
    return explanation("Recipient key (RSA)" + when + ": opens what was sealed for this machine.", decKey.kid()) +
           *dec + "\n" + explanation("Signing key (Ed25519)" + when + ": signs in this machine's name.", sigKey.kid()) +
           *sig;
}

/// The pairs of before rotations, newest first.
Outcome<std::string> formerBlocks(const Services& services, const crypto::SecretBytes& passphrase) {
    const auto records = services.ledger->formerKeys();
    if (!records)
        return records.failed();
    std::vector<KeyRecord> decs, sigs;
    for (const KeyRecord& record : *records)
        (record.signing ? sigs : decs).push_back(record);
    std::string text;
    for (std::size_t i = 0; i < decs.size() && i < sigs.size(); ++i) {
        const auto dec = readDecryptionKey(services, decs[i]);
        if (!dec)
            return dec.failed();
        const auto sig = readSigningKey(services, sigs[i]);
        if (!sig)
            return sig.failed();
        const auto blocks = blocksFor(*dec, *sig, ", of before a rotation", passphrase);
        if (!blocks)
            return blocks.failed();
        text += "\n" + *blocks;
    }
    return text;
}

/// Every pair of a kit, the one in use first. KeyPassphraseWrong, DocumentInvalid.
Outcome<std::vector<MachineKeys>> pairsIn(const std::string& kit, const crypto::SecretBytes& passphrase) {
    std::vector<crypto::DecryptionKey> decs;
    std::vector<crypto::SigningKey> sigs;
    for (const std::string_view block : blocksOf(kit)) {
        const auto der = crypto::decryptPkcs8Pem(block, passphrase);
        if (!der)
            return fail(der.error() == crypto::Error::WrongPassphrase ? Failure(Code::KeyPassphraseWrong)
                                                                      : Failure(Code::DocumentInvalid, {"PKCS#8"}));
        if (auto key = crypto::DecryptionKey::fromPkcs8(*der); key && decs.size() == sigs.size())
            decs.push_back(std::move(*key));
        else if (auto signer = crypto::SigningKey::fromPkcs8(*der); signer && decs.size() == sigs.size() + 1)
            sigs.push_back(std::move(*signer));
        else
            return fail(Failure(Code::DocumentInvalid, {"recovery kit"}));
    }
    std::set<std::string> kids;
    for (std::size_t i = 0; i < decs.size() && i < sigs.size(); ++i) {
        kids.insert(decs[i].kid());
        kids.insert(sigs[i].kid());
    }
    if (decs.empty() || decs.size() != sigs.size() || kids.size() != 2 * decs.size()) // each key once
        return fail(Failure(Code::DocumentInvalid, {"recovery kit"}));
    std::vector<MachineKeys> pairs;
    for (std::size_t i = 0; i < decs.size(); ++i)
        pairs.push_back({std::move(decs[i]), std::move(sigs[i])});
    return pairs;
}

/// What lies where: of a machine whose keys were rotated only the first pair has no name.
Named namedAt(const std::vector<MachineKeys>& pairs, std::size_t index) {
    return index + 1 == pairs.size() ? Named::No : Named::ByKid;
}

/// The former pairs, as far as they are missing. Says whether any was.
Outcome<bool> restoreFormer(const Services& services, const std::vector<MachineKeys>& pairs) {
    const auto known = services.ledger->formerKeys();
    if (!known)
        return known.failed();
    bool any = false;
    for (std::size_t i = 1; i < pairs.size(); ++i) {
        const auto missing = missingEntries(services, pairs[i], namedAt(pairs, i), false);
        if (!missing)
            return missing.failed();
        if (auto written = writeKeys(services, pairs[i], *missing, namedAt(pairs, i)); !written)
            return written.failed();
        any = any || !missing->empty();
    }
    // The record's order is the kit's: the newest was made last, as far as anybody knows.
    std::vector<KeyRecord> records;
    for (std::size_t i = 1; i < pairs.size(); ++i) {
        const bool recorded = std::any_of(known->begin(), known->end(),
                                          [&](const KeyRecord& record) { return record.kid == pairs[i].dec.kid(); });
        if (recorded)
            continue;
        for (KeyRecord& record : recordsOf(services, pairs[i], namedAt(pairs, i))) {
            record.made -= static_cast<Instant>(i);
            records.push_back(std::move(record));
        }
    }
    if (records.empty())
        return any;
    if (auto remembered = services.ledger->rememberFormerKeys(records); !remembered)
        return remembered.failed();
    return true;
}

} // namespace

Outcome<Nothing> makeRecoveryKit(const Services& services, const std::string& target, bool replace,
                                 const crypto::SecretBytes& passphrase) {
    const auto keys = loadKeys(services);
    if (!keys)
        return keys.failed();
    const auto blocks = blocksFor(keys->dec, keys->sig, {}, passphrase);
    if (!blocks)
        return blocks.failed();
    const auto former = formerBlocks(services, passphrase);
    if (!former)
        return former.failed();
    const Instant made = now();
    const std::string text =
        "Sealwright recovery kit, made " + toRfc3339(made) +
        "\nKeep it where this machine is not. Whoever has it and its passphrase can open what was sealed for this "
        "machine.\n"
        "Restore it with Sealwright (Keys, Restore), or read a block with: openssl pkey -in FILE\n\n" +
        *blocks + *former;
    if (auto written = writeSmallFile(target, text, replace); !written)
        return written.failed();
    if (auto noted = services.ledger->rememberRecoveryKit(made); !noted)
        return noted.failed();
    return Nothing{};
}

Outcome<MachineFacts> restoreRecoveryKit(const Services& services, const std::string& kit,
                                         const crypto::SecretBytes& passphrase) {
    const auto pairs = pairsIn(kit, passphrase);
    if (!pairs)
        return pairs.failed();
    const MachineKeys& keys = pairs->front();

    const auto records = services.ledger->keys();
    if (!records)
        return records.failed();
    Named named = namedAt(*pairs, 0);
    for (const KeyRecord& record : *records) {
        if (record.kid != (record.signing ? keys.sig.kid() : keys.dec.kid()))
            return fail(Failure(Code::KeyExists, {record.kid, record.place}));
        named = record.entry.empty() ? Named::No : Named::ByKid;
    }
    const bool known = records->size() == bothEntries.size();
    const auto missing = missingEntries(services, keys, named, !records->empty());
    if (!missing)
        return missing.failed();
    const auto former = restoreFormer(services, *pairs);
    if (!former)
        return former.failed();
    if (known && missing->empty() && !*former)
        return fail(Failure(Code::KeyExists, {keys.dec.kid(), services.secrets->place()}));
    if (auto stored = known ? writeKeys(services, keys, *missing, named) : storeKeys(services, keys, *missing, named);
        !stored)
        return stored.failed();
    if (auto noted = services.ledger->rememberRecoveryKit(now()); !noted)
        return noted.failed();
    auto facts = machineFacts(services, false);
    if (facts)
        facts->takenOver = records->empty() && missing->size() < bothEntries.size();
    return facts;
}

} // namespace sealwright
