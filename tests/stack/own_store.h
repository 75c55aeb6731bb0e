#pragma once
#include "tests/stack/stack_support.h"

#include <QUuid>

namespace sealwright::test {

/// An object store of this test program's own on the stack, for who kills it or takes buckets away: the other one is
/// everybody's. From start() on SEALWRIGHT_STACK, SEALWRIGHT_S3_… and SEALWRIGHT_STS_… mean that one, also for programs
/// that the test starts; it ends with the object.
class OwnStore {
public:
    ~OwnStore() {
        if (!m_folder.isEmpty())
            (void)outputOf(script(), {QStringLiteral("alone"), m_folder});
    }
    bool start() {
        const auto folder = stackFolder() + QLatin1String("/own-") + QUuid::createUuid().toString(QUuid::Id128);
        if (!outputOf(script(), {QStringLiteral("beside"), folder, stackFolder()}))
            return false;
        m_folder = folder;
        QFile env(folder + QLatin1String("/env"));
        if (!env.open(QIODevice::ReadOnly))
            return false;
        for (const auto& line : env.readAll().split('\n'))
            if (const auto equals = line.indexOf('='); equals > 0)
                qputenv(line.left(equals).constData(), line.mid(equals + 1));
        return true;
    }

private:
    static QString script() { return QStringLiteral(SEALWRIGHT_SOURCE_DIR "/tests/stack/stack.sh"); }
    QString m_folder;
};

} // namespace sealwright::test
