#pragma once
#include "models/domain/failure.h"

#include <QSqlDatabase>
#include <QSqlQuery>

#include <cstdint>
#include <string>
#include <vector>

namespace sealwright {

/// One prepared statement in the project's own types. Values are bound in the order of the statement's `?`, columns
/// read by their place. Used on the connection's thread.
class Statement {
public:
    Statement(QSqlDatabase& database, const char* sql);

    Statement& text(const std::string& value);
    Statement& bytes(const std::string& value); ///< as they are: a path need not be UTF-8
    Statement& number(std::int64_t value);
    Statement& number(std::uint64_t value) { return number(static_cast<std::int64_t>(value)); }
    Statement& number(bool value) { return number(std::int64_t{value}); }
    Statement& texts(const std::vector<std::string>& values); ///< as a JSON array
    Statement& null();

    /// Carries it out. ProfileFailed.
    Outcome<void> run();
    /// To the first or next row; false behind the last.
    bool next() { return m_query.next(); }

    bool isNull(int column) const { return m_query.isNull(column); }
    std::string textAt(int column) const;
    std::string bytesAt(int column) const;
    std::int64_t numberAt(int column) const { return m_query.value(column).toLongLong(); }
    std::uint64_t countAt(int column) const { return static_cast<std::uint64_t>(numberAt(column)); }
    bool flagAt(int column) const { return numberAt(column) != 0; }
    /// Nothing where the column holds no JSON array of texts.
    std::optional<std::vector<std::string>> textsAt(int column) const;

    /// For a row that no version of this program writes.
    Failure damaged() const;

private:
    QSqlDatabase& m_database;
    QSqlQuery m_query;
    bool m_prepared;
};

} // namespace sealwright
