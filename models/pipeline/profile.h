#pragma once
#include "models/pipeline/run.h"

// What can be said about a source before a run (cli.md `profile`, `--dry-run`; metadata of FORMAT.md §5).
namespace sealwright::pipeline {

struct FieldProfile {
    std::string path;
    FieldType type = FieldType::Null;
    std::uint64_t values = 0; ///< occurrences, nulls and empties included
    std::uint64_t nulls = 0, empties = 0;
    std::uint64_t minLength = 0, maxLength = 0; ///< in bytes of the body
    bool container = false;                     ///< an object or array somewhere
};

/// A value that a rule cannot take; never the value itself.
struct Unfit {
    Code code = Code::ValueNotForAction; ///< ValueNotForFpe, ValueUndecodable, ValueNotForMask …
    Where where;
};

struct Profile {
    MediaType mediaType = MediaType::Csv;
    Dialect dialect;
    std::uint64_t bytes = 0, records = 0;
    std::vector<FieldProfile> fields; ///< leaves, in order of first appearance
    std::vector<Unfit> unfit;         ///< at most 1,000, in order; only with a policy
    std::uint64_t unfitCount = 0;
};

/// Reads the whole source once. `policy` may be null: then no value is judged.
Outcome<Profile> profileDataset(const ByteSource& source, MediaType type, const Dialect& dialect, const Policy* policy,
                                const RunOptions& options);

/// `metadata` of the manifest and of the completion event: records, and a field's type and counts; nulls and lengths
/// only of what leaves readable under `dataset` (FORMAT.md §5).
crypto::Json metadataOf(const Profile& profile, const DatasetInfo& dataset);

} // namespace sealwright::pipeline
