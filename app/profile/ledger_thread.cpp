#include "app/profile/ledger_thread.h"

#include "app/profile/ledger_schema.h"

#include <QFile>
#include <QSqlError>
#include <QSqlQuery>
#include <QUuid>

#include <chrono>

namespace sealwright {

namespace {

constexpr int busyMilliseconds = 20000;
constexpr std::chrono::milliseconds betweenTries{20};
constexpr const char* busyCode = "5"; // SQLITE_BUSY

/// SQLite gives its side files the main file's mode, so that is settled before it sees the file.
Outcome<void> makePrivateFile(const QString& path) {
    constexpr auto owner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    QFile file(path);
    if (!file.open(QIODevice::ReadWrite, owner) || !file.setPermissions(owner))
        return fail(Failure(Code::ProfileFailed, {path.toStdString(), file.errorString().toStdString()}));
    return {};
}

/// The change to WAL does not wait for others by itself, unlike all that follows.
Outcome<void> useWal(QSqlDatabase& database) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(busyMilliseconds);
    for (;;) {
        QSqlQuery query(database);
        if (query.exec(QStringLiteral("PRAGMA journal_mode = WAL")) && query.next() &&
            query.value(0).toString() == QLatin1String("wal"))
            return {};
        const bool busy = query.lastError().nativeErrorCode() == QLatin1String(busyCode);
        if (!busy || std::chrono::steady_clock::now() > deadline)
            return fail(ledgerFailure(database, query.lastError().text()));
        std::this_thread::sleep_for(betweenTries);
    }
}

Outcome<void> openConnection(QSqlDatabase& database, const std::string& path) {
    const QString file = QFile::decodeName(path.c_str());
    if (auto made = makePrivateFile(file); !made)
        return made;
    database.setDatabaseName(file);
    database.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(busyMilliseconds));
    if (!database.open())
        return fail(ledgerFailure(database, database.lastError().text()));
    if (auto wal = useWal(database); !wal)
        return wal;
    QSqlQuery query(database);
    // A sequence number, once given, must never be given again, not even after the power went.
    if (!query.exec(QStringLiteral("PRAGMA synchronous = FULL")))
        return fail(ledgerFailure(database, query.lastError().text()));
    return migrateLedger(database);
}

} // namespace

Outcome<std::unique_ptr<LedgerThread>> LedgerThread::open(const std::string& path) {
    std::unique_ptr<LedgerThread> ledger(new LedgerThread);
    Outcome<void> opened;
    bool told = false;
    LedgerThread& self = *ledger;
    ledger->m_thread = std::thread([&self, path, &opened, &told] { self.loop(path, opened, told); });
    {
        std::unique_lock lock(ledger->m_mutex);
        ledger->m_changed.wait(lock, [&told] { return told; });
    }
    if (!opened)
        return opened.failed();
    return ledger;
}

LedgerThread::~LedgerThread() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void LedgerThread::run(const std::function<void(QSqlDatabase&)>& work) {
    bool done = false;
    std::unique_lock lock(m_mutex);
    m_waiting.emplace_back([&](QSqlDatabase& database) {
        work(database);
        const std::lock_guard inner(m_mutex);
        done = true;
        m_changed.notify_all();
    });
    m_changed.notify_all();
    m_changed.wait(lock, [&done] { return done; });
}

void LedgerThread::loop(const std::string& path, Outcome<void>& opened, bool& told) {
    const QString name = QUuid::createUuid().toString();
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
        auto result = openConnection(database, path);
        std::unique_lock lock(m_mutex);
        // From here on `opened` and `told` are the opener's alone.
        if (!result)
            m_stop = true;
        opened = std::move(result);
        told = true;
        m_changed.notify_all();
        for (;;) {
            m_changed.wait(lock, [this] { return m_stop || !m_waiting.empty(); });
            if (m_waiting.empty())
                break;
            const auto work = std::move(m_waiting.front());
            m_waiting.pop_front();
            lock.unlock();
            work(database);
            lock.lock();
        }
        lock.unlock();
        database.close();
    }
    QSqlDatabase::removeDatabase(name);
}

} // namespace sealwright
