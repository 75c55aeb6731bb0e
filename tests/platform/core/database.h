#pragma once
#include "crypto/base/secret.h"

#include <QSqlDatabase>
#include <QVariant>

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

namespace sealwright::platform {

/// Thrown where the database could not carry something out: it is away, or broken. The platform answers such a call
/// with 503 (platform.cpp); nothing in between has to say what that means.
class DatabaseFailure : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

struct PostgresAddress {
    std::string host;
    std::uint16_t port = 0;
    std::string database, user;
    crypto::SecretBytes password;
};

/// One connection on the platform's only thread, to an SQLite file or to PostgreSQL. Statements are written once, in
/// what both understand: `?` for values, BIGINT, TEXT, no row ids. A connection that failed is opened afresh by the
/// next call.
class Database {
public:
    /// Throw DatabaseFailure. The file is readable by its owner alone.
    static std::unique_ptr<Database> sqlite(const std::string& file);
    static std::unique_ptr<Database> postgres(const PostgresAddress& address);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    using Row = QVariantList;
    /// Rows of a SELECT; none of anything else. Throws DatabaseFailure; a transaction under way is then rolled back.
    QList<Row> run(const std::string& sql, const QVariantList& values = {});

    /// Rolled back unless committed. One at a time.
    class Transaction {
    public:
        explicit Transaction(Database& database);
        ~Transaction();
        Transaction(const Transaction&) = delete;
        Transaction& operator=(const Transaction&) = delete;
        void commit();

    private:
        Database& m_database;
        bool m_open = true;
    };

private:
    explicit Database(const char* driver);
    void open();
    [[noreturn]] void giveUp(const QSqlError& error);

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
