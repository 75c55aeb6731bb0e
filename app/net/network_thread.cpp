#include "app/net/network_thread.h"

#include "app/net/access_pool.h"
#include "app/net/exchange.h"

namespace sealwright::net {

namespace {

/// What the network thread has for the calling one, taken out under the lock.
struct News {
    std::deque<QByteArray> pieces;
    std::optional<std::uint64_t> sent;
    std::optional<Outcome<Answer>> end;
    bool cancelled = false;
};

News await(Exchange& exchange) {
    std::unique_lock lock(exchange.mutex);
    exchange.wake.wait(lock, [&] {
        return exchange.cancelled || exchange.end.has_value() || exchange.sent.has_value() || !exchange.pieces.empty();
    });
    News news;
    news.pieces.swap(exchange.pieces);
    news.sent = std::exchange(exchange.sent, std::nullopt);
    news.end = std::exchange(exchange.end, std::nullopt);
    news.cancelled = exchange.cancelled;
    return news;
}

/// Gives the news to the caller's own functions, on its own thread.
Outcome<void> tell(const Request& request, const News& news) {
    if (news.sent && request.onSent)
        request.onSent(*news.sent);
    for (const auto& piece : news.pieces)
        if (auto taken = request.onBody({piece.constData(), static_cast<std::size_t>(piece.size())}); !taken)
            return taken;
    return {};
}

} // namespace

NetworkThread::NetworkThread() : m_pool(std::make_shared<AccessPool>()) {
    m_thread.setObjectName(QStringLiteral("network"));
    m_pool->moveToThread(&m_thread);
    m_thread.start();
}

NetworkThread::~NetworkThread() {
    m_pool->post([pool = m_pool.get(), thread = &m_thread] {
        pool->close();
        thread->quit();
    });
    m_thread.wait();
}

void NetworkThread::setRate(std::uint64_t bytesPerSecond) {
    m_pool->post([pool = m_pool.get(), bytesPerSecond] { pool->rateLimit().setRate(bytesPerSecond); });
}

std::uint64_t NetworkThread::rate() const {
    return m_pool->rateLimit().rate();
}

std::uint64_t NetworkThread::metered() const {
    return m_pool->rateLimit().given();
}

Outcome<Answer> NetworkThread::call(const Request& request, const Cancel& cancel) {
    if (auto allowed = allowedUrl(request.url); !allowed)
        return allowed.failed();
    if (request.openBody && request.onBody)
        return fail(Code::InternalBug);
    auto exchange = std::make_shared<Exchange>();
    const auto subscription = cancel.onCancel([exchange] {
        const std::lock_guard lock(exchange->mutex);
        exchange->cancelled = true;
        exchange->wake.notify_one();
    });

    const auto turned = request.pause.onTurn(
        [pool = m_pool.get(), exchange] { pool->post([pool, exchange] { pool->goOn(exchange); }); });

    Request sent = request;
    sent.onBody = nullptr;
    sent.onSent = nullptr;
    m_pool->post([pool = m_pool.get(), sent, streamed = bool(request.onBody), exchange] {
        pool->start(sent, streamed, exchange);
    });

    for (;;) {
        auto news = await(*exchange);
        Outcome<void> told;
        if (news.cancelled)
            told = fail(Code::Cancelled);
        else
            told = tell(request, news);
        if (!told) {
            m_pool->post([pool = m_pool.get(), exchange] { pool->abandon(exchange); });
            return told.failed();
        }
        if (news.end)
            return std::move(*news.end);
        if (!news.pieces.empty()) {
            {
                const std::lock_guard lock(exchange->mutex);
                for (const auto& piece : news.pieces)
                    exchange->waiting -= static_cast<std::size_t>(piece.size());
            }
            m_pool->post([pool = m_pool.get(), exchange] { pool->resume(exchange); });
        }
    }
}

} // namespace sealwright::net
