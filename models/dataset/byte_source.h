#pragma once
#include "crypto/base/bytes.h"
#include "models/domain/failure.h"

#include <memory>
#include <string>

namespace sealwright {

/// Bytes of known length that can be read at any place, several times: a local file, a sealed spool, memory.
/// readAt() is safe on any thread and side by side.
class ByteSource {
public:
    virtual ~ByteSource() = default;
    virtual std::uint64_t size() const = 0;
    /// Reads up to out.size() bytes at `offset`; fewer only at the end; 0 at or behind it.
    virtual Outcome<std::size_t> readAt(std::uint64_t offset, MutableBytes out) const = 0;
    /// What a person calls it: a path, an object's name.
    virtual std::string name() const = 0;
    /// DataChangedWhileRead where it is not what it was when opened (size, time, identity). Asked before and after a
    /// pass.
    virtual Outcome<void> unchanged() const { return {}; }
};

/// Keeps the file open; unchanged() compares device, inode, size and modification time. DataNotReadable, FileNotFound,
/// FileNoPermission.
Outcome<std::shared_ptr<ByteSource>> openFileSource(const std::string& path);
std::shared_ptr<ByteSource> memorySource(std::string bytes, std::string name);

/// Where a pass writes. Calls come from one thread at a time.
class ByteSink {
public:
    virtual ~ByteSink() = default;
    virtual Outcome<void> write(std::string_view bytes) = 0;
};

/// A file under a temporary name beside `target`; commit() syncs and renames. Dropped without commit() it removes
/// itself. An existing target is FileExists unless `replace`. FileNoSpace, FileNoPermission.
class FileSink : public ByteSink {
public:
    static Outcome<std::unique_ptr<FileSink>> create(const std::string& target, bool replace);
    ~FileSink() override;
    Outcome<void> write(std::string_view bytes) override;
    Outcome<void> commit();
    /// The temporary file, readable while it is not committed: a check reads it before it gets its name.
    const std::string& temporaryPath() const { return m_temporary; }
    Outcome<void> flush();
    const std::string& target() const { return m_target; }
    bool replaces() const { return m_replace; }

private:
    FileSink() = default;
    std::string m_target, m_temporary;
    int m_fd = -1;
    bool m_replace = false;
};

/// Collects in memory; for previews, tests and small documents.
class MemorySink : public ByteSink {
public:
    Outcome<void> write(std::string_view bytes) override {
        m_bytes.append(bytes);
        return {};
    }
    std::string& bytes() { return m_bytes; }

private:
    std::string m_bytes;
};

} // namespace sealwright
