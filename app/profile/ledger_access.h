#pragma once
#include "app/profile/ledger_thread.h"
#include "app/profile/statement.h"

namespace sealwright {

/// Work on the profile file, in the few forms that the ledger needs. Any thread; all failures are ProfileFailed.
class LedgerAccess {
public:
    using Bind = std::function<void(Statement&)>;
    static void nothingBound(Statement&) {}

    explicit LedgerAccess(LedgerThread& thread) : m_thread(thread) {}

    template <class T>
    Outcome<T> on(const std::function<Outcome<T>(QSqlDatabase&)>& work) const {
        std::optional<Outcome<T>> result;
        m_thread.run([&](QSqlDatabase& database) { result.emplace(work(database)); });
        return std::move(*result);
    }

    Outcome<void> change(const char* sql, const Bind& bind) const {
        return on<void>([&](QSqlDatabase& database) {
            Statement statement(database, sql);
            bind(statement);
            return statement.run();
        });
    }

    /// All of `work` or nothing of it.
    template <class T>
    Outcome<T> together(const std::function<Outcome<T>(QSqlDatabase&)>& work) const {
        return on<T>([&](QSqlDatabase& database) -> Outcome<T> {
            if (auto begun = Statement(database, "BEGIN IMMEDIATE").run(); !begun)
                return begun.failed();
            auto done = work(database);
            if (done)
                if (auto kept = Statement(database, "COMMIT").run(); !kept)
                    done = kept.failed();
            if (!done)
                (void)Statement(database, "ROLLBACK").run();
            return done;
        });
    }

    template <class T>
    Outcome<std::vector<T>> rows(const char* sql, const Bind& bind, Outcome<T> (*read)(const Statement&)) const {
        return on<std::vector<T>>([&](QSqlDatabase& database) -> Outcome<std::vector<T>> {
            Statement statement(database, sql);
            bind(statement);
            if (auto done = statement.run(); !done)
                return done.failed();
            std::vector<T> found;
            while (statement.next()) {
                auto row = read(statement);
                if (!row)
                    return row.failed();
                found.push_back(std::move(*row));
            }
            return found;
        });
    }

    template <class T>
    Outcome<std::vector<T>> all(const char* sql, Outcome<T> (*read)(const Statement&)) const {
        return rows<T>(sql, nothingBound, read);
    }

    template <class T>
    Outcome<std::optional<T>> first(const char* sql, const Bind& bind, Outcome<T> (*read)(const Statement&)) const {
        auto found = rows<T>(sql, bind, read);
        if (!found)
            return found.failed();
        if (found->empty())
            return std::optional<T>();
        return std::optional<T>(std::move(found->front()));
    }

private:
    LedgerThread& m_thread;
};

} // namespace sealwright
