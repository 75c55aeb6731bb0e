#pragma once
#include "models/views/page_view.h"

namespace sealwright::views {

/// What an invitation says before anything is sent.
struct InvitationFacts {
    QString platformHost, platformUrl;
    qint64 expires = 0;
    bool namesTheKey = false; ///< it has platform_kid: nobody has to compare words
    bool wantsCa = false;     ///< it pins a certificate authority
};

/// Joining a platform: Paste → Invited → Working → (Comparing →) Done.
class RegistrationView : public PageView {
    Q_OBJECT
public:
    enum class Phase { Paste, Invited, Working, Comparing, Done };
    using PageView::PageView;

    Phase phase() const { return m_phase; }
    const InvitationFacts& invitation() const { return m_invitation; }
    const QString& suggestedName() const { return m_suggestedName; }
    void setSuggestedName(const QString& name) { m_suggestedName = name; }
    const QString& platformWords() const { return m_words; }
    const QString& platformKid() const { return m_kid; }
    const QString& platformName() const { return m_platformName; }

    // What the owner does.
    void restart();
    void paste(const QString& text); ///< the link or the document
    void readFile(const QString& path) { Q_EMIT fileWanted(path); }
    void join(const QString& machineName, const QString& caPath);
    void acceptPlatform();
    void refusePlatform();
    void cancel();

    // Answers.
    void setInvitation(const InvitationFacts& facts);
    void comparePlatform(const QString& kid, const QString& words);
    void setDone(const QString& platformName);
    /// Back to the phase where it can be mended.
    void setFailed(const Failure& failure);

Q_SIGNALS:
    void textWanted(const QString& text);
    void fileWanted(const QString& path);
    void joinWanted(const QString& machineName, const QString& caPath);
    void acceptWanted(const QString& kid);
    void cancelWanted();
    void done();

private:
    void enter(Phase phase);
    Phase m_phase = Phase::Paste;
    InvitationFacts m_invitation;
    QString m_suggestedName, m_words, m_kid, m_platformName;
};

} // namespace sealwright::views
