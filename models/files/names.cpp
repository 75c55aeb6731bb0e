#include "models/files/names.h"

#include "crypto/primitives/random.h"
#include "models/files/file_failure.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sealwright::files {
namespace {

/// For a file system that cannot refuse by itself: 0 or an errno. A second link is refused where the name is taken; a
/// folder cannot have one and is looked up first.
int renameWhereFree(const char* from, const char* to) {
    struct stat there = {};
    if (::lstat(from, &there) != 0)
        return errno;
    if (!S_ISDIR(there.st_mode)) {
        if (::link(from, to) == 0) {
            ::unlink(from);
            return 0;
        }
        if (errno != EPERM && errno != EOPNOTSUPP && errno != ENOSYS) // FAT and some network shares know no links
            return errno;
    }
    if (::lstat(to, &there) == 0)
        return EEXIST;
    return std::rename(from, to) == 0 ? 0 : errno;
}

} // namespace

std::string folderOf(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

std::string temporaryBeside(const std::string& path, std::string_view ending) {
    static constexpr char digits[] = "0123456789abcdefghijklmnopqrstuv";
    Byte random[12];
    crypto::fillRandom(random);
    std::string name = folderOf(path) + "/.sealwright-";
    for (const Byte byte : random)
        name += digits[byte % 32];
    return name.append(ending);
}

Outcome<void> rename(const std::string& from, const std::string& to, bool replace) {
    int error = 0;
    if (replace)
        error = std::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
    else if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0)
        error = errno == EINVAL || errno == ENOSYS ? renameWhereFree(from.c_str(), to.c_str()) : errno;
    // A folder at the target is not what fileFailure() takes EISDIR for: a source that cannot be read.
    return error == 0 ? Outcome<void>() : fail(fileFailure(to, error == EISDIR ? EEXIST : error));
}

void syncFolderOf(const std::string& path) {
    const int fd = ::open(folderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        ::fsync(fd);
        ::close(fd);
    }
}

TemporaryName::~TemporaryName() {
    if (!m_path.empty())
        ::unlink(m_path.c_str());
}

} // namespace sealwright::files
