#include "app/window/machine_controller.h"

#include "models/dataset/byte_source.h"
#include "models/domain/time.h"
#include "models/tasks/key_rotation.h"
#include "models/tasks/small_file.h"

namespace sealwright::window {

namespace {

views::KeyHealth healthOf(const Failure& failure) {
    switch (failure.code) {
    case Code::KeyMissing:
    case Code::KeyWrong:
        return views::KeyHealth::Missing;
    case Code::KeychainLocked:
    case Code::KeyPassphraseWrong:
    case Code::Cancelled:
        return views::KeyHealth::Locked;
    case Code::KeychainDenied:
        return views::KeyHealth::Denied;
    case Code::KeychainNoService:
        return views::KeyHealth::NoService;
    default:
        return views::KeyHealth::Failed;
    }
}

/// "RSA-3072", by the public half that the record has.
QString algorithmOf(const KeyRecord& record) {
    if (record.signing)
        return QStringLiteral("Ed25519");
    const auto keys = readPublicKeys(record.publicJwk);
    return keys && !keys->enc.empty() ? QStringLiteral("RSA-%1").arg(keys->enc.front().modulus.size() * 8)
                                      : QStringLiteral("RSA");
}

} // namespace

MachineController::MachineController(Desk& desk, QObject* parent)
    : QObject(parent), m_desk(desk), m_view(desk.session.keys) {
    connect(&m_view, &views::KeysView::makeKeysWanted, this, &MachineController::makeKeys);
    connect(&m_view, &views::KeysView::rotateWanted, this, &MachineController::rotateKeys);
    connect(&m_view, &views::KeysView::shareWanted, this, &MachineController::shareKeys);
    connect(&m_view, &views::KeysView::kitWanted, this, &MachineController::makeKit);
    connect(&m_view, &views::KeysView::restoreWanted, this, &MachineController::restoreKit);
    connect(&m_view, &views::KeysView::checkWanted, this, &MachineController::checkHealth);
    connect(&m_view, &views::KeysView::readAddressWanted, this, &MachineController::readAddress);
    connect(&m_view, &views::KeysView::addAddressWanted, this, &MachineController::keepAddress);
    connect(&m_view, &views::KeysView::removeAddressWanted, this, &MachineController::dropAddress);
}

void MachineController::load() {
    const auto facts = machineFacts(m_desk.services, false);
    if (!facts) {
        m_view.fail(facts.error());
        return;
    }
    showKeys(*facts);
    showAddresses();

    views::MachineFacts shown;
    shown.hasKeys = !facts->keys.empty();
    shown.name = text(facts->name);
    if (shown.hasKeys) {
        shown.words = text(facts->keys.front().words);
        shown.kid = text(facts->keys.front().record.kid);
    }
    if (const auto kept = m_desk.services.ledger->registration(); kept && *kept) {
        const PinnedRegistration& pinned = **kept;
        shown.registered = true;
        shown.platformName = text(pinned.platformName);
        shown.platformUrl = text(pinned.registration.platform);
        shown.platformKid = text(pinned.registration.platformKid);
        shown.platformWords = wordsOf(pinned.registration.platformKid);
        shown.registeredAt = pinned.registeredAt;
        shown.revokedAt = facts->revoked.value_or(0);
    }
    m_desk.session.machine.setFacts(shown);
}

void MachineController::checkHealth() {
    carryOut<MachineFacts>(
        this, [services = m_desk.services](TaskContext&) { return machineFacts(services, true); },
        [this](MachineFacts& facts) {
            const bool any = !facts.keys.empty();
            const std::optional<Failure> trouble = any ? facts.keys.front().health : std::nullopt;
            m_view.setHealth(!any      ? views::KeyHealth::None
                             : trouble ? healthOf(*trouble)
                                       : views::KeyHealth::Healthy,
                             now());
            if (trouble)
                m_view.fail(*trouble);
            else if (m_troubled)
                m_view.dismissFailure();
            m_troubled = trouble.has_value();
        },
        [this](const Failure& failure) { m_view.fail(failure); });
}

void MachineController::showKeys(const MachineFacts& facts) {
    std::optional<views::KeyFacts> recipient, signing;
    for (const auto& key : facts.keys) {
        const views::KeyFacts shown{text(key.words), text(key.record.kid), algorithmOf(key.record),
                                    text(key.record.place), key.record.made};
        (key.record.signing ? signing : recipient) = shown;
    }
    m_view.setKeys(recipient, signing);
    m_view.setFormerPairs(static_cast<int>(facts.formerPairs));
    m_view.setKitMadeAt(facts.recoveryKit.value_or(0));
}

void MachineController::showAddresses() {
    std::vector<items::AddressRow> rows;
    if (const auto kept = m_desk.services.ledger->registration(); kept && *kept) {
        const PinnedRegistration& pinned = **kept;
        for (const auto& key : pinned.registration.keys.sig)
            rows.push_back(
                {text(pinned.platformName), wordsOf(key.kid), text(key.kid), {}, pinned.registeredAt, true, false});
    }
    if (const auto addresses = m_desk.services.ledger->addresses()) {
        for (const AddressEntry& entry : *addresses)
            rows.push_back({text(entry.name), wordsOf(entry.kid), text(entry.kid), text(entry.from), entry.since, false,
                            !entry.signing});
    }
    m_view.setAddresses(std::move(rows));
}

void MachineController::makeKeys(const QString& name) {
    m_view.begin();
    carryOut<MachineFacts>(
        this,
        [services = m_desk.services, wanted = name.toStdString()](TaskContext& context) {
            return sealwright::makeKeys(services, wanted, context);
        },
        [this](MachineFacts&) {
            m_view.end();
            load();
            checkHealth();
            Q_EMIT peopleChanged();
        },
        [this](const Failure& failure) { m_view.fail(failure); });
}

void MachineController::rotateKeys() {
    m_view.begin();
    carryOut<Rotated>(
        this, [services = m_desk.services](TaskContext& context) { return sealwright::rotateKeys(services, context); },
        [this](Rotated&) {
            m_view.end();
            load();
            checkHealth();
            Q_EMIT peopleChanged();
        },
        [this](const Failure& failure) {
            load(); // the platform may have said that this machine is revoked
            m_view.fail(failure);
        });
}

void MachineController::shareKeys(const QString& path) {
    m_view.begin();
    carryOut<Nothing>(
        this,
        [services = m_desk.services, target = path.toStdString()](TaskContext&) -> Outcome<Nothing> {
            const auto keys = exportPublicKeys(services);
            if (!keys)
                return keys.failed();
            return writeSmallFile(target, *keys, true); // the file dialog has asked
        },
        [this, path](Nothing&) {
            m_view.end();
            m_view.setNotice(path);
        },
        [this](const Failure& failure) { m_view.fail(failure); });
}

void MachineController::makeKit(const QString& path, const views::Passphrase& passphrase) {
    m_view.begin();
    carryOut<Nothing>(
        this,
        [services = m_desk.services, target = path.toStdString(), passphrase](TaskContext&) {
            return makeRecoveryKit(services, target, true, *passphrase); // the file dialog has asked
        },
        [this, path](Nothing&) {
            m_view.end();
            m_view.setNotice(path);
            load();
        },
        [this](const Failure& failure) { m_view.fail(failure); });
}

void MachineController::restoreKit(const QString& path, const views::Passphrase& passphrase) {
    m_view.begin();
    carryOut<MachineFacts>(
        this,
        [services = m_desk.services, from = path.toStdString(), passphrase](TaskContext&) -> Outcome<MachineFacts> {
            const auto kit = readSmallFile(from);
            if (!kit)
                return kit.failed();
            return restoreRecoveryKit(services, *kit, *passphrase);
        },
        [this](MachineFacts&) {
            m_view.end();
            load();
            checkHealth();
            Q_EMIT peopleChanged();
        },
        [this](const Failure& failure) { m_view.fail(failure); });
}

void MachineController::readAddress(const QString& path) {
    m_view.begin();
    carryOut<crypto::JwkSet>(
        this,
        [from = path.toStdString()](TaskContext&) -> Outcome<crypto::JwkSet> {
            const auto document = readSmallFile(from);
            if (!document)
                return document.failed();
            return readPublicKeys(*document);
        },
        [this](crypto::JwkSet& keys) {
            m_view.end();
            m_offered = std::move(keys);
            const bool canReceive = !m_offered.enc.empty();
            const std::string& kid = canReceive ? m_offered.enc.front().kid : m_offered.sig.front().kid;
            m_view.offerAddress({QString(), wordsOf(kid), text(kid), QString(), now(), false, canReceive});
        },
        [this](const Failure& failure) { m_view.fail(failure); });
}

void MachineController::keepAddress(const QString& kid, const QString& name, const QString& from) {
    Q_UNUSED(kid) // of the first key that was offered; the set belongs to one person and is kept whole
    std::vector<AddressEntry> entries;
    const auto add = [&](const std::string& keyKid, bool signing, const crypto::Json& jwk) {
        entries.push_back(
            {name.toStdString(), keyKid, signing, crypto::writeControlJson(jwk), now(), from.toStdString()});
    };
    for (const auto& key : m_offered.enc)
        add(key.kid, false, crypto::toJson(key));
    for (const auto& key : m_offered.sig)
        add(key.kid, true, crypto::toJson(key));
    m_offered = {};
    changeAddresses([entries](Ledger& ledger) -> Outcome<void> {
        for (const AddressEntry& entry : entries)
            if (auto kept = ledger.addAddress(entry); !kept)
                return kept;
        return {};
    });
}

void MachineController::dropAddress(const QString& kid) {
    changeAddresses([gone = kid.toStdString()](Ledger& ledger) { return ledger.removeAddress(gone); });
}

void MachineController::changeAddresses(const std::function<Outcome<void>(Ledger&)>& change) {
    carryOut<Nothing>(
        this,
        [services = m_desk.services, change](TaskContext&) -> Outcome<Nothing> {
            if (auto changed = change(*services.ledger); !changed)
                return changed.failed();
            return Nothing{};
        },
        [this](Nothing&) {
            showAddresses();
            Q_EMIT peopleChanged();
        },
        [this](const Failure& failure) { m_view.fail(failure); });
}

} // namespace sealwright::window
