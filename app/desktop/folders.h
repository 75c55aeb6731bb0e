#pragma once
#include "models/domain/failure.h"

#include <memory>
#include <string>

// Where the program keeps what it remembers, and what it needs only while it runs.
namespace sealwright::desktop {

/// The profile's folder: `chosen`, or where that is empty "sealwright" in the place where this system keeps settings.
/// Made where it is missing, with mode 0700. One that belongs to another user, or into which others may write, is
/// FileNoPermission: pinned keys live there. FileFailed. The path is absolute.
Outcome<std::string> profileFolder(const std::string& chosen);

/// A folder for sealed temporary files, this process's own while the object lives; gone with it.
class SpoolFolder {
public:
    /// `<profile>/spool/<pid>-<random>`, mode 0700; where the owner chose a folder, `sealwright-<uid>/<pid>-<random>`
    /// below that, which is made where it is missing. First removes what processes left there that are no more.
    /// FileNoPermission (also where the folder in between is a link, or not this user's alone), FileNoSpace,
    /// FileFailed.
    static Outcome<std::unique_ptr<SpoolFolder>> make(const std::string& profile, const std::string& chosen = {});
    ~SpoolFolder();
    SpoolFolder(const SpoolFolder&) = delete;
    SpoolFolder& operator=(const SpoolFolder&) = delete;
    const std::string& path() const { return m_path; }
    /// The folder beside it, mode 0700, for what outlives the process; shared by all processes of this place.
    std::string keptPath() const;

private:
    SpoolFolder(std::string path, int lock) : m_path(std::move(path)), m_lock(lock) {}
    std::string m_path;
    int m_lock; ///< held while the folder is in use; the system lets it go with the process
};

} // namespace sealwright::desktop
