#include "app/window/desk.h"

namespace sealwright::window {

items::Openers toItems(const std::vector<Opener>& openers) {
    items::Openers list;
    for (const Opener& opener : openers)
        list.append({opener.known ? text(opener.name) : QString(), text(opener.words), text(opener.kid),
                     opener.thisMachine, opener.madeTheKey});
    return list;
}

QString wordsOf(const std::string& kid) {
    const auto words = crypto::fingerprintWords(kid);
    return words ? text(*words) : QString();
}

} // namespace sealwright::window
