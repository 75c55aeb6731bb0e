#pragma once
#include "models/items/address_table_model.h"
#include "models/views/page_view.h"
#include "models/views/passphrase.h"

#include <optional>

namespace sealwright::views {

struct KeyFacts {
    QString words, kid, algorithm, place; ///< place as people call it: "the system keychain"
    qint64 made = 0;
};

/// How the keys are, as the last look at the keystore found them.
enum class KeyHealth { None, Unknown, Healthy, Missing, Locked, Denied, NoService, Failed };

/// The Keys page.
class KeysView : public PageView {
    Q_OBJECT
public:
    explicit KeysView(QObject* parent = nullptr);

    const std::optional<KeyFacts>& recipientKey() const { return m_recipient; }
    const std::optional<KeyFacts>& signingKey() const { return m_signing; }
    KeyHealth health() const { return m_health; }
    qint64 checkedAt() const { return m_checkedAt; }
    qint64 kitMadeAt() const { return m_kitMadeAt; }  ///< 0: never
    int formerPairs() const { return m_formerPairs; } ///< of before rotations, kept for opening
    items::AddressTableModel* addresses() { return &m_addresses; }
    const QString& notice() const { return m_notice; } ///< path of what was last written, until the next thing is done

    void setKeys(const std::optional<KeyFacts>& recipient, const std::optional<KeyFacts>& signing);
    void setHealth(KeyHealth health, qint64 checkedAt);
    void setKitMadeAt(qint64 when);
    void setFormerPairs(int count);
    void setAddresses(std::vector<items::AddressRow> rows);
    void setNotice(const QString& path);

    // What the owner does.
    void makeKeys(const QString& name);
    /// New keys, registered with the platform; the ones so far are kept for opening.
    void rotate();
    void share(const QString& path);
    void makeKit(const QString& path, const Passphrase& passphrase);
    void restoreKit(const QString& path, const Passphrase& passphrase);
    void checkNow();
    /// Reads a file with a public key: answered by offerAddress() or fail().
    void readAddress(const QString& path);
    void addAddress(const QString& kid, const QString& name, const QString& from);
    void removeAddress(const QString& kid) { Q_EMIT removeAddressWanted(kid); }

    /// A key that was read and is not kept yet; the owner names it after comparing the words.
    void offerAddress(const items::AddressRow& found) { Q_EMIT addressOffered(found); }

Q_SIGNALS:
    void makeKeysWanted(const QString& name);
    void rotateWanted();
    void shareWanted(const QString& path);
    void kitWanted(const QString& path, const sealwright::views::Passphrase& passphrase);
    void restoreWanted(const QString& path, const sealwright::views::Passphrase& passphrase);
    void checkWanted();
    void readAddressWanted(const QString& path);
    void addressOffered(const sealwright::items::AddressRow& found);
    void addAddressWanted(const QString& kid, const QString& name, const QString& from);
    void removeAddressWanted(const QString& kid);

private:
    std::optional<KeyFacts> m_recipient, m_signing;
    KeyHealth m_health = KeyHealth::None;
    qint64 m_checkedAt = 0, m_kitMadeAt = 0;
    int m_formerPairs = 0;
    items::AddressTableModel m_addresses;
    QString m_notice;
};

} // namespace sealwright::views
