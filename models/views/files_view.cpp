#include "models/views/files_view.h"

#include <QFileInfo>

#include <algorithm>

namespace sealwright::views {

using items::FileRow;
using items::Opener;

namespace {

bool busyWith(const FileRow& row) {
    return row.stage == FileRow::Stage::Waiting || row.stage == FileRow::Stage::Working;
}

} // namespace

void FilesView::add(const QStringList& paths) {
    for (const QString& path : paths) {
        const QFileInfo info(path);
        FileRow row;
        row.path = info.absoluteFilePath();
        row.name = info.fileName();
        using namespace Qt::StringLiterals;
        row.work = row.name.endsWith(u".sealed"_s, Qt::CaseInsensitive) ? FileRow::Work::Open : FileRow::Work::Seal;
        const auto& rows = m_files.rows();
        const bool known = std::any_of(rows.begin(), rows.end(), [&](const FileRow& other) {
            return other.path == row.path && (other.stage == FileRow::Stage::Ready || busyWith(other));
        });
        if (!known)
            Q_EMIT describeWanted(m_files.add(row));
    }
    Q_EMIT changed();
}

void FilesView::remove(int id) {
    const FileRow* row = m_files.find(id);
    if (!row || busyWith(*row))
        return;
    m_files.remove(id);
    Q_EMIT changed();
}

void FilesView::setKnown(const items::Openers& known) {
    m_known = known;
    const auto stillThere = [&](const Opener& one) {
        return std::any_of(known.begin(), known.end(), [&](const Opener& other) { return other.kid == one.kid; });
    };
    items::Openers kept;
    for (const Opener& one : std::as_const(m_chosen))
        if (stillThere(one))
            kept.append(one);
    m_chosen = kept;
    if (!m_touched && m_chosen.isEmpty())
        for (const Opener& one : known)
            if (one.thisMachine)
                m_chosen.append(one);
    Q_EMIT recipientsChanged();
}

void FilesView::choose(const QString& kid) {
    for (const Opener& one : std::as_const(m_chosen))
        if (one.kid == kid)
            return;
    for (const Opener& one : std::as_const(m_known)) {
        if (one.kid != kid)
            continue;
        m_touched = true;
        if (one.thisMachine)
            m_chosen.prepend(one);
        else
            m_chosen.append(one);
        Q_EMIT recipientsChanged();
        return;
    }
}

void FilesView::unchoose(const QString& kid) {
    m_touched = true;
    m_chosen.removeIf([&](const Opener& one) { return one.kid == kid; });
    Q_EMIT recipientsChanged();
}

std::vector<int> FilesView::readyIds(FileRow::Work work) const {
    std::vector<int> ids;
    for (const FileRow& row : m_files.rows())
        if (row.work == work && row.stage == FileRow::Stage::Ready)
            ids.push_back(row.id);
    return ids;
}

int FilesView::ready(FileRow::Work work) const {
    return static_cast<int>(readyIds(work).size());
}

bool FilesView::working() const {
    const auto& rows = m_files.rows();
    return std::any_of(rows.begin(), rows.end(), busyWith);
}

void FilesView::seal(const QString& folder) {
    QStringList kids;
    for (const Opener& one : std::as_const(m_chosen))
        kids.append(one.kid);
    if (kids.isEmpty())
        return;
    for (const int id : readyIds(FileRow::Work::Seal))
        Q_EMIT sealWanted(id, kids, folder);
}

void FilesView::openPackages(const QString& folder) {
    for (const int id : readyIds(FileRow::Work::Open))
        Q_EMIT openWanted(id, folder);
}

void FilesView::update(const FileRow& row) {
    m_files.update(row);
    // A dataset's manifest that came along with it is the dataset.
    const auto& rows = m_files.rows();
    const bool twice = std::any_of(rows.begin(), rows.end(), [&](const FileRow& other) {
        return other.id != row.id && other.path == row.path && other.stage == FileRow::Stage::Ready;
    });
    if (twice && row.stage == FileRow::Stage::Ready)
        m_files.remove(row.id);
    Q_EMIT changed();
}

} // namespace sealwright::views
