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

/// Is `path` an ancestor of `leaf` (not equal), on the boundaries that escaping leaves?
bool isAncestorPath(std::string_view path, std::string_view leaf);

} // namespace sealwright
