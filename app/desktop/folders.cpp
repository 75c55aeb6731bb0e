#include "app/desktop/folders.h"

#include <QFile>
#include <QStandardPaths>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sealwright::desktop {

namespace {

namespace fs = std::filesystem;

constexpr mode_t writtenByOthers = 022;
constexpr const char* keptName = "kept"; ///< no process's folder is called so

Err<Failure> refuse(const std::string& path, int reason) {
    const Where where{path, {}, {}, {}};
    if (reason == ENOSPC || reason == EDQUOT)
        return fail(Failure(Code::FileNoSpace, where));
    if (reason == EACCES || reason == EPERM || reason == EROFS)
        return fail(Failure(Code::FileNoPermission, where));
    return fail(Failure(Code::FileFailed, where, {std::strerror(reason)}));
}

enum class Links { Followed, Refused };

/// Parents as the umask has them, the folder itself for its owner alone.
Outcome<void> makeFolder(const std::string& path, Links links = Links::Followed) {
    std::error_code error;
    fs::create_directories(fs::path(path).parent_path(), error);
    if (error)
        return refuse(path, error.value());
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        return refuse(path, errno);
    struct stat facts = {};
    if ((links == Links::Followed ? ::stat(path.c_str(), &facts) : ::lstat(path.c_str(), &facts)) != 0)
        return refuse(path, errno);
    if (S_ISLNK(facts.st_mode))
        return refuse(path, EPERM);
    if (!S_ISDIR(facts.st_mode))
        return refuse(path, ENOTDIR);
    if (facts.st_uid != ::geteuid() || (facts.st_mode & writtenByOthers))
        return refuse(path, EPERM);
    return {};
}

int openLock(const std::string& path, int operation) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    while (::flock(fd, operation) != 0) {
        if (errno == EINTR)
            continue;
        ::close(fd);
        return -1;
    }
    return fd;
}

/// What lies in the spool with nobody's lock on it was left by a process that did not end by itself.
void removeLeftovers(const std::string& spool) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(spool, error)) {
        if (entry.path().filename() == keptName)
            continue;
        const int lock = openLock(entry.path().string(), LOCK_EX | LOCK_NB);
        if (lock < 0)
            continue;
        std::error_code ignored;
        fs::remove_all(entry.path(), ignored);
        ::close(lock);
    }
}

} // namespace

Outcome<std::string> profileFolder(const std::string& chosen) {
    std::string path = chosen;
    if (path.empty()) {
        const QString place = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
        if (place.isEmpty())
            return refuse(path, ENOENT);
        path = QFile::encodeName(place).toStdString() + "/sealwright";
    }
    std::error_code error;
    fs::path absolute = fs::absolute(path, error).lexically_normal();
    if (error)
        return refuse(path, error.value());
    if (!absolute.has_filename()) // "DIR/" and "DIR" are one
        absolute = absolute.parent_path();
    if (auto made = makeFolder(absolute.string()); !made)
        return made.failed();
    return absolute.string();
}

Outcome<std::unique_ptr<SpoolFolder>> SpoolFolder::make(const std::string& profile, const std::string& chosen) {
    // A chosen folder may be one that everybody writes to: what stands in it already is trusted less.
    const std::string spool =
        chosen.empty() ? profile + "/spool" : chosen + "/sealwright-" + std::to_string(::geteuid());
    if (auto made = makeFolder(spool, chosen.empty() ? Links::Followed : Links::Refused); !made)
        return made.failed();
    // Held while folders come and go, so that nobody takes one for a leftover before its lock is on it.
    const int turn = openLock(spool, LOCK_EX);
    if (turn < 0)
        return refuse(spool, errno);
    removeLeftovers(spool);
    if (auto kept = makeFolder(spool + "/" + keptName, Links::Refused); !kept) {
        ::close(turn);
        return kept.failed();
    }
    std::string path = spool + "/" + std::to_string(::getpid()) + "-XXXXXX";
    const bool made = ::mkdtemp(path.data()) != nullptr; // mode 0700
    const int lock = made ? openLock(path, LOCK_EX) : -1;
    const int reason = errno;
    ::close(turn);
    if (lock < 0)
        return refuse(path, reason);
    return std::unique_ptr<SpoolFolder>(new SpoolFolder(std::move(path), lock));
}

std::string SpoolFolder::keptPath() const {
    return (fs::path(m_path).parent_path() / keptName).string();
}

SpoolFolder::~SpoolFolder() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
    ::close(m_lock);
}

} // namespace sealwright::desktop
