#pragma once
#include "models/domain/failure.h"

#include <memory>
#include <string>

namespace sealwright::desktop {

/// While it lives no other worker takes up jobs on the same profile, in this process or another; the system lets it go
/// with the process, however that ends.
class WorkLock {
public:
    /// WorkerRunning where another has it, at once; FileNoPermission, FileFailed (facts: path). `profile` exists.
    static Outcome<std::unique_ptr<WorkLock>> take(const std::string& profile);
    ~WorkLock();
    WorkLock(const WorkLock&) = delete;
    WorkLock& operator=(const WorkLock&) = delete;

private:
    explicit WorkLock(int fd) : m_fd(fd) {}
    int m_fd;
};

} // namespace sealwright::desktop
