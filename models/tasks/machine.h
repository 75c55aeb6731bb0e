#pragma once
#include "crypto/keys/private_keys.h"
#include "models/tasks/services.h"
#include "models/tasks/task.h"

// This machine's keys: made once, never in silence (FORMAT.md §1, §11).
namespace sealwright {

struct MachineKeys {
    crypto::DecryptionKey dec;
    crypto::SigningKey sig;
    std::optional<crypto::DecryptionKey> former = std::nullopt; ///< set where this is what opens (opening_keys.h)
    const crypto::DecryptionKey& opening() const { return former ? *former : dec; }
};

struct MachineFacts {
    struct Key {
        KeyRecord record;
        std::string words;
        std::optional<Failure> health; ///< why it cannot be used; empty: opened and fits its record
    };
    std::vector<Key> keys; ///< decryption key first; empty: none was ever made here
    std::string name;
    std::size_t formerPairs = 0; ///< of before rotations, kept for opening
    std::optional<Instant> recoveryKit;
    std::optional<Instant> revoked; ///< when the platform was last heard to say that this machine is
    std::string place;              ///< where the secrets live, for people
    bool takenOver = false;         ///< this call found keys in the store that no record knew, and recorded them
};

/// Makes both pairs and records them. KeyExists where there is a record of any. A complete pair in the store without a
/// record is taken over instead; anything else that is there is KeyUnrecorded; a keychain that cannot say is its own
/// failure. Nothing is made then.
Outcome<MachineFacts> makeKeys(const Services& services, const std::string& name, TaskContext& context);
/// Reads both. KeyMissing where none was made, or where the record says there was one; locked, denied, no service as
/// they are. KeyWrong where what is read is not what the record names.
Outcome<MachineKeys> loadKeys(const Services& services);
/// From the record; with `checkHealth` each key is read and compared.
Outcome<MachineFacts> machineFacts(const Services& services, bool checkHealth);
Outcome<Nothing> setMachineName(const Services& services, const std::string& name);

/// The recovery kit: one text file with all private halves, of before rotations too, under a passphrase, to a new file
/// (FileExists unless replace).
Outcome<Nothing> makeRecoveryKit(const Services& services, const std::string& target, bool replace,
                                 const crypto::SecretBytes& passphrase);
/// Puts the kit's keys into the secret store, as far as they are not there, and records them; the first pair is the one
/// in use, further ones are former. KeyExists where they all are there and known, or where there are others; KeyWrong
/// where others are in the place of the recorded ones; KeyUnrecorded, KeyPassphraseWrong, DocumentInvalid.
Outcome<MachineFacts> restoreRecoveryKit(const Services& services, const std::string& kit,
                                         const crypto::SecretBytes& passphrase);

/// Public halves as JWK Set text, for others to seal to.
Outcome<std::string> exportPublicKeys(const Services& services);

/// Recipient keys from a file's text: a JWK Set, a JWK, or a PEM public key. DocumentInvalid.
Outcome<crypto::JwkSet> readPublicKeys(std::string_view text);

} // namespace sealwright
