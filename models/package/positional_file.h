#pragma once
#include "crypto/base/bytes.h"
#include "models/domain/failure.h"

#include <string>

namespace sealwright::package {

/// What tells whether a file is still the one that was looked at.
struct FileIdentity {
    std::uint64_t device = 0, inode = 0, size = 0;
    std::int64_t seconds = 0, nanoseconds = 0; ///< of the last change
    friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

/// A file read and written at given places. Reading and writing are safe on any thread and side by side; closed when it
/// goes.
class PositionalFile {
public:
    PositionalFile() = default;
    PositionalFile(PositionalFile&& other) noexcept;
    PositionalFile& operator=(PositionalFile&& other) noexcept;
    ~PositionalFile();

    enum class Links { Follow, Refuse };
    static Outcome<PositionalFile> openToRead(const std::string& path, Links links);
    /// Makes a file that nobody else may read; FileExists where there is one.
    static Outcome<PositionalFile> create(const std::string& path);
    static Outcome<PositionalFile> openToWrite(const std::string& path);

    bool isOpen() const { return m_fd >= 0; }
    const std::string& path() const { return m_path; }
    Outcome<FileIdentity> identity() const;
    /// Fewer than asked for only at the end.
    Outcome<std::size_t> readAt(std::uint64_t offset, MutableBytes out) const;
    Outcome<void> writeAt(std::uint64_t offset, ByteView bytes) const;
    /// Sets room aside where the file system can; FileNoSpace before anything is written.
    Outcome<void> reserve(std::uint64_t size) const;
    /// Asks the system to begin writing this part to the disk, and does not wait: a sync() later finds less to do.
    void beginWriteOut(std::uint64_t offset, std::uint64_t size) const;
    Outcome<void> setModified(std::int64_t seconds) const;
    Outcome<void> sync() const;

private:
    static Outcome<PositionalFile> open(const std::string& path, int flags);
    int m_fd = -1;
    std::string m_path;
};

} // namespace sealwright::package
