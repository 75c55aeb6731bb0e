#pragma once
#include "models/pipeline/encrypt.h"
#include "models/pipeline/profile.h"
#include "models/tasks/dataset_files.h"

// What an encrypted file and a job have in common.
namespace sealwright {

/// The source read once: its dialect, its fields, and a policy that it can take.
struct Surveyed {
    MediaType mediaType = MediaType::Csv;
    Dialect dialect;
    pipeline::Profile profile;
    Policy policy; ///< the job's and the owner's, combined
};
/// Sniffs, profiles, combines. `jobPolicy` is null for a file. Values that a rule cannot take are in `profile`.
Outcome<Surveyed> survey(const Services& services, const ByteSource& source, const DialectWish& wish,
                         const Policy* jobPolicy, const std::optional<Policy>& ownerPolicy, TaskContext& context);

/// The first value that a rule cannot take is the failure (facts: how many there are).
Outcome<void> takesEveryValue(const Surveyed& surveyed);

/// A slot for `recipient` of a 32-byte key.
Outcome<RecipientSlot> slotFor(const crypto::SecretBytes& key, const crypto::RecipientKey& recipient,
                               const std::string& name);

/// For one pass of this step: its share of threads and memory, the context's switches and progress.
pipeline::RunOptions runOptions(const Services& services, Step step, TaskContext& context);

/// Number of tokens, pseudonyms, masks and kept values of all fields.
std::uint64_t valuesOf(const DatasetInfo& dataset);

} // namespace sealwright
