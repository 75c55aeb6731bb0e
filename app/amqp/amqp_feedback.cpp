#include "app/amqp/amqp_feedback.h"

#include "models/domain/sleep.h"

#include <algorithm>

namespace sealwright {

namespace {

using Clock = std::chrono::steady_clock;

/// Nobody answers a kept connection's heartbeats; a broker ends it after two that it missed.
constexpr std::chrono::seconds longestKept{20};
constexpr std::size_t mostKept = 4;

amqp::Peer copyOf(const amqp::Peer& peer) {
    return {peer.place, peer.host, peer.trust, {peer.login.user, peer.login.password.clone()}};
}

} // namespace

Outcome<void> AmqpFeedback::send(const FeedbackAccess& access, const EventMessage& message, const Cancel& cancel) {
    const auto host = hostOfEndpoint(access.address.url);
    const auto place = brokerOf(access.address.url);
    if (!host || !place)
        return fail({Code::JobInvalid, {"feedback.url"}});
    if (!access.login)
        return fail({Code::JobInvalid, {"secrets.amqp"}});
    const auto& listed = access.platform.hosts;
    if (std::find(listed.begin(), listed.end(), *host) == listed.end())
        return fail({Code::JobHostNotListed, {*host}});
    const amqp::Peer peer{*place,
                          *host,
                          {access.platform.caPem, access.platform.caSha256},
                          {access.login->user, access.login->password.clone()}};
    for (int attempt = 1;; ++attempt) {
        auto sent = once(access, peer, message, cancel);
        if (sent || sent.error().code != Code::BrokerUnreachable || attempt >= m_backoff.attempts)
            return sent;
        if (!sleepUnlessCancelled(m_backoff.delay(attempt, std::nullopt), cancel))
            return fail(Code::Cancelled);
    }
}

Outcome<void> AmqpFeedback::once(const FeedbackAccess& access, const amqp::Peer& peer, const EventMessage& message,
                                 const Cancel& cancel) {
    if (auto session = keptFor(peer)) {
        auto sent = session->publish(access.address, message, cancel);
        const bool gone = !sent && sent.error().code == Code::BrokerUnreachable;
        if (!gone) {
            keep(std::move(session));
            return sent;
        }
    }
    auto session = amqp::Session::open(m_network, copyOf(peer), m_patience, cancel);
    if (!session)
        return session.failed();
    auto sent = (*session)->publish(access.address, message, cancel);
    keep(std::move(*session));
    return sent;
}

AmqpFeedback::SessionPtr AmqpFeedback::keptFor(const amqp::Peer& peer) {
    std::vector<Kept> old; // they say goodbye outside the lock
    const std::lock_guard lock(m_mutex);
    const auto tooOld = [limit = Clock::now() - longestKept](const Kept& kept) { return kept.since < limit; };
    const auto fresh = std::stable_partition(m_kept.begin(), m_kept.end(), tooOld);
    std::move(m_kept.begin(), fresh, std::back_inserter(old));
    m_kept.erase(m_kept.begin(), fresh);
    const auto found =
        std::find_if(m_kept.begin(), m_kept.end(), [&](const Kept& kept) { return kept.session->isFor(peer); });
    if (found == m_kept.end())
        return nullptr;
    auto session = std::move(found->session);
    m_kept.erase(found);
    return session;
}

void AmqpFeedback::keep(SessionPtr session) {
    if (!session->usable())
        return;
    SessionPtr oldest;
    const std::lock_guard lock(m_mutex);
    if (m_kept.size() >= mostKept) {
        oldest = std::move(m_kept.front().session);
        m_kept.erase(m_kept.begin());
    }
    m_kept.push_back({std::move(session), Clock::now()});
}

} // namespace sealwright
