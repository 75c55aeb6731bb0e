#pragma once
#include <QAbstractTableModel>
#include <QStringList>

#include <vector>

namespace sealwright::items {

struct AddressRow {
    QString name, words, kid, from;
    qint64 since = 0; ///< seconds since 1970
    bool fromRegistration = false;
    bool canReceive = true; ///< a recipient key, else a signing key
};

/// People and platforms whose keys this machine knows. GUI thread.
class AddressTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Words, Since, From, Columns };
    enum Role { KidRole = Qt::UserRole + 1, FromRegistrationRole };
    /// The headings are the window's to say.
    AddressTableModel(const QStringList& headings, QObject* parent);
    explicit AddressTableModel(QObject* parent = nullptr) : AddressTableModel(QStringList(), parent) {}

    void setHeadings(const QStringList& headings);
    void setRows(std::vector<AddressRow> rows);
    const std::vector<AddressRow>& rows() const { return m_rows; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override; ///< Since is a QDateTime in local time
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QStringList m_headings;
    std::vector<AddressRow> m_rows;
};

} // namespace sealwright::items
