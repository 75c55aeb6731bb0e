#pragma once
#include "tests/fuzz/target.h"

#include <sys/mman.h>
#include <unistd.h>

namespace sealwright::fuzz {

/// A file that is in memory alone, for readers that want a path.
class MemoryFile {
public:
    explicit MemoryFile(std::string_view bytes) : m_fd(::memfd_create("fuzz", MFD_CLOEXEC)) {
        must(m_fd >= 0 && ::write(m_fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), "written");
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    ~MemoryFile() { ::close(m_fd); }
    std::string path() const { return "/proc/self/fd/" + std::to_string(m_fd); }

private:
    int m_fd;
};

} // namespace sealwright::fuzz
