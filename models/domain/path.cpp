#include "models/domain/path.h"

namespace sealwright {

void appendEscapedName(std::string_view name, std::string& path) {
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool special = c == '.' || c == '[' || c == '\\' || (i == 0 && (c == '#' || c == '$'));
        if (special) {
            path += '\\';
        }
        path += c;
    }
}

std::string escapedName(std::string_view name) {
    std::string path;
    appendEscapedName(name, path);
    return path;
}

void appendMember(std::string_view name, bool first, std::string& path) {
    if (!first) {
        path += '.';
    }
    appendEscapedName(name, path);
}

bool hasTooManySteps(std::string_view path) {
    std::size_t steps = 1;
    forEachBoundary(path, [&](std::size_t) { ++steps; });
    return steps > maxPathSteps;
}

bool isAncestorPath(std::string_view path, std::string_view leaf) {
    if (leaf.size() <= path.size() || leaf.substr(0, path.size()) != path) {
        return false;
    }
    std::size_t backslashes = 0;
    while (backslashes < path.size() && path[path.size() - 1 - backslashes] == '\\') {
        ++backslashes;
    }
    const char next = leaf[path.size()];
    return backslashes % 2 == 0 && (next == '.' || next == '[');
}

} // namespace sealwright
