#pragma once
#include <QString>
#include <optional>
#include <string>
#include <string_view>

// Paths inside a package that every system can hold (FORMAT.md §6).
namespace sealwright::package {

/// One part of a path: NFC, not empty, no `.` or `..`, none of `\ : * ? " < > |`, no control character, no dot or space
/// at its end, no device name of Windows.
bool isPortablePart(QStringView part);

/// UTF-8 as it stands, a byte order mark at its beginning too; nothing for what is not UTF-8.
std::optional<QString> textOf(std::string_view utf8);

/// Parts joined by `/`; a folder's path ends in one more `/`. False for what is not UTF-8.
bool isPortablePath(std::string_view path);

/// What two paths have in common that some system cannot tell apart: full case folding, then NFC; without a folder's
/// last `/`.
std::string foldedPath(std::string_view path);

} // namespace sealwright::package
