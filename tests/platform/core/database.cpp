#include "tests/platform/core/database.h"

#include <QFile>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QUuid>

namespace sealwright::platform {

namespace {

QList<Database::Row> rowsOf(QSqlQuery& query) {
    QList<Database::Row> rows;
    while (query.next()) {
        Database::Row row;
        for (int i = 0; i < query.record().count(); ++i)
            row.append(query.value(i));
        rows.append(row);
    }
    return rows;
}

} // namespace

Database::Database(const char* driver)
    : m_name(QUuid::createUuid().toString()),
      m_database(QSqlDatabase::addDatabase(QString::fromLatin1(driver), m_name)) {}

std::unique_ptr<Database> Database::sqlite(const std::string& file) {
    std::unique_ptr<Database> database(new Database("QSQLITE"));
    const auto path = QString::fromStdString(file);
    database->m_database.setDatabaseName(path);
    database->open();
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    return database;
}

std::unique_ptr<Database> Database::postgres(const PostgresAddress& address) {
    std::unique_ptr<Database> database(new Database("QPSQL"));
    auto& connection = database->m_database;
    connection.setHostName(QString::fromStdString(address.host));
    connection.setPort(address.port);
    connection.setDatabaseName(QString::fromStdString(address.database));
    connection.setUserName(QString::fromStdString(address.user));
    const auto password = address.password.reveal();
    connection.setPassword(
        QString::fromUtf8(reinterpret_cast<const char*>(password.data()), static_cast<qsizetype>(password.size())));
    connection.setConnectOptions(QStringLiteral("connect_timeout=5;options=-cclient_min_messages=warning"));
    database->open();
    return database;
}

Database::~Database() {
    m_database.close();
    m_database = {};
    QSqlDatabase::removeDatabase(m_name);
}

void Database::open() {
    if (!m_database.open())
        giveUp(m_database.lastError());
    if (m_database.driverName() == QLatin1String("QSQLITE")) {
        run("PRAGMA journal_mode = WAL");
        run("PRAGMA synchronous = NORMAL");
    }
}

/// Which of its statements a broken connection would still take, nobody knows: it is closed.
void Database::giveUp(const QSqlError& error) {
    m_database.close();
    throw DatabaseFailure(error.text().toStdString());
}

QList<Database::Row> Database::run(const std::string& sql, const QVariantList& values) {
    if (!m_database.isOpen())
        open();
    QSqlError failed;
    {
        QSqlQuery query(m_database);
        const auto text = QString::fromStdString(sql);
        // PostgreSQL prepares nothing but queries and changes of rows.
        bool good = values.isEmpty() || query.prepare(text);
        for (const auto& value : values)
            query.addBindValue(value);
        good = good && (values.isEmpty() ? query.exec(text) : query.exec());
        if (good)
            return rowsOf(query);
        failed = query.lastError();
    }
    giveUp(failed); // once nothing uses the connection
}

Database::Transaction::Transaction(Database& database) : m_database(database) {
    database.run("BEGIN");
}

Database::Transaction::~Transaction() {
    if (m_open && m_database.m_database.isOpen())
        m_database.m_database.rollback();
}

void Database::Transaction::commit() {
    m_database.run("COMMIT");
    m_open = false;
}

} // namespace sealwright::platform
