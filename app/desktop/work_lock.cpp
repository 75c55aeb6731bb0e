#include "app/desktop/work_lock.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace sealwright::desktop {

Outcome<std::unique_ptr<WorkLock>> WorkLock::take(const std::string& profile) {
    const std::string path = profile + "/work.lock";
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return fail(Failure(errno == EACCES || errno == EPERM ? Code::FileNoPermission : Code::FileFailed, {path}));
    while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR)
            continue;
        const bool taken = errno == EWOULDBLOCK;
        ::close(fd);
        return fail(taken ? Failure(Code::WorkerRunning) : Failure(Code::FileFailed, {path}));
    }
    return std::unique_ptr<WorkLock>(new WorkLock(fd));
}

WorkLock::~WorkLock() {
    ::close(m_fd); // the file stays: who removed it could take away another's lock
}

} // namespace sealwright::desktop
