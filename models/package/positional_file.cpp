#include "models/package/positional_file.h"

#include "models/files/file_failure.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace sealwright::package {

using files::fileFailure;
PositionalFile::PositionalFile(PositionalFile&& other) noexcept
    : m_fd(std::exchange(other.m_fd, -1)), m_path(std::move(other.m_path)) {}

PositionalFile& PositionalFile::operator=(PositionalFile&& other) noexcept {
    if (this != &other) {
        if (m_fd >= 0) {
            ::close(m_fd);
        }
        m_fd = std::exchange(other.m_fd, -1);
        m_path = std::move(other.m_path);
    }
    return *this;
}

PositionalFile::~PositionalFile() {
    if (m_fd >= 0) {
        ::close(m_fd);
    }
}

Outcome<PositionalFile> PositionalFile::open(const std::string& path, int flags) {
    PositionalFile file;
    file.m_path = path;
    file.m_fd = ::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK, 0600);
    if (file.m_fd < 0) {
        return fail(fileFailure(path, errno));
    }
    struct stat status = {};
    if (::fstat(file.m_fd, &status) != 0) {
        return fail(fileFailure(path, errno));
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(fileFailure(path, EISDIR));
    }
    return file;
}

Outcome<PositionalFile> PositionalFile::openToRead(const std::string& path, Links links) {
    return open(path, O_RDONLY | (links == Links::Refuse ? O_NOFOLLOW : 0));
}

Outcome<PositionalFile> PositionalFile::create(const std::string& path) {
    return open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW);
}

Outcome<PositionalFile> PositionalFile::openToWrite(const std::string& path) {
    return open(path, O_WRONLY | O_NOFOLLOW);
}

Outcome<FileIdentity> PositionalFile::identity() const {
    struct stat status = {};
    if (::fstat(m_fd, &status) != 0) {
        return fail(fileFailure(m_path, errno));
    }
    return FileIdentity{status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size), status.st_mtim.tv_sec,
                        status.st_mtim.tv_nsec};
}

Outcome<std::size_t> PositionalFile::readAt(std::uint64_t offset, MutableBytes out) const {
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got = ::pread(m_fd, out.data() + done, out.size() - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return fail(fileFailure(m_path, errno));
        }
        if (got == 0) {
            break;
        }
        done += static_cast<std::size_t>(got);
    }
    return done;
}

Outcome<void> PositionalFile::writeAt(std::uint64_t offset, ByteView bytes) const {
    while (!bytes.empty()) {
        const ssize_t done = ::pwrite(m_fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (done < 0 && errno == EINTR) {
            continue;
        }
        if (done < 0) {
            return fail(fileFailure(m_path, errno));
        }
        bytes = bytes.subspan(static_cast<std::size_t>(done));
        offset += static_cast<std::uint64_t>(done);
    }
    return {};
}

Outcome<void> PositionalFile::reserve(std::uint64_t size) const {
    if (size > 0 && ::fallocate(m_fd, 0, 0, static_cast<off_t>(size)) != 0 && errno != EOPNOTSUPP && errno != ENOSYS) {
        return fail(fileFailure(m_path, errno));
    }
    return {};
}

void PositionalFile::beginWriteOut(std::uint64_t offset, std::uint64_t size) const {
    ::sync_file_range(m_fd, static_cast<off_t>(offset), static_cast<off_t>(size), SYNC_FILE_RANGE_WRITE);
}

Outcome<void> PositionalFile::setModified(std::int64_t seconds) const {
    const timespec times[2] = {{0, UTIME_OMIT}, {seconds, 0}};
    if (::futimens(m_fd, times) != 0) {
        return fail(fileFailure(m_path, errno));
    }
    return {};
}

Outcome<void> PositionalFile::sync() const {
    if (::fsync(m_fd) != 0) {
        return fail(fileFailure(m_path, errno));
    }
    return {};
}

} // namespace sealwright::package
