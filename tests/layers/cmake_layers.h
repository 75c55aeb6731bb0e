#pragma once
#include "source_text.h"

#include <QHash>
#include <QRegularExpression>
#include <QSet>
#include <QStringList>

// What CMake links: the sealwright_layer() calls, which make one target of each folder.
namespace layers {

class CMakeLayers {
public:
    /// Reads the calls in the text of CMakeLists files, those in a foreach over words included.
    explicit CMakeLayers(QString text) {
        static const QRegularExpression comment(QStringLiteral("#[^\n]*"));
        static const QRegularExpression loop(regex(R"re(foreach\((\w+)([^)]*)\)(.*?)endforeach\(\))re"),
                                             QRegularExpression::DotMatchesEverythingOption);
        static const QRegularExpression call(regex(R"re((?<!\()\bsealwright_layer\(([^)]*)\))re"));
        static const QRegularExpression more(
            regex(R"re(target_link_libraries\((\w+)\s+(?:PUBLIC|PRIVATE|INTERFACE)\s+([^)]*)\))re"));
        text.remove(comment);
        for (auto match = loop.match(text); match.hasMatch(); match = loop.match(text)) {
            QString unrolled;
            for (const QString& word : words(match.captured(2)))
                unrolled += match.captured(3).replace(QStringLiteral("${%1}").arg(match.captured(1)), word);
            text.replace(match.capturedStart(), match.capturedLength(), unrolled);
        }
        for (auto it = call.globalMatch(text); it.hasNext();) {
            const QStringList parts = words(it.next().captured(1));
            if (parts.size() < 2 || parts[0].contains(QLatin1Char('$')))
                continue;
            const auto link = parts.indexOf(QStringLiteral("LINK"));
            m_targets[parts[1]] = parts[0];
            m_folders[parts[0]] = parts[1];
            m_links[parts[0]] = link < 0 ? QStringList() : parts.mid(link + 1);
        }
        for (auto it = more.globalMatch(text); it.hasNext();) {
            const auto match = it.next();
            if (m_links.contains(match.captured(1)))
                m_links[match.captured(1)] += words(match.captured(2));
        }
    }

    bool hasFolder(const QString& folder) const { return m_targets.contains(folder); }
    QStringList folders() const { return m_targets.keys(); }

    /// The project's folders that code in `folder` is linked with, itself included.
    QSet<QString> linkedFolders(const QString& folder) const {
        QSet<QString> found;
        for (const QString& target : closure(folder))
            if (m_folders.contains(target))
                found.insert(m_folders[target]);
        return found;
    }

    /// `Core`, `Widgets`, … of Qt6::, with those that they bring along.
    QSet<QString> linkedQt(const QString& folder) const {
        const QString core = QStringLiteral("Core"), gui = QStringLiteral("Gui");
        QSet<QString> found;
        for (const QString& target : closure(folder))
            if (target.startsWith(QLatin1String("Qt6::")))
                found.insert(target.mid(5));
        if (found.contains(QStringLiteral("Widgets")) || found.contains(QStringLiteral("Svg")))
            found.insert(gui);
        if (!found.isEmpty())
            found.insert(core);
        return found;
    }

private:
    static QStringList words(const QString& text) {
        static const QRegularExpression space(QStringLiteral("\\s+"));
        return text.split(space, Qt::SkipEmptyParts);
    }

    QSet<QString> closure(const QString& folder) const {
        QSet<QString> found;
        QStringList next{m_targets.value(folder)};
        while (!next.isEmpty()) {
            const QString target = next.takeLast();
            if (found.contains(target))
                continue;
            found.insert(target);
            next += m_links.value(target);
        }
        return found;
    }

    QHash<QString, QString> m_targets; ///< of a folder
    QHash<QString, QString> m_folders; ///< of a target
    QHash<QString, QStringList> m_links;
};

} // namespace layers
