#include "tests/platform/core/database.h"

#include <QFile>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QUuid>

#include <cstdio>
#include <cstdlib>

namespace sealwright::platform {

namespace {

[[noreturn]] void giveUp(const QSqlError& error) {
    std::fprintf(stderr, "database: %s\n", error.text().toUtf8().constData());
    std::exit(1);
}

} // namespace

Database::Database(const std::string& file, const QStringList& schema)
    : m_name(QUuid::createUuid().toString()), m_database(QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name)) {
    const auto path = QString::fromStdString(file);
    m_database.setDatabaseName(path);
    if (!m_database.open())
        giveUp(m_database.lastError());
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    run("PRAGMA journal_mode = WAL");
    run("PRAGMA synchronous = NORMAL");
    for (const auto& statement : schema)
        run(statement.toUtf8().constData());
}

Database::~Database() {
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_name);
}

QList<Database::Row> Database::run(const char* sql, const QVariantList& values) {
    QSqlQuery query(m_database);
    if (!query.prepare(QString::fromUtf8(sql)))
        giveUp(query.lastError());
    for (const auto& value : values)
        query.addBindValue(value);
    if (!query.exec())
        giveUp(query.lastError());
    QList<Row> rows;
    while (query.next()) {
        Row row;
        for (int i = 0; i < query.record().count(); ++i)
            row.append(query.value(i));
        rows.append(row);
    }
    return rows;
}

Database::Transaction::Transaction(Database& database) : m_database(database) {
    database.run("BEGIN IMMEDIATE");
}

Database::Transaction::~Transaction() {
    if (m_open)
        m_database.run("ROLLBACK");
}

void Database::Transaction::commit() {
    m_database.run("COMMIT");
    m_open = false;
}

} // namespace sealwright::platform
