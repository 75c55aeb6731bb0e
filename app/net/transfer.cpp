#include "app/net/transfer.h"

#include "app/net/access_pool.h"
#include "app/net/authority.h"
#include "app/net/exchange.h"

namespace sealwright::net {

Transfer::Transfer(AccessPool& pool, const Request& request, bool streamed, std::shared_ptr<Exchange> exchange)
    : QObject(&pool),
      m_pool(pool),
      m_request(request),
      m_exchange(std::move(exchange)),
      m_lasting(streamed || request.openBody) {
    m_request.onBody = nullptr;
    m_request.onSent = nullptr;
    m_inactivity.setSingleShot(true);
    m_inactivity.setInterval(m_request.inactivity);
    connect(&m_inactivity, &QTimer::timeout, this, [this] {
        letGo();
        finish(fail({Code::NetworkTimeout, host()}));
    });
}

std::vector<std::string> Transfer::host() const {
    return {hostPort(m_request.url)};
}

QByteArray Transfer::place() const {
    return QByteArray::fromStdString(hostPort(m_request.url) + '\n' + m_request.trust.caSha256 + '\n' +
                                     m_request.trust.caPem);
}

void Transfer::touch() {
    if (!m_done && !held() && m_request.inactivity.count() > 0)
        m_inactivity.start();
}

void Transfer::pauseInactivity() {
    m_inactivity.stop();
}

void Transfer::tellSent(std::uint64_t bytes) {
    const std::lock_guard lock(m_exchange->mutex);
    m_exchange->sent = bytes;
    m_exchange->wake.notify_one();
}

void Transfer::stop() {
    if (m_done)
        return;
    letGo();
    finish(fail(Code::Cancelled));
}

void Transfer::finish(Outcome<Answer> end) {
    if (m_done)
        return;
    m_done = true;
    m_inactivity.stop();
    {
        const std::lock_guard lock(m_exchange->mutex);
        m_exchange->end = std::move(end);
        m_exchange->wake.notify_one();
    }
    m_pool.forget(this);
}

} // namespace sealwright::net
