#pragma once
#include "app/window/desk.h"

namespace sealwright::window {

/// Who this machine is, its keys and its address book: the Keys page, and the facts that other pages show.
class MachineController : public QObject {
    Q_OBJECT
public:
    MachineController(Desk& desk, QObject* parent);

    /// Reads the record; no secret is touched. Also at start, before the window is made.
    void load();
    /// Reads each key and compares it with the record.
    void checkHealth();

Q_SIGNALS:
    /// Keys were made or restored, or somebody joined the address book.
    void peopleChanged();

private:
    void showKeys(const MachineFacts& facts);
    void showAddresses();
    void makeKeys(const QString& name);
    void rotateKeys();
    void shareKeys(const QString& path);
    void makeKit(const QString& path, const views::Passphrase& passphrase);
    void restoreKit(const QString& path, const views::Passphrase& passphrase);
    void readAddress(const QString& path);
    void keepAddress(const QString& kid, const QString& name, const QString& from);
    void dropAddress(const QString& kid);
    void changeAddresses(const std::function<Outcome<void>(Ledger&)>& change);

    Desk& m_desk;
    views::KeysView& m_view;
    crypto::JwkSet m_offered; ///< read from a file, not kept yet
    bool m_troubled = false;  ///< the last look at the keys found something
};

} // namespace sealwright::window
