#include "models/views/registration_view.h"

namespace sealwright::views {

void RegistrationView::enter(Phase phase) {
    m_phase = phase;
    Q_EMIT changed();
}

void RegistrationView::restart() {
    m_invitation = {};
    m_words.clear();
    m_kid.clear();
    dismissFailure();
    enter(Phase::Paste);
}

void RegistrationView::paste(const QString& text) {
    if (!text.trimmed().isEmpty())
        Q_EMIT textWanted(text.trimmed());
}

void RegistrationView::join(const QString& machineName, const QString& caPath) {
    if (m_phase != Phase::Invited || machineName.trimmed().isEmpty())
        return;
    begin();
    enter(Phase::Working);
    Q_EMIT joinWanted(machineName.trimmed(), caPath);
}

void RegistrationView::acceptPlatform() {
    if (m_phase != Phase::Comparing)
        return;
    begin();
    enter(Phase::Working);
    Q_EMIT acceptWanted(m_kid);
}

void RegistrationView::refusePlatform() {
    cancel();
}

void RegistrationView::cancel() {
    Q_EMIT cancelWanted();
    end();
    restart();
}

void RegistrationView::setInvitation(const InvitationFacts& facts) {
    m_invitation = facts;
    dismissFailure();
    enter(Phase::Invited);
}

void RegistrationView::comparePlatform(const QString& kid, const QString& words) {
    m_kid = kid;
    m_words = words;
    end();
    enter(Phase::Comparing);
}

void RegistrationView::setDone(const QString& platformName) {
    m_platformName = platformName;
    end();
    enter(Phase::Done);
    Q_EMIT done();
}

void RegistrationView::setFailed(const Failure& failure) {
    fail(failure);
    enter(m_phase == Phase::Paste ? Phase::Paste : Phase::Invited);
}

} // namespace sealwright::views
