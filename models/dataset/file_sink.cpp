#include "models/dataset/byte_source.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <random>
#include <sys/stat.h>
#include <unistd.h>

namespace sealwright {
namespace {

Failure failed(const std::string& path, int error) {
    Where where;
    where.file = path;
    Code code = Code::FileFailed;
    if (error == ENOSPC || error == EDQUOT || error == EFBIG)
        code = Code::FileNoSpace;
    else if (error == EACCES || error == EPERM || error == EROFS)
        code = Code::FileNoPermission;
    else if (error == ENOENT || error == ENOTDIR)
        code = Code::FileNotFound;
    else if (error == EEXIST || error == ENOTEMPTY || error == EISDIR)
        code = Code::FileExists;
    return {code, where, {std::strerror(error)}};
}

std::string folderOf(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

std::string temporaryFor(const std::string& target) {
    static constexpr char digits[] = "0123456789abcdefghijklmnopqrstuv";
    std::random_device random;
    std::string name = folderOf(target) + "/.sealwright-";
    for (int i = 0; i < 12; ++i)
        name += digits[random() % 32];
    return name + ".part";
}

/// Makes a new name last through a power cut; a file system that cannot is left as it is.
void syncFolder(const std::string& path) {
    const int fd = ::open(folderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        ::fsync(fd);
        ::close(fd);
    }
}

/// Gives the file its name where nothing has it yet: 0 or an errno.
int nameIfFree(const std::string& from, const std::string& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    if (::link(from.c_str(), to.c_str()) != 0)
        return errno;
    ::unlink(from.c_str());
    return 0;
}

} // namespace

Outcome<std::unique_ptr<FileSink>> FileSink::create(const std::string& target, bool replace) {
    struct stat there = {};
    if (::lstat(target.c_str(), &there) == 0 && (!replace || S_ISDIR(there.st_mode)))
        return fail(failed(target, EEXIST));
    std::unique_ptr<FileSink> sink(new FileSink);
    sink->m_target = target;
    sink->m_replace = replace;
    do {
        sink->m_temporary = temporaryFor(target);
        sink->m_fd = ::open(sink->m_temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    } while (sink->m_fd < 0 && errno == EEXIST);
    if (sink->m_fd < 0) {
        sink->m_temporary.clear();
        return fail(failed(target, errno));
    }
    return sink;
}

FileSink::~FileSink() {
    if (m_fd >= 0)
        ::close(m_fd);
    if (!m_temporary.empty())
        ::unlink(m_temporary.c_str());
}

Outcome<void> FileSink::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t done = ::write(m_fd, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return fail(failed(m_target, errno));
        bytes.remove_prefix(std::size_t(done));
    }
    return {};
}

Outcome<void> FileSink::flush() {
    if (::fsync(m_fd) != 0)
        return fail(failed(m_target, errno));
    return {};
}

Outcome<void> FileSink::commit() {
    if (auto flushed = flush(); !flushed)
        return flushed;
    const int fd = std::exchange(m_fd, -1);
    if (::close(fd) != 0)
        return fail(failed(m_target, errno));
    int error = 0;
    if (!m_replace)
        error = nameIfFree(m_temporary, m_target);
    else if (std::rename(m_temporary.c_str(), m_target.c_str()) != 0)
        error = errno;
    if (error != 0)
        return fail(failed(m_target, error));
    m_temporary.clear();
    syncFolder(m_target);
    return {};
}

} // namespace sealwright
