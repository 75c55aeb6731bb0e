#pragma once
#include <QList>
#include <QString>

namespace sealwright::items {

/// Somebody who can open sealed data. Names come from the owner's address book only (FORMAT.md §5).
struct Opener {
    QString name;       ///< empty where this machine does not know the key
    QString words, kid; ///< fingerprint
    bool thisMachine = false;
    bool madeTheKey = false; ///< a platform that made the key, and so has it
    friend bool operator==(const Opener&, const Opener&) = default;
};
using Openers = QList<Opener>;

} // namespace sealwright::items
