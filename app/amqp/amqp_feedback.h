#pragma once
#include "app/amqp/session.h"
#include "app/net/backoff.h"
#include "models/ports/feedback.h"

#include <mutex>

namespace sealwright {

/// Events to a broker (AMQP 0-9-1): persistent, confirmed, with the event's id as message id. Only to hosts that the
/// registration lists: JobHostNotListed before anything is sent; JobInvalid where the job has no usable broker. A
/// broker that is away is tried again a few times, one that lets a whole time-out pass is not: the outbox does that
/// later. No failure here is a refusal. Connections are kept for some seconds for the next event of the same job.
class AmqpFeedback : public Feedback {
public:
    explicit AmqpFeedback(net::NetworkThread& network, net::Backoff backoff = {}, amqp::Patience patience = {})
        : m_network(network), m_backoff(backoff), m_patience(patience) {}
    Outcome<void> send(const FeedbackAccess& access, const EventMessage& message, const Cancel& cancel) override;

private:
    using SessionPtr = std::unique_ptr<amqp::Session>;
    struct Kept {
        SessionPtr session;
        std::chrono::steady_clock::time_point since;
    };

    Outcome<void> once(const FeedbackAccess& access, const amqp::Peer& peer, const EventMessage& message,
                       const Cancel& cancel);
    SessionPtr keptFor(const amqp::Peer& peer);
    void keep(SessionPtr session);

    net::NetworkThread& m_network;
    const net::Backoff m_backoff;
    const amqp::Patience m_patience;
    std::mutex m_mutex; ///< guards the list
    std::vector<Kept> m_kept;
};

} // namespace sealwright
