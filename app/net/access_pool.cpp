#include "app/net/access_pool.h"

#include "app/net/body_transfer.h"
#include "app/net/kept_connections.h"
#include "app/net/proxies.h"
#include "app/net/reply_transfer.h"
#include "app/net/tunnel_end.h"

#include <QCryptographicHash>
#include <QNetworkAccessManager>

namespace sealwright::net {

namespace {

QByteArray keyOf(const Trust& trust) {
    return QByteArray::fromStdString(trust.caSha256 + '\n' + trust.caPem);
}

QByteArray keyOf(const Trust& trust, bool lasting) {
    return keyOf(trust) + (lasting ? "\nlasting" : "\n");
}

bool isPinned(const QSslCertificate& certificate, const Trust& trust) {
    return certificate.digest(QCryptographicHash::Sha256).toHex() ==
           QByteArray::fromStdString(trust.caSha256).toLower();
}

} // namespace

AccessPool::AccessPool() : m_kept(new KeptConnections(this)) {}

AccessPool::~AccessPool() {
    qDeleteAll(findChildren<Transfer*>(Qt::FindDirectChildrenOnly)); // before the limit that they wait at
}

std::optional<QList<QSslCertificate>> AccessPool::authoritiesOf(const Trust& trust) const {
    const bool system = trust.caPem.empty();
    auto candidates = system ? QSslConfiguration::systemCaCertificates()
                             : QSslCertificate::fromData(QByteArray::fromStdString(trust.caPem), QSsl::Pem);
    if (trust.caSha256.empty())
        return candidates.isEmpty() ? std::nullopt : std::optional(candidates);
    if (system && m_learned.contains(keyOf(trust)))
        candidates.append(m_learned.value(keyOf(trust)));
    QList<QSslCertificate> pinned;
    for (const auto& candidate : candidates)
        if (isPinned(candidate, trust))
            pinned.append(candidate);
    // From a file it must be there; else no chain is good until the server has sent it.
    return pinned.isEmpty() && !system ? std::nullopt : std::optional(pinned);
}

QNetworkAccessManager* AccessPool::managerFor(const Trust& trust, bool lasting) {
    auto& manager = m_managers[keyOf(trust, lasting)];
    if (manager)
        return manager;
    if (!authoritiesOf(trust))
        return nullptr;
    manager = new QNetworkAccessManager(this);
    manager->setAutoDeleteReplies(false);
    manager->setProxyFactory(proxies());
    return manager;
}

QSslConfiguration AccessPool::tlsFor(const Trust& trust) const {
    auto tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
    if (!trust.caPem.empty() || !trust.caSha256.empty())
        tls.setCaCertificates(authoritiesOf(trust).value_or(QList<QSslCertificate>()));
    return tls;
}

bool AccessPool::learn(const Trust& trust, const QList<QSslCertificate>& chain, const QList<QSslError>& errors) {
    if (trust.caSha256.empty() || !trust.caPem.empty())
        return false;
    if (m_learned.contains(keyOf(trust)))
        return true;
    auto seen = chain;
    for (const auto& error : errors)
        seen.append(error.certificate());
    for (const auto& certificate : seen)
        if (!certificate.isNull() && isPinned(certificate, trust)) {
            m_learned.insert(keyOf(trust), certificate);
            // Its connections to this host go on with the old list of authorities; it ends with the pool.
            m_managers.remove(keyOf(trust, false));
            m_managers.remove(keyOf(trust, true));
            return true;
        }
    return false;
}

void AccessPool::post(std::function<void()> work) {
    {
        const std::lock_guard lock(m_mutex);
        m_posted.push_back(std::move(work));
    }
    QMetaObject::invokeMethod(this, "carryOut", Qt::QueuedConnection);
}

void AccessPool::carryOut() {
    std::vector<std::function<void()>> posted;
    {
        const std::lock_guard lock(m_mutex);
        posted.swap(m_posted);
    }
    for (const auto& work : posted)
        work();
}

void AccessPool::start(const Request& request, bool streamed, std::shared_ptr<Exchange> exchange) {
    Transfer* transfer = nullptr;
    if (request.openBody)
        transfer = new BodyTransfer(*this, request, std::move(exchange));
    else
        transfer = new ReplyTransfer(*this, request, streamed, std::move(exchange));
    m_transfers.append(transfer);
    if (!transfer->lasting())
        return transfer->begin();
    m_waiting.append(transfer);
    admit();
}

void AccessPool::admit() {
    for (auto* transfer : QList(m_waiting)) {
        unsigned& there = m_lasting[transfer->place()];
        if (there >= bodiesToAHost || !m_waiting.removeOne(transfer)) // it may have ended meanwhile
            continue;
        ++there;
        transfer->begin();
    }
}

void AccessPool::abandon(const std::shared_ptr<Exchange>& exchange) {
    for (auto* transfer : QList(m_transfers))
        if (transfer->isFor(exchange))
            transfer->stop();
}

void AccessPool::resume(const std::shared_ptr<Exchange>& exchange) {
    for (auto* transfer : QList(m_transfers))
        if (transfer->isFor(exchange))
            transfer->resume();
}

void AccessPool::goOn(const std::shared_ptr<Exchange>& exchange) {
    for (auto* transfer : QList(m_transfers))
        if (transfer->isFor(exchange))
            transfer->goOn();
}

void AccessPool::close() {
    m_waiting.clear(); // nothing is begun any more
    for (auto* transfer : QList(m_transfers))
        transfer->stop();
    m_rateLimit->setRate(0); // nobody waits any more
    m_kept->clear();
    qDeleteAll(findChildren<TunnelEnd*>(Qt::FindDirectChildrenOnly));
    m_managers.clear();
    qDeleteAll(findChildren<QNetworkAccessManager*>(Qt::FindDirectChildrenOnly));
}

void AccessPool::forget(Transfer* transfer) {
    m_transfers.removeAll(transfer);
    transfer->deleteLater();
    if (!transfer->lasting() || m_waiting.removeOne(transfer))
        return;
    if (auto there = m_lasting.find(transfer->place()); there != m_lasting.end() && --*there == 0)
        m_lasting.erase(there);
    admit();
}

} // namespace sealwright::net
