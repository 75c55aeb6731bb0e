#pragma once
#include "app/window/desk.h"
#include "models/tasks/registering.h"

#include <QPointer>

namespace sealwright::window {

/// Joining a platform.
class RegistrationController : public QObject {
    Q_OBJECT
public:
    RegistrationController(Desk& desk, QObject* parent);

Q_SIGNALS:
    void registered();

private:
    void show(const std::string& invitation);
    void look(const QString& path);
    void readFile(const QString& path);
    void join(const QString& machineName, const QString& caPath);
    void keep();

    Desk& m_desk;
    views::RegistrationView& m_view;
    std::string m_invitation;
    std::optional<PendingRegistration> m_pending;
    QPointer<Task> m_task;
};

} // namespace sealwright::window
