#pragma once
#include "models/pipeline/encrypt.h"
#include "models/tasks/job_board.h"

// What a job's key and platform decide about the manifest (FORMAT.md §5, §8).
namespace sealwright {

struct JobKeys {
    crypto::SecretBytes dek, joinKey;
    pipeline::Keys view(const Job& job) const; ///< borrows this object's secrets
};
/// First form: the platform's DEK, unwrapped. Second form: a fresh one. The join key is held to its commitment
/// (AuthWrongKey).
Outcome<JobKeys> openJobKeys(const Job& job, const MachineKeys& keys);

Outcome<Manifest> jobManifest(const Job& job, const PinnedRegistration& registration, const MachineKeys& keys,
                              const JobKeys& secrets, const pipeline::EncryptResult& written, crypto::Json metadata);

/// The job's wish for media type and dialect, with what the owner overrules on top.
DialectWish overruled(const Job& job, const DialectWish& owner);

} // namespace sealwright
