#include "models/dataset/byte_source.h"
#include "models/files/file_failure.h"
#include "models/files/names.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sealwright {

using files::fileFailure;

Outcome<std::unique_ptr<FileSink>> FileSink::create(const std::string& target, bool replace) {
    struct stat there = {};
    if (::lstat(target.c_str(), &there) == 0 && (!replace || S_ISDIR(there.st_mode)))
        return fail(fileFailure(target, EEXIST));
    std::unique_ptr<FileSink> sink(new FileSink);
    sink->m_target = target;
    sink->m_replace = replace;
    do {
        sink->m_temporary = files::temporaryBeside(target, ".part");
        sink->m_fd = ::open(sink->m_temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    } while (sink->m_fd < 0 && errno == EEXIST);
    if (sink->m_fd < 0) {
        sink->m_temporary.clear();
        return fail(fileFailure(target, errno));
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
            return fail(fileFailure(m_target, errno));
        bytes.remove_prefix(std::size_t(done));
    }
    return {};
}

Outcome<void> FileSink::flush() {
    if (::fsync(m_fd) != 0)
        return fail(fileFailure(m_target, errno));
    return {};
}

Outcome<void> FileSink::commit() {
    if (auto flushed = flush(); !flushed)
        return flushed;
    const int fd = std::exchange(m_fd, -1);
    if (::close(fd) != 0)
        return fail(fileFailure(m_target, errno));
    if (auto renamed = files::rename(m_temporary, m_target, m_replace); !renamed)
        return renamed;
    m_temporary.clear();
    files::syncFolderOf(m_target);
    return {};
}

} // namespace sealwright
