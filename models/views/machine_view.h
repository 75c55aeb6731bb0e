#pragma once
#include <QObject>
#include <QString>

namespace sealwright::views {

/// Who this machine is, for the foot of the navigation and for the pages that name it.
struct MachineFacts {
    bool hasKeys = false;
    bool registered = false;
    QString name, words, kid; ///< of the recipient key
    QString platformName, platformUrl, platformWords, platformKid;
    qint64 registeredAt = 0;
    qint64 revokedAt = 0; ///< when the platform was first heard to say so; 0: it does not
    friend bool operator==(const MachineFacts&, const MachineFacts&) = default;
};

/// GUI thread.
class MachineView : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    const MachineFacts& facts() const { return m_facts; }
    void setFacts(const MachineFacts& facts);

Q_SIGNALS:
    void changed();

private:
    MachineFacts m_facts;
};

} // namespace sealwright::views
