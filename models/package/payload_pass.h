#pragma once
#include "models/package/package_reader.h"
#include "models/package/target_folder.h"

namespace sealwright::package {

/// What a pass has beyond the package itself, all of it or nothing.
struct Opened {
    const crypto::SecretBytes& dek;
    const std::vector<IndexFile>& files;
    const TargetFolder* target = nullptr; ///< null: opened and thrown away
};

/// Reads every payload once: digest and CRC compared, and with `opened` every segment opened, expanded and written. The
/// index has been compared before where there is a key; without one it is read here too.
Outcome<void> passPayloads(const PackageReader& reader, const Opened* opened, unsigned threads, ProgressMeter& progress,
                           const Cancel& cancel);
std::uint64_t bytesToPass(const PackageReader& reader);

} // namespace sealwright::package
