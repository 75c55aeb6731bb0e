#pragma once
#include <string>
#include <string_view>

// Field paths (FORMAT.md §4): names joined by `.`, `[]` for every element of an array.
namespace sealwright {

/// Appends a member's or column's name with `.`, `[`, `\` anywhere and `#`, `$` at its beginning escaped. The name is
/// UTF-8 and already free of JSON's own escapes.
void appendEscapedName(std::string_view name, std::string& path);
std::string escapedName(std::string_view name);

/// Appends `.name` (no dot where `path` is empty and `first` says that nothing stands before it).
void appendMember(std::string_view name, bool first, std::string& path);
inline void appendElement(std::string& path) {
    path += "[]";
}

/// Calls `each` with the length of every prefix of `path` that is an ancestor's path on the boundaries that escaping
/// leaves, shortest first: of `a.b[].c` with those of `a`, `a.b` and `a.b[]`. One pass, whatever the path.
template <class Each>
void forEachBoundary(std::string_view path, Each each) {
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '\\') {
            ++i;
        } else if (path[i] == '.' || path[i] == '[') {
            each(i);
        }
    }
}

/// A path has at most one step for each level of nesting (FORMAT.md §9), and as many again around the records. What has
/// more can be no field's, and would make every question about ancestors expensive.
inline constexpr std::size_t maxPathSteps = 512;
bool hasTooManySteps(std::string_view path);

/// Is `path` an ancestor of `leaf` (not equal), on the boundaries that escaping leaves?
bool isAncestorPath(std::string_view path, std::string_view leaf);

} // namespace sealwright
