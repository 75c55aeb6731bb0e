#pragma once
#include "models/tasks/services.h"
#include "models/tasks/task.h"

// What the Files page has done with one file. All of it blocks, and runs as tasks.
namespace sealwright::window {

/// What lies at a path, as far as the page has to know.
struct FileLook {
    std::string path; ///< of the data, where a dataset's manifest or signature was given
    bool folder = false, spreadsheet = false;
    bool dataset = false; ///< a sealed dataset: its manifest stands beside it
    std::uint64_t size = 0;
};
Outcome<FileLook> lookAt(const std::string& path);

/// Where something was written, and what is known about who signed it.
struct FileWritten {
    std::string target;
    bool signerKnown = false;
    std::string signerName; ///< as this machine calls them; empty: this machine itself
    bool reported = false;  ///< not everything about a dataset is in order (FORMAT.md §2 "Reading")
};

/// `path` into "NAME.sealed" in `folder` (empty: beside it), or "NAME (2).sealed" where there is one, for the owners of
/// `kids` in the ledger.
Outcome<FileWritten> sealFile(const Services& services, const std::string& path, const std::vector<std::string>& kids,
                              const std::string& folder, TaskContext& context);
/// A package into a folder of its name.
Outcome<FileWritten> openPackageFile(const Services& services, const std::string& path, const std::string& folder,
                                     TaskContext& context);
/// A dataset into a file of its name: "patients.sealed.csv" gives "patients.csv".
Outcome<FileWritten> openDatasetFile(const Services& services, const std::string& path, const std::string& folder,
                                     TaskContext& context);

} // namespace sealwright::window
