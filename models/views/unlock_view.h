#pragma once
#include "models/views/passphrase.h"

#include <QObject>

namespace sealwright::views {

/// The passphrase of this machine's keys, where they lie in an encrypted folder. Whoever needs it calls ask() and is
/// answered by given() or dismissed(); the window shows the question from asked() to settled(). One question at a time.
/// GUI thread.
class UnlockView : public QObject {
    Q_OBJECT
public:
    enum class Wish {
        Open,  ///< the one that the keys were made with
        Again, ///< the last one was not it
        New,   ///< the keys are just being made
    };
    using QObject::QObject;

    bool asking() const { return m_asking; }
    Wish wish() const { return m_wish; }
    const QString& place() const { return m_place; } ///< the folder

    // What the owner does.
    void give(const Passphrase& passphrase);
    void dismiss();

    // The question.
    void ask(Wish wish, const QString& place);
    void withdraw(); ///< nobody waits for the answer any more

Q_SIGNALS:
    void asked();
    void given(const sealwright::views::Passphrase& passphrase);
    void dismissed();
    void settled(); ///< answered or withdrawn

private:
    bool settle();
    bool m_asking = false;
    Wish m_wish = Wish::Open;
    QString m_place;
};

} // namespace sealwright::views
