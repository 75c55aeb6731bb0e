#include "app/profile/statement.h"

#include "app/profile/ledger_schema.h"
#include "crypto/base/control_json.h"

#include <QSqlError>
#include <QVariant>

namespace sealwright {

Statement::Statement(QSqlDatabase& database, const char* sql) : m_database(database), m_query(database) {
    m_query.setForwardOnly(true);
    m_prepared = m_query.prepare(QString::fromLatin1(sql));
}

Statement& Statement::text(const std::string& value) {
    m_query.addBindValue(QString::fromStdString(value));
    return *this;
}

Statement& Statement::bytes(const std::string& value) {
    // An empty QByteArray must not be a null one, which would be bound as NULL.
    m_query.addBindValue(QByteArray(value.data(), static_cast<qsizetype>(value.size())));
    return *this;
}

Statement& Statement::number(std::int64_t value) {
    m_query.addBindValue(static_cast<qlonglong>(value));
    return *this;
}

Statement& Statement::texts(const std::vector<std::string>& values) {
    return text(crypto::writeControlJson(crypto::JsonArray(values.begin(), values.end())));
}

Statement& Statement::null() {
    m_query.addBindValue(QVariant(QMetaType::fromType<QString>()));
    return *this;
}

Outcome<void> Statement::run() {
    if (!m_prepared || !m_query.exec())
        return fail(ledgerFailure(m_database, m_query.lastError().text()));
    return {};
}

std::string Statement::textAt(int column) const {
    return m_query.value(column).toString().toStdString();
}

std::string Statement::bytesAt(int column) const {
    return m_query.value(column).toByteArray().toStdString();
}

std::optional<std::vector<std::string>> Statement::textsAt(int column) const {
    const auto json = crypto::parseControlJson(textAt(column), std::size_t{64} << 20);
    if (!json || !json->array())
        return std::nullopt;
    std::vector<std::string> values;
    for (const crypto::Json& item : *json->array()) {
        if (!item.string())
            return std::nullopt;
        values.push_back(*item.string());
    }
    return values;
}

Failure Statement::damaged() const {
    return ledgerFailure(m_database, QStringLiteral("damaged"));
}

} // namespace sealwright
