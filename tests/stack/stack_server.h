#pragma once
#include "tests/stack/stack_support.h"
#include "tests/support/processes.h"

namespace sealwright::test {

/// One server of the stack as something that can be taken away. It is back when this object is gone, however the test
/// ended: all tests after it need it, too. Use it on one thread at a time.
class StackServer {
public:
    /// The name of its script: "postgres", "vault", "rabbitmq" or "minio".
    explicit StackServer(QString name) : m_name(std::move(name)) {}
    ~StackServer() {
        if (!again())
            qWarning("%s does not start again", qPrintable(m_name));
    }
    StackServer(const StackServer&) = delete;
    StackServer& operator=(const StackServer&) = delete;

    /// Ends it at once with all its processes: from here on nothing answers in its place.
    [[nodiscard]] bool kill() {
        m_away = true;
        return killWithChildren(processId());
    }

    /// Starts it once more where it was killed, with what it had written; true once it answers.
    [[nodiscard]] bool again() {
        if (!m_away)
            return true;
        const auto* folder = m_name == QLatin1String("minio") ? "support/servers" : "stack";
        const auto script = QStringLiteral(SEALWRIGHT_SOURCE_DIR "/tests/%1/%2.sh").arg(QLatin1String(folder), m_name);
        m_away = !outputOf(script, {QStringLiteral("again"), this->folder()});
        return !m_away;
    }

private:
    QString folder() const { return stackFolder() + QLatin1Char('/') + m_name; }

    /// As its own file has it now: it changes with each start.
    qint64 processId() const {
        const QByteArray prefix = m_name == QLatin1String("postgres")   ? "PG"
                                  : m_name == QLatin1String("rabbitmq") ? "AMQP"
                                  : m_name == QLatin1String("minio")    ? "S3"
                                                                        : "VAULT";
        QFile file(folder() + QLatin1String("/env"));
        if (!file.open(QIODevice::ReadOnly))
            return 0;
        const auto name = "SEALWRIGHT_" + prefix + "_PID=";
        for (const auto& line : file.readAll().split('\n'))
            if (line.startsWith(name))
                return line.mid(name.size()).toLongLong();
        return 0;
    }

    const QString m_name;
    bool m_away = false;
};

} // namespace sealwright::test
