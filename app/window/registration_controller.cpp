#include "app/window/registration_controller.h"

#include "models/tasks/small_file.h"

#include <QSysInfo>
#include <QUrl>

namespace sealwright::window {

RegistrationController::RegistrationController(Desk& desk, QObject* parent)
    : QObject(parent), m_desk(desk), m_view(desk.session.registration) {
    m_view.setSuggestedName(QSysInfo::machineHostName());
    connect(&m_desk.session, &views::Session::lookWanted, this, &RegistrationController::look);
    connect(&m_view, &views::RegistrationView::textWanted, this,
            [this](const QString& pasted) { show(pasted.trimmed().toStdString()); });
    connect(&m_view, &views::RegistrationView::fileWanted, this, &RegistrationController::readFile);
    connect(&m_view, &views::RegistrationView::joinWanted, this, &RegistrationController::join);
    connect(&m_view, &views::RegistrationView::acceptWanted, this, [this](const QString& kid) {
        if (m_pending && m_pending->platformKid == kid.toStdString())
            keep();
    });
    connect(&m_view, &views::RegistrationView::cancelWanted, this, [this] {
        m_pending.reset();
        if (m_task)
            m_task->cancel();
    });
}

void RegistrationController::show(const std::string& invitation) {
    const auto parsed = parseInvitation(invitation, now());
    if (!parsed) {
        m_view.setFailed(parsed.error());
        return;
    }
    m_invitation = invitation;
    m_view.setInvitation({QUrl(text(parsed->platform)).authority(), text(parsed->platform), parsed->expires,
                          !parsed->platformKid.empty(), !parsed->caSha256.empty()});
}

void RegistrationController::look(const QString& path) {
    carryOut<bool>(
        this, [at = path.toStdString()](TaskContext&) -> Outcome<bool> { return looksLikeInvitation(at); },
        [this, path](bool& invitation) {
            if (invitation)
                m_desk.session.takeInvitation(path);
            else
                m_desk.session.takeFiles({path});
        },
        [this, path](const Failure&) { m_desk.session.takeFiles({path}); });
}

void RegistrationController::readFile(const QString& path) {
    carryOut<std::string>(
        this, [from = path.toStdString()](TaskContext&) { return readSmallFile(from); },
        [this](std::string& document) { show(text(document).trimmed().toStdString()); },
        [this](const Failure& failure) { m_view.setFailed(failure); });
}

void RegistrationController::join(const QString& machineName, const QString& caPath) {
    RegisterRequest request;
    request.invitation = m_invitation;
    request.machineName = machineName.toStdString();
    m_task = carryOut<PendingRegistration>(
        this,
        [services = m_desk.services, request,
         ca = caPath.toStdString()](TaskContext& context) mutable -> Outcome<PendingRegistration> {
            if (!ca.empty()) {
                auto pem = readSmallFile(ca);
                if (!pem)
                    return pem.failed();
                request.caPem = std::move(*pem);
            }
            return beginRegister(services, request, context);
        },
        [this](PendingRegistration& pending) {
            m_pending = std::move(pending);
            if (m_pending->mustBeAccepted)
                m_view.comparePlatform(text(m_pending->platformKid), text(m_pending->platformWords));
            else
                keep();
        },
        [this](const Failure& failure) { m_view.setFailed(failure); });
}

void RegistrationController::keep() {
    auto pending = std::make_shared<PendingRegistration>(std::move(*m_pending));
    m_pending.reset();
    carryOut<Nothing>(
        this, [services = m_desk.services, pending](TaskContext&) { return keepRegistration(services, *pending); },
        [this, pending](Nothing&) {
            Q_EMIT registered();
            m_view.setDone(QUrl(text(pending->registration.platform)).authority());
        },
        [this](const Failure& failure) { m_view.setFailed(failure); });
}

} // namespace sealwright::window
