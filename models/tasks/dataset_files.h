#pragma once
#include "models/pipeline/decrypt.h"
#include "models/pipeline/encrypt.h"
#include "models/pipeline/profile.h"
#include "models/tasks/machine.h"

// Datasets as files on this machine (cli.md: profile, encrypt, decrypt, verify).
namespace sealwright {

struct EncryptFileRequest {
    std::shared_ptr<ByteSource> source;
    std::string out;          ///< OUT; its companions get .manifest.json and .manifest.jws; empty: `sink`
    ByteSink* sink = nullptr; ///< standard output
    std::string manifestOut;  ///< with `sink`
    DialectWish dialect;
    Policy policy;
    std::vector<crypto::RecipientKey> to;
    bool includeSelf = true; ///< where this machine has keys
    std::string datasetId;   ///< empty: a fresh UUID
    bool replace = false;
    /// Told what was found, values that the policy cannot take among it, before anything is sealed.
    std::function<void(const pipeline::Profile&)> surveyed = [](const pipeline::Profile&) {};
};

struct EncryptFileResult {
    Manifest manifest;
    pipeline::Profile profile;
    std::uint64_t values = 0;
};
/// UsageNoRecipient where nobody could open it; UsageTooManyRecipients. What writeReadableManifest() refuses is never
/// written. The three files appear together or not at all.
Outcome<EncryptFileResult> encryptFile(const Services& services, const EncryptFileRequest& request,
                                       TaskContext& context);

struct ReadFileRequest {
    std::shared_ptr<ByteSource> data;
    std::string manifestText, signatureText;
    const crypto::DecryptionKey* key = nullptr;   ///< null: this machine's
    std::vector<crypto::VerificationKey> signers; ///< not empty: only these
    bool anySigner = false;
};

struct ReadFileResult {
    Manifest manifest;
    std::string signerKid;       ///< empty: nobody known (with anySigner)
    bool contentMatches = false; ///< else "changed since it was signed", and no signer is named
    pipeline::DecryptResult read;
    bool opened = false; ///< a key was there and every token was checked
};
/// Signature, size, digest; then every token (where a key is there) into `sink` or nowhere; without a key what tokens
/// claim, and counts.
Outcome<ReadFileResult> readDataset(const Services& services, const ReadFileRequest& request, ByteSink* sink,
                                    bool needKey, TaskContext& context);

/// DEK (and join key) of a manifest, unwrapped with `key`. KeyNotForThis where no slot is its.
struct DatasetKeys {
    crypto::SecretBytes dek, joinKey;
    pipeline::Keys view(const Manifest& manifest) const; ///< borrows this object's secrets
};
Outcome<DatasetKeys> unwrapFor(const Manifest& manifest, const crypto::DecryptionKey& key);

/// Where a manifest's signature lies: "x.manifest.json" has "x.manifest.jws".
std::string signatureBeside(const std::string& manifest);

/// Fresh 36-character UUID (version 4).
std::string freshUuid();

} // namespace sealwright
