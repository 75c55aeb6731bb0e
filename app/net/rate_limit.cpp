#include "app/net/rate_limit.h"

#include <algorithm>
#include <utility>

namespace sealwright::net {

namespace {

/// Turns are given this far apart at least, several at once where the rate is high: timers are not for free.
constexpr std::chrono::milliseconds leastRest{5};

} // namespace

RateLimit::RateLimit(QObject* parent, Now now) : QObject(parent), m_now(std::move(now)), m_bucket(m_now()) {
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setParent(this); // it moves to the network thread with this
    connect(&m_timer, &QTimer::timeout, this, &RateLimit::serve);
}

void RateLimit::setRate(std::uint64_t bytesPerSecond) {
    m_rate.store(bytesPerSecond, std::memory_order_relaxed);
    if (bytesPerSecond > 0)
        m_bucket.setRate(bytesPerSecond, m_now());
    serve();
}

void RateLimit::serve() {
    while (!m_line.empty() && (rate() == 0 || enough())) {
        Flow& next = *m_line.front();
        m_line.pop_front();
        next.m_waiting = false;
        if (rate() > 0) {
            next.m_mine = m_bucket.turn();
            m_bucket.take(next.m_mine);
        }
        next.m_wake();
    }
    m_timer.stop(); // the rate may be another
    arm();
}

void RateLimit::waitFor(Flow& flow) {
    if (flow.m_waiting)
        return;
    flow.m_waiting = true;
    m_line.push_back(&flow);
    arm();
}

void RateLimit::arm() {
    if (m_line.empty() || m_timer.isActive())
        return;
    const auto rest = std::chrono::ceil<std::chrono::milliseconds>(m_bucket.until(m_bucket.turn()));
    m_timer.start(std::max(rest, leastRest));
}

RateLimit::Flow::~Flow() {
    if (m_waiting)
        m_limit.m_line.remove(this);
    m_limit.m_bucket.giveBack(m_mine);
}

std::uint64_t RateLimit::Flow::take(std::uint64_t wanted) {
    if (m_pause.paused()) {
        m_paused = true;
        m_limit.m_bucket.giveBack(std::exchange(m_mine, 0)); // others need not wait for it
        return 0;
    }
    if (m_limit.rate() == 0 || wanted == 0)
        return wanted;
    // Whoever has no turn stands at the end of the line where there is one.
    if (m_mine == 0 && !m_waiting && m_limit.m_line.empty() && m_limit.enough()) {
        m_mine = m_limit.m_bucket.turn();
        m_limit.m_bucket.take(m_mine);
    }
    if (m_mine == 0) {
        m_limit.waitFor(*this);
        return 0;
    }
    const std::uint64_t taken = std::min(wanted, m_mine);
    m_mine -= taken;
    m_limit.m_given.fetch_add(taken, std::memory_order_relaxed);
    return taken;
}

void RateLimit::Flow::giveBack(std::uint64_t bytes) {
    if (m_limit.rate() == 0)
        return;
    m_mine += bytes;
    m_limit.m_given.fetch_sub(bytes, std::memory_order_relaxed);
}

void RateLimit::Flow::goOn() {
    if (std::exchange(m_paused, false) && !m_waiting)
        m_wake();
}

void RateLimit::Flow::owe(std::uint64_t bytes) {
    if (m_limit.rate() == 0)
        return;
    m_limit.m_bucket.take(bytes);
    m_limit.m_given.fetch_add(bytes, std::memory_order_relaxed);
}

} // namespace sealwright::net
