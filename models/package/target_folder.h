#pragma once
#include "models/package/package_index.h"
#include "models/package/positional_file.h"

namespace sealwright::package {

/// Where a package is opened to: everything is written below a temporary folder inside `folder` and moved up by
/// commit(). Dropped without it, nothing is left, not even `folder` and those above it where this made them.
class TargetFolder {
public:
    static Outcome<TargetFolder> make(const std::string& folder);
    TargetFolder(TargetFolder&& other) noexcept;
    TargetFolder& operator=(TargetFolder&&) = delete;
    ~TargetFolder();

    /// Folders and empty files for all of them; FileExists where one of them is in `folder` already. With `reserve`
    /// room is set aside for each size.
    Outcome<void> prepare(const std::vector<IndexFile>& files, bool reserve);
    Outcome<PositionalFile> openToWrite(const IndexFile& file) const;
    /// Times, then names; what has been moved goes back where a later one fails.
    Outcome<void> commit(const std::vector<IndexFile>& files);

private:
    TargetFolder() = default;
    std::string inTemporary(const std::string& path) const { return m_temporary + "/" + path; }
    std::string m_folder, m_temporary;
    std::vector<std::string> m_made; ///< the outermost first
};

} // namespace sealwright::package
