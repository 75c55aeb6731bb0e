#pragma once
#include "models/domain/failure.h"

#include <string>

namespace sealwright::files {

/// A failed call on a file, as a value. `error` is an errno. FileNoSpace, FileNoPermission, FileNotFound, FileExists,
/// PackageSymlink (a link where none is followed), DataNotReadable (a folder, a device), else
/// FileFailed. Facts: the path, the system's word for it. Safe on any thread.
Failure fileFailure(const std::string& path, int error);

} // namespace sealwright::files
