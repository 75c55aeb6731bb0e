#include "app/keychain/private_file.h"

#include "models/domain/cancel.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace sealwright {

namespace {

constexpr std::size_t largestFile = 1u << 20;
constexpr mode_t anybodyElse = 077;

Failure fromErrno(const std::string& path) {
    const int reason = errno;
    if (reason == ENOSPC || reason == EDQUOT)
        return Failure(Code::FileNoSpace, Where{path, {}, {}, {}});
    const bool denied = reason == EACCES || reason == EPERM || reason == EROFS;
    return Failure(denied ? Code::KeychainDenied : Code::KeychainFailed, {path, std::strerror(reason)});
}

Outcome<void> checkOwned(const struct stat& facts, const std::string& path) {
    if (facts.st_uid != ::geteuid())
        return fail(Failure(Code::KeychainDenied, {path, "it belongs to another user"}));
    if (facts.st_mode & anybodyElse)
        return fail(Failure(Code::KeychainDenied, {path, "other users may read or change it"}));
    return {};
}

class Descriptor {
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int get() const { return m_fd; }
    bool close() {
        const int fd = std::exchange(m_fd, -1);
        return fd < 0 || ::close(fd) == 0;
    }

private:
    int m_fd;
};

bool writeAll(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
}

/// A new name is only sure to stay once its folder is on the disk too.
bool syncFolderOf(const std::string& path) {
    const auto folder = std::filesystem::path(path).parent_path();
    const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return fd.get() >= 0 && ::fsync(fd.get()) == 0;
}

} // namespace

Outcome<void> checkPrivateFolder(const std::string& path) {
    struct stat facts = {};
    if (::stat(path.c_str(), &facts) != 0)
        return errno == ENOENT ? Outcome<void>() : fail(fromErrno(path));
    if (!S_ISDIR(facts.st_mode))
        return fail(Failure(Code::KeychainFailed, {path, std::strerror(ENOTDIR)}));
    return checkOwned(facts, path);
}

Outcome<void> makePrivateFolder(const std::string& path) {
    if (::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST)
        return checkPrivateFolder(path);
    if (errno != ENOENT)
        return fail(fromErrno(path));
    const std::string parent = std::filesystem::path(path).lexically_normal().parent_path().string();
    if (parent.empty() || parent == path)
        return fail(fromErrno(path));
    if (::access(parent.c_str(), F_OK) != 0) {
        if (auto made = makePrivateFolder(parent); !made)
            return made;
    }
    return ::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST ? checkPrivateFolder(path) : fail(fromErrno(path));
}

Outcome<std::optional<std::string>> readPrivateFile(const std::string& path) {
    const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (fd.get() < 0) {
        if (errno == ENOENT)
            return std::optional<std::string>();
        return fail(fromErrno(path));
    }
    struct stat facts = {};
    if (::fstat(fd.get(), &facts) != 0)
        return fail(fromErrno(path));
    if (!S_ISREG(facts.st_mode) || facts.st_size > static_cast<off_t>(largestFile))
        return fail(Failure(Code::KeychainFailed, {path, std::strerror(EINVAL)}));
    if (auto owned = checkOwned(facts, path); !owned)
        return owned.failed();
    std::string text;
    std::array<char, 8192> piece;
    for (;;) {
        const ssize_t n = ::read(fd.get(), piece.data(), piece.size());
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(fromErrno(path));
        if (n == 0)
            return std::optional<std::string>(std::move(text));
        text.append(piece.data(), static_cast<std::size_t>(n));
        if (text.size() > largestFile)
            return fail(Failure(Code::KeychainFailed, {path, std::strerror(EFBIG)}));
    }
}

Outcome<void> writePrivateFile(const std::string& path, const std::string& text, bool replace) {
    std::string temporary = path + ".XXXXXX";
    Descriptor fd(::mkostemp(temporary.data(), O_CLOEXEC)); // mode 0600
    if (fd.get() < 0)
        return fail(fromErrno(path));
    const auto refuse = [&] {
        const Failure failure = errno == EEXIST ? Failure(Code::KeyExists, {std::string(), path}) : fromErrno(path);
        ::unlink(temporary.c_str());
        return fail(failure);
    };
    if (!writeAll(fd.get(), text) || ::fsync(fd.get()) != 0 || !fd.close())
        return refuse();
    if (replace) {
        if (::rename(temporary.c_str(), path.c_str()) != 0)
            return refuse();
    } else {
        // A link, unlike a rename, never takes the place of what is there.
        if (::link(temporary.c_str(), path.c_str()) != 0)
            return refuse();
        ::unlink(temporary.c_str());
    }
    return syncFolderOf(path) ? Outcome<void>() : fail(fromErrno(path));
}

Outcome<void> removePrivateFile(const std::string& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT)
        return fail(fromErrno(path));
    return {};
}

Outcome<FolderLock> FolderLock::take(const std::string& folder, std::chrono::milliseconds patience) {
    constexpr std::chrono::milliseconds betweenTries{50};
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return fail(fromErrno(folder));
    FolderLock lock(fd);
    const Cancel cancel = Cancel::current();
    const auto giveUp = std::chrono::steady_clock::now() + patience;
    while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return fail(fromErrno(folder));
        if (cancel.cancelled())
            return fail(Code::Cancelled);
        if (std::chrono::steady_clock::now() >= giveUp)
            return fail(Failure(Code::KeychainFailed, {folder, "another program is at work there"}));
        std::this_thread::sleep_for(betweenTries);
    }
    return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}

FolderLock::~FolderLock() {
    if (m_fd >= 0)
        ::close(m_fd);
}

} // namespace sealwright
