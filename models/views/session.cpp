#include "models/views/session.h"

namespace sealwright::views {

void Session::take(const QStringList& paths) {
    if (paths.size() == 1)
        Q_EMIT lookWanted(paths.first());
    else
        takeFiles(paths);
}

void Session::takeInvitation(const QString& path) {
    registration.restart();
    Q_EMIT invitationTaken();
    registration.readFile(path);
}

void Session::takeFiles(const QStringList& paths) {
    if (paths.isEmpty())
        return;
    files.add(paths);
    Q_EMIT filesTaken();
}

} // namespace sealwright::views
