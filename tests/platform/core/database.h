#pragma once
#include <QSqlDatabase>
#include <QVariant>

#include <string>

namespace sealwright::platform {

/// One SQLite file on the platform's only thread. It must work: what fails ends the program with a line on standard
/// error, so that nothing here has to say what a broken disk means to a caller.
class Database {
public:
    Database(const std::string& file, const QStringList& schema);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    using Row = QVariantList;
    /// Rows of a SELECT; none of anything else.
    QList<Row> run(const char* sql, const QVariantList& values = {});

    /// Rolled back unless committed.
    class Transaction {
    public:
        explicit Transaction(Database& database);
        ~Transaction();
        void commit();

    private:
        Database& m_database;
        bool m_open = true;
    };

private:
    QString m_name;
    QSqlDatabase m_database;
};

inline QVariant sqlText(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}
inline std::string textOf(const QVariant& value) {
    return value.toString().toStdString();
}

} // namespace sealwright::platform
