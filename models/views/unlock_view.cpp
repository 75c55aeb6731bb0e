#include "models/views/unlock_view.h"

namespace sealwright::views {

void UnlockView::ask(Wish wish, const QString& place) {
    withdraw();
    m_asking = true;
    m_wish = wish;
    m_place = place;
    Q_EMIT asked();
}

bool UnlockView::settle() {
    if (!m_asking)
        return false;
    m_asking = false;
    Q_EMIT settled();
    return true;
}

void UnlockView::give(const Passphrase& passphrase) {
    if (settle())
        Q_EMIT given(passphrase);
}

void UnlockView::dismiss() {
    if (settle())
        Q_EMIT dismissed();
}

void UnlockView::withdraw() {
    settle();
}

} // namespace sealwright::views
