#pragma once
#include <QStringList>

#include <string_view>

// Field paths of FORMAT.md §4 taken apart for a tree.
namespace sealwright::items {

/// UTF-8 as it stands. Qt's own conversions leave out a byte order mark at the beginning, and a name may begin with
/// one.
QString textOf(std::string_view utf8);
/// The path up to and with each name: "a.b[].c" gives "a", "a.b[]", "a.b[].c". Escaped dots do not part.
QStringList pathSteps(const QString& path);
/// The last name as a person reads it: escapes undone, "b[]" for an array's elements.
QString lastName(const QString& path);
/// The path for a tooltip, which would take some for rich text.
QString toolTipOf(const QString& path);
/// Headings of a table with a column for each path: its last name, or the whole path where two would be called the
/// same.
QStringList columnNames(const QStringList& paths);

} // namespace sealwright::items
