#pragma once
#include "models/domain/failure.h"

#include <chrono>
#include <optional>
#include <string>

// Files that hold keys: nobody but their owner may read them, and a reader finds each whole or not at all.
namespace sealwright {

/// KeychainDenied (facts: path, why) where it belongs to somebody else or others may do anything with it;
/// KeychainFailed where it is no folder. A folder that is not there is fine.
Outcome<void> checkPrivateFolder(const std::string& path);
/// With its parents; new folders get mode 0700.
Outcome<void> makePrivateFolder(const std::string& path);

/// Nothing where there is no such file. KeychainDenied as above, KeychainFailed (facts: path, reason) where it cannot
/// be read or is larger than any file of a keystore.
Outcome<std::optional<std::string>> readPrivateFile(const std::string& path);
/// Mode 0600, under a temporary name until it is whole and on the disk. Without `replace` an existing file is KeyExists
/// and stays as it is. FileNoSpace, KeychainDenied, KeychainFailed.
Outcome<void> writePrivateFile(const std::string& path, const std::string& text, bool replace);
/// What is not there is no failure.
Outcome<void> removePrivateFile(const std::string& path);

/// While it lives no other FolderLock on the same folder does, in this process or another.
class FolderLock {
public:
    /// The folder must exist. Waits for its turn for as long as a person may look at a prompt, then it is
    /// KeychainFailed (facts: folder, why), or until Cancel::current() turns (Cancelled).
    static Outcome<FolderLock> take(const std::string& folder,
                                    std::chrono::milliseconds patience = std::chrono::minutes(1));
    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&&) = delete;
    ~FolderLock();

private:
    explicit FolderLock(int fd) : m_fd(fd) {}
    int m_fd;
};

} // namespace sealwright
