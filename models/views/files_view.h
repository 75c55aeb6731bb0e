#pragma once
#include "models/items/file_list_model.h"
#include "models/items/opener.h"
#include "models/views/page_view.h"

#include <QStringList>

namespace sealwright::views {

/// The Files page: anything dropped becomes a line; `.sealed` is opened, all else is sealed for those named.
class FilesView : public PageView {
    Q_OBJECT
public:
    using PageView::PageView;

    items::FileListModel* files() { return &m_files; }
    /// One line each; whoever answers describeWanted() looks at the path, and tells what is there by update().
    void add(const QStringList& paths);
    void remove(int id); ///< nothing while it is worked on

    /// Everyone who could be chosen, this machine first.
    void setKnown(const items::Openers& known);
    const items::Openers& known() const { return m_known; }
    const items::Openers& chosen() const { return m_chosen; }
    void choose(const QString& kid);
    void unchoose(const QString& kid);

    int ready(items::FileRow::Work work) const;
    bool working() const;
    /// Seals every ready line for those chosen, beside each file, or into `folder` where one is given. Nothing without
    /// anybody to open it.
    void seal(const QString& folder);
    /// Opens every ready package beside itself, or into `folder`.
    void openPackages(const QString& folder);
    void cancel(int id) { Q_EMIT cancelWanted(id); }

    void update(const items::FileRow& row);

Q_SIGNALS:
    void recipientsChanged();
    void describeWanted(int id);
    void sealWanted(int id, const QStringList& kids, const QString& folder);
    void openWanted(int id, const QString& folder);
    void cancelWanted(int id);

private:
    std::vector<int> readyIds(items::FileRow::Work work) const;
    items::FileListModel m_files;
    items::Openers m_known, m_chosen;
    bool m_touched = false; ///< the owner has chosen; a fresh list then keeps it
};

} // namespace sealwright::views
