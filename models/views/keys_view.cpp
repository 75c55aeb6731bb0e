#include "models/views/keys_view.h"

namespace sealwright::views {

KeysView::KeysView(QObject* parent) : PageView(parent) {}

void KeysView::setKeys(const std::optional<KeyFacts>& recipient, const std::optional<KeyFacts>& signing) {
    m_recipient = recipient;
    m_signing = signing;
    if (m_recipient && m_health == KeyHealth::None)
        m_health = KeyHealth::Unknown;
    Q_EMIT changed();
}

void KeysView::setHealth(KeyHealth health, qint64 checkedAt) {
    m_health = health;
    m_checkedAt = checkedAt;
    Q_EMIT changed();
}

void KeysView::setKitMadeAt(qint64 when) {
    m_kitMadeAt = when;
    Q_EMIT changed();
}

void KeysView::setFormerPairs(int count) {
    m_formerPairs = count;
    Q_EMIT changed();
}

void KeysView::setAddresses(std::vector<items::AddressRow> rows) {
    m_addresses.setRows(std::move(rows));
    Q_EMIT changed();
}

void KeysView::setNotice(const QString& path) {
    m_notice = path;
    Q_EMIT changed();
}

void KeysView::makeKeys(const QString& name) {
    m_notice.clear();
    Q_EMIT makeKeysWanted(name);
}

void KeysView::rotate() {
    m_notice.clear();
    Q_EMIT rotateWanted();
}

void KeysView::share(const QString& path) {
    m_notice.clear();
    Q_EMIT shareWanted(path);
}

void KeysView::makeKit(const QString& path, const Passphrase& passphrase) {
    m_notice.clear();
    Q_EMIT kitWanted(path, passphrase);
}

void KeysView::restoreKit(const QString& path, const Passphrase& passphrase) {
    m_notice.clear();
    Q_EMIT restoreWanted(path, passphrase);
}

void KeysView::checkNow() {
    m_notice.clear();
    Q_EMIT checkWanted();
}

void KeysView::readAddress(const QString& path) {
    m_notice.clear();
    Q_EMIT readAddressWanted(path);
}

void KeysView::addAddress(const QString& kid, const QString& name, const QString& from) {
    if (!name.trimmed().isEmpty())
        Q_EMIT addAddressWanted(kid, name.trimmed(), from.trimmed());
}

} // namespace sealwright::views
