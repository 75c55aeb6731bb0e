#include "models/package/target_folder.h"

#include "models/files/file_failure.h"
#include "models/files/names.h"

#include <cerrno>
#include <filesystem>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace sealwright::package {
namespace {

/// The folder and every one above it that is missing; appends those that it made, the outermost first, also where it
/// fails.
Outcome<void> makeFolders(const std::string& path, std::vector<std::string>& made) {
    if (::mkdir(path.c_str(), 0700) == 0) {
        made.push_back(path);
        return {};
    }
    const int error = errno;
    if (error == EEXIST) {
        struct stat status = {};
        const bool isFolder = ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
        return isFolder ? Outcome<void>() : fail(files::fileFailure(path, EEXIST));
    }
    const std::size_t slash = path.rfind('/');
    if (error != ENOENT || slash == std::string::npos || slash == 0) {
        return fail(files::fileFailure(path, error));
    }
    if (Outcome<void> above = makeFolders(path.substr(0, slash), made); !above) {
        return above;
    }
    if (::mkdir(path.c_str(), 0700) != 0) {
        return fail(files::fileFailure(path, errno));
    }
    made.push_back(path);
    return {};
}

/// The names that will stand in the target folder itself.
std::set<std::string> topNames(const std::vector<IndexFile>& files) {
    std::set<std::string> names;
    for (const IndexFile& file : files) {
        names.insert(file.entry.path.substr(0, file.entry.path.find('/')));
    }
    return names;
}

} // namespace

Outcome<TargetFolder> TargetFolder::make(const std::string& folder) {
    TargetFolder target;
    target.m_folder = folder;
    while (target.m_folder.size() > 1 && target.m_folder.back() == '/') {
        target.m_folder.pop_back();
    }
    if (const Outcome<void> made = makeFolders(target.m_folder, target.m_made); !made) {
        return made.failed();
    }
    std::string temporary = files::temporaryBeside(target.m_folder + "/x", ".part");
    if (::mkdir(temporary.c_str(), 0700) != 0) {
        return fail(files::fileFailure(folder, errno));
    }
    target.m_temporary = std::move(temporary);
    return target;
}

TargetFolder::TargetFolder(TargetFolder&& other) noexcept
    : m_folder(std::move(other.m_folder)),
      m_temporary(std::exchange(other.m_temporary, {})),
      m_made(std::exchange(other.m_made, {})) {}

TargetFolder::~TargetFolder() {
    if (!m_temporary.empty()) {
        std::error_code ignored;
        std::filesystem::remove_all(m_temporary, ignored);
    }
    for (auto folder = m_made.rbegin(); folder != m_made.rend(); ++folder) {
        ::rmdir(folder->c_str());
    }
}

Outcome<void> TargetFolder::prepare(const std::vector<IndexFile>& files, bool reserve) {
    for (const std::string& name : topNames(files)) {
        const std::string path = m_folder + "/" + name;
        struct stat there = {};
        if (::lstat(path.c_str(), &there) == 0) {
            return fail(files::fileFailure(path, EEXIST));
        }
    }
    std::string lastFolder;
    std::vector<std::string> below; // all of them go with the temporary folder
    for (const IndexFile& file : files) {
        const std::string path = inTemporary(file.entry.path);
        const std::string folder = path.substr(0, path.rfind('/'));
        if (folder != lastFolder) {
            if (Outcome<void> made = makeFolders(folder, below); !made) {
                return made;
            }
            lastFolder = folder;
        }
        if (file.entry.isFolder()) {
            continue;
        }
        const Outcome<PositionalFile> made = PositionalFile::create(path);
        if (!made) {
            return made.failed();
        }
        if (reserve) {
            if (Outcome<void> room = made->reserve(file.entry.size); !room) {
                return room;
            }
        }
    }
    return {};
}

Outcome<PositionalFile> TargetFolder::openToWrite(const IndexFile& file) const {
    return PositionalFile::openToWrite(inTemporary(file.entry.path));
}

Outcome<void> TargetFolder::commit(const std::vector<IndexFile>& files) {
    for (const IndexFile& file : files) {
        if (file.payload != 0 && file.entry.modified) {
            const Outcome<PositionalFile> open = openToWrite(file);
            if (!open) {
                return open.failed();
            }
            if (Outcome<void> set = open->setModified(*file.entry.modified); !set) {
                return set;
            }
        }
    }
    std::vector<std::string> moved;
    for (const std::string& name : topNames(files)) {
        if (const Outcome<void> renamed = files::rename(inTemporary(name), m_folder + "/" + name, false); !renamed) {
            for (const std::string& back : moved) {
                const Outcome<void> ignored = files::rename(m_folder + "/" + back, inTemporary(back), false);
                (void)ignored.ok();
            }
            return renamed;
        }
        moved.push_back(name);
    }
    m_made.clear();
    files::syncFolderOf(m_folder + "/x");
    return {};
}

} // namespace sealwright::package
