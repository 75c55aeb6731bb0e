#pragma once
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <map>
#include <string>

namespace sealwright::tests {

/// What a folder holds: each file's path and bytes, each empty folder's path with a `/`; links as what they are.
inline std::map<std::string, std::string> contentsOf(const QString& folder) {
    const auto everything = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
    std::map<std::string, std::string> found;
    QDirIterator walk(folder, everything, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString path = walk.next();
        const std::string name = QDir(folder).relativeFilePath(path).toStdString();
        if (walk.fileInfo().isDir()) {
            if (QDir(path).isEmpty(everything)) {
                found[name + "/"] = {};
            }
            continue;
        }
        QFile file(path);
        if (file.open(QIODevice::ReadOnly)) {
            found[name] = file.readAll().toStdString();
        }
    }
    return found;
}

inline bool writeFile(const QString& path, const std::string& bytes) {
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    return file.open(QIODevice::WriteOnly) &&
           file.write(bytes.data(), static_cast<qint64>(bytes.size())) == qint64(bytes.size());
}

} // namespace sealwright::tests
