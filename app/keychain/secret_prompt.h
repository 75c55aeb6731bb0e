#pragma once
#include "models/domain/failure.h"

#include <QDBusVariant>
#include <QObject>

#include <functional>

namespace sealwright::keychain {

/// Shows a prompt of the Secret Service and waits for its end; deletes itself then. Lives on the main thread. `done`
/// gets KeychainDenied where the person dismissed it.
class SecretPrompt : public QObject {
    Q_OBJECT
public:
    SecretPrompt(QString path, std::function<void(Outcome<void>)> done);
    void show();
    /// Nobody waits for the answer any more: the dialog goes, and `done` is not called.
    void dismiss();

private Q_SLOTS:
    void completed(bool dismissed, const QDBusVariant& result);

private:
    void end(Outcome<void> outcome);

    QString m_path;
    std::function<void(Outcome<void>)> m_done;
};

} // namespace sealwright::keychain
