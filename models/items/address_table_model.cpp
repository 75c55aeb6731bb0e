#include "models/items/address_table_model.h"

#include <QDateTime>

namespace sealwright::items {

AddressTableModel::AddressTableModel(const QStringList& headings, QObject* parent)
    : QAbstractTableModel(parent), m_headings(headings) {}

void AddressTableModel::setHeadings(const QStringList& headings) {
    m_headings = headings;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, Columns - 1);
}

void AddressTableModel::setRows(std::vector<AddressRow> rows) {
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int AddressTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int AddressTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : Columns;
}

QVariant AddressTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const AddressRow& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == KidRole)
        return row.kid;
    if (role == FromRegistrationRole)
        return row.fromRegistration;
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Name:
        return row.name;
    case Words:
        return row.words;
    case Since:
        return QDateTime::fromSecsSinceEpoch(row.since);
    case From:
        return row.from;
    default:
        return {};
    }
}

QVariant AddressTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole && section >= 0 && section < m_headings.size())
        return m_headings[section];
    return {};
}

} // namespace sealwright::items
