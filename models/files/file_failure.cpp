#include "models/files/file_failure.h"

#include <cerrno>
#include <system_error>

namespace sealwright::files {
namespace {

Code codeOf(int error) {
    switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return Code::FileNoSpace;
    case EACCES:
    case EPERM:
    case EROFS:
        return Code::FileNoPermission;
    case ENOENT:
    case ENOTDIR:
        return Code::FileNotFound;
    case EEXIST:
    case ENOTEMPTY:
        return Code::FileExists;
    case EISDIR:
        return Code::DataNotReadable;
    case ELOOP:
        return Code::PackageSymlink;
    default:
        return Code::FileFailed;
    }
}

} // namespace

Failure fileFailure(const std::string& path, int error) {
    Where where;
    where.file = path;
    return {codeOf(error), where, {path, std::generic_category().message(error)}};
}

} // namespace sealwright::files
