#pragma once
#include "models/domain/failure.h"

#include <QAbstractListModel>

#include <optional>
#include <vector>

namespace sealwright::items {

/// One file or folder that is sealed, or one package that is opened.
struct FileRow {
    enum class Work { Seal, Open };
    enum class Stage { Ready, Waiting, Working, Done, Failed, Cancelled };
    int id = 0;
    Work work = Work::Seal;
    Stage stage = Stage::Ready;
    QString path, name;
    std::optional<quint64> size; ///< of a file, once somebody looked
    bool folder = false;
    bool spreadsheet = false; ///< sealed whole; fields could be chosen in a CSV
    bool dataset = false;     ///< Open: a dataset with its manifest beside it, else a package
    quint64 done = 0, total = 0;
    QString result;                 ///< path of what was written
    QString signer;                 ///< Open, Done: name from the address book, empty where unknown
    std::optional<Failure> failure; ///< also of one that was opened, where something about it is not in order
};

/// Lines of the Files page, in the order they came. GUI thread.
class FileListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole + 1 };
    using QAbstractListModel::QAbstractListModel;

    int add(FileRow row); ///< gives it an id
    /// Changes the one with this id; nothing where it is gone.
    void update(const FileRow& row);
    void remove(int id);
    const FileRow* find(int id) const;
    const std::vector<FileRow>& rows() const { return m_rows; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    int positionOf(int id) const;
    std::vector<FileRow> m_rows;
    int m_nextId = 1;
};

} // namespace sealwright::items
