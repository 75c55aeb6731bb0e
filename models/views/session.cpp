#include "models/views/session.h"

#include <QFile>

namespace sealwright::views {
namespace {

/// An invitation is small and says what it is; looking is enough to choose a page, reading it properly comes after.
bool looksLikeInvitation(const QString& path) {
    QFile file(path);
    constexpr qint64 most = 64 * 1024;
    if (!file.open(QIODevice::ReadOnly) || file.size() > most)
        return false;
    const QByteArray text = file.read(most);
    return text.contains("sealwright-invitation/") || text.trimmed().startsWith("sealwright://register");
}

} // namespace

void Session::take(const QStringList& paths) {
    QStringList taken;
    for (const QString& path : paths) {
        if (paths.size() == 1 && looksLikeInvitation(path)) {
            registration.restart();
            Q_EMIT invitationTaken();
            registration.readFile(path);
            return;
        }
        taken.append(path);
    }
    if (taken.isEmpty())
        return;
    files.add(taken);
    Q_EMIT filesTaken();
}

} // namespace sealwright::views
