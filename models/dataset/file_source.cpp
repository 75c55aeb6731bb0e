#include "models/dataset/byte_source.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sealwright {
namespace {

Where fileWhere(const std::string& path) {
    Where where;
    where.file = path;
    return where;
}

class FileSource : public ByteSource {
public:
    FileSource(std::string path, int fd, const struct stat& opened)
        : m_path(std::move(path)), m_fd(fd), m_opened(opened) {}
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;
    ~FileSource() override { ::close(m_fd); }

    std::uint64_t size() const override { return std::uint64_t(m_opened.st_size); }
    std::string name() const override { return m_path; }

    Outcome<std::size_t> readAt(std::uint64_t offset, MutableBytes out) const override {
        std::size_t done = 0;
        if (offset >= size())
            return done;
        // What was appended since it was opened is not part of this source; unchanged() tells.
        const std::size_t wanted = std::size_t(std::min<std::uint64_t>(out.size(), size() - offset));
        while (done < wanted) {
            const ssize_t got = ::pread(m_fd, out.data() + done, wanted - done, off_t(offset + done));
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                return fail({Code::DataNotReadable, fileWhere(m_path), {std::strerror(errno)}});
            if (got == 0)
                return fail({Code::DataChangedWhileRead, fileWhere(m_path)});
            done += std::size_t(got);
        }
        return done;
    }

    Outcome<void> unchanged() const override {
        struct stat open = {}, named = {};
        if (::fstat(m_fd, &open) != 0 || ::stat(m_path.c_str(), &named) != 0 || !same(open) || !same(named))
            return fail({Code::DataChangedWhileRead, fileWhere(m_path)});
        return {};
    }

private:
    bool same(const struct stat& now) const {
        return now.st_dev == m_opened.st_dev && now.st_ino == m_opened.st_ino && now.st_size == m_opened.st_size &&
               now.st_mtim.tv_sec == m_opened.st_mtim.tv_sec && now.st_mtim.tv_nsec == m_opened.st_mtim.tv_nsec;
    }

    std::string m_path;
    int m_fd;
    struct stat m_opened;
};

} // namespace

Outcome<std::shared_ptr<ByteSource>> openFileSource(const std::string& path) {
    // Non-blocking, so that a pipe without a writer is refused instead of waited for.
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        const Code code = errno == ENOENT || errno == ENOTDIR ? Code::FileNotFound
                          : errno == EACCES || errno == EPERM ? Code::FileNoPermission
                                                              : Code::DataNotReadable;
        return fail({code, fileWhere(path), {std::strerror(errno)}});
    }
    struct stat opened = {};
    if (::fstat(fd, &opened) != 0 || !S_ISREG(opened.st_mode)) {
        ::close(fd);
        return fail({Code::DataNotReadable, fileWhere(path)});
    }
    return std::shared_ptr<ByteSource>(std::make_shared<FileSource>(path, fd, opened));
}

} // namespace sealwright
