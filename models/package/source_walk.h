#pragma once
#include "models/package/package_index.h"
#include "models/package/positional_file.h"

// Finding what is to be sealed.
namespace sealwright::package {

struct SourceFile {
    IndexFile index; ///< payload numbers in order, from 1
    std::string diskPath;
    FileIdentity identity; ///< as it was met
};

/// Files and folders below `sources`, folders by name, without following a link. FileNotFound, FileNoPermission,
/// PackageSymlink, DataNotReadable (a device, a pipe), PackagePathNotPortable (facts: path, and the one it collides
/// with), PackageTooManyFiles, Cancelled.
Outcome<std::vector<SourceFile>> walkSources(const std::vector<std::string>& sources, const Cancel& cancel);

} // namespace sealwright::package
