#pragma once
#include "models/domain/failure.h"

#include <string>
#include <string_view>

// Names of files: what is written stands under a temporary one beside its target until it is finished, synced and
// renamed. All of it is safe on any thread.
namespace sealwright::files {

/// What stands before the last slash: "." where there is none.
std::string folderOf(const std::string& path);

/// A name beside `path` that nobody else has: ".sealwright-" with 60 random bits, then `ending`.
std::string temporaryBeside(const std::string& path, std::string_view ending);

/// Gives the file or folder `from` the name `to` in one step. What has that name goes where `replace` is set, else it
/// is FileExists and both stay as they are. Otherwise as fileFailure().
Outcome<void> rename(const std::string& from, const std::string& to, bool replace);

/// Makes a new name last through a power cut; a file system that cannot is left as it is.
void syncFolderOf(const std::string& path);

/// Removes a file when it goes, unless it was kept.
class TemporaryName {
public:
    explicit TemporaryName(std::string path) : m_path(std::move(path)) {}
    TemporaryName(const TemporaryName&) = delete;
    TemporaryName& operator=(const TemporaryName&) = delete;
    ~TemporaryName();
    const std::string& path() const { return m_path; }
    void keep() { m_path.clear(); }

private:
    std::string m_path;
};

} // namespace sealwright::files
