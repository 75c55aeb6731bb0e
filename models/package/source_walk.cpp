#include "models/package/source_walk.h"

#include "models/files/file_failure.h"
#include "models/package/portable_path.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <dirent.h>
#include <memory>
#include <sys/stat.h>

namespace sealwright::package {
namespace {

/// The name that a path on disk gets inside the package: its last part in NFC, or nothing where it is not portable.
std::optional<std::string> portableName(std::string_view name) {
    const std::optional<QString> text = textOf(name);
    const QString composed = text.value_or(QString()).normalized(QString::NormalizationForm_C);
    if (!isPortablePart(composed)) {
        return std::nullopt;
    }
    return composed.toStdString();
}

class Walk {
public:
    explicit Walk(const Cancel& cancel) : m_cancel(cancel) {}

    Outcome<void> visit(const std::string& diskPath, std::string_view name, const std::string& folder) {
        if (m_cancel.cancelled()) {
            return fail(Code::Cancelled);
        }
        struct stat status = {};
        if (::lstat(diskPath.c_str(), &status) != 0) {
            return fail(files::fileFailure(diskPath, errno));
        }
        if (S_ISLNK(status.st_mode)) {
            return fail({Code::PackageSymlink, {diskPath}});
        }
        const std::optional<std::string> portable = portableName(name);
        if (!portable) {
            return fail({Code::PackagePathNotPortable, {diskPath}});
        }
        if (m_found.size() >= maxFiles) {
            return fail(Code::PackageTooManyFiles);
        }
        SourceFile file;
        file.diskPath = diskPath;
        file.index.entry.path = folder + *portable;
        file.index.entry.modified = std::max<std::int64_t>(0, status.st_mtim.tv_sec);
        if (S_ISDIR(status.st_mode)) {
            return visitFolder(std::move(file));
        }
        if (!S_ISREG(status.st_mode)) {
            return fail({Code::DataNotReadable, {diskPath}});
        }
        file.index.entry.size = static_cast<std::uint64_t>(status.st_size);
        file.index.payload = ++m_payloads;
        file.identity = {status.st_dev, status.st_ino, file.index.entry.size, status.st_mtim.tv_sec,
                         status.st_mtim.tv_nsec};
        m_found.push_back(std::move(file));
        return {};
    }

    std::vector<SourceFile> take() { return std::move(m_found); }

private:
    Outcome<void> visitFolder(SourceFile folder) {
        Outcome<std::vector<std::string>> names = namesIn(folder.diskPath);
        if (!names) {
            return names.failed();
        }
        folder.index.entry.path += '/';
        if (names->empty()) {
            m_found.push_back(std::move(folder));
            return {};
        }
        const std::string start = folder.diskPath.back() == '/' ? folder.diskPath : folder.diskPath + "/";
        for (const std::string& name : *names) {
            if (Outcome<void> visited = visit(start + name, name, folder.index.entry.path); !visited) {
                return visited;
            }
        }
        return {};
    }

    static Outcome<std::vector<std::string>> namesIn(const std::string& folder) {
        const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder.c_str()), ::closedir);
        if (!open) {
            return fail(files::fileFailure(folder, errno));
        }
        std::vector<std::string> names;
        errno = 0;
        while (const dirent* item = ::readdir(open.get())) {
            const std::string name = item->d_name;
            if (name != "." && name != "..") {
                names.push_back(name);
            }
            errno = 0;
        }
        if (errno != 0) {
            return fail(files::fileFailure(folder, errno));
        }
        std::sort(names.begin(), names.end());
        return names;
    }

    const Cancel& m_cancel;
    std::vector<SourceFile> m_found;
    std::size_t m_payloads = 0;
};

std::string withoutLastSlashes(std::string path) {
    while (path.size() > 1 && path.back() == '/') {
        path.pop_back();
    }
    return path;
}

std::string lastPart(const std::string& path) {
    return path.substr(path.rfind('/') + 1); // npos + 1 is 0
}

} // namespace

Outcome<std::vector<SourceFile>> walkSources(const std::vector<std::string>& sources, const Cancel& cancel) {
    Walk walk(cancel);
    for (const std::string& source : sources) {
        std::string path = withoutLastSlashes(source);
        std::string name = lastPart(path);
        if (name == "." || name == ".." || name.empty()) {
            const std::unique_ptr<char, void (*)(void*)> real(::realpath(path.c_str(), nullptr), std::free);
            if (!real) {
                return fail(files::fileFailure(path, errno));
            }
            path = real.get();
            name = lastPart(path);
        }
        if (const Outcome<void> visited = walk.visit(path, name, {}); !visited) {
            return visited.failed();
        }
    }
    std::vector<SourceFile> found = walk.take();
    std::vector<IndexFile> index;
    index.reserve(found.size());
    for (const SourceFile& file : found) {
        index.push_back(file.index);
    }
    if (const auto pair = collision(index)) {
        return fail({Code::PackagePathNotPortable, {pair->second, pair->first}});
    }
    return found;
}

} // namespace sealwright::package
