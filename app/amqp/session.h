#pragma once
#include "app/amqp/login.h"
#include "app/net/network_thread.h"
#include "models/domain/broker.h"

namespace sealwright::amqp {

/// Whom a session speaks to, and as who.
struct Peer {
    BrokerPlace place;
    std::string host; ///< "host:port", for failures
    net::Trust trust;
    BrokerLogin login;
};

/// A connection to a broker on which messages can be published, one after the other. On one thread at a time.
class Session {
public:
    /// Wire's failures, and NetworkTls with its kinds.
    static Outcome<std::unique_ptr<Session>> open(net::NetworkThread& network, Peer peer, const Patience& patience,
                                                  const Cancel& cancel);

    /// Is this a session of the same user, by the same password, to the same place?
    bool isFor(const Peer& peer) const;
    bool usable() const { return m_wire.alive(); }

    /// Publishes persistently and waits for the broker's confirmation: good means that it is on the broker's disk, in a
    /// queue at least. BrokerNoExchange, BrokerNoQueue (no queue is bound for this key), BrokerFull (refused by the
    /// queue), Wire's. Where it failed, the message may have been taken nevertheless.
    Outcome<void> publish(const FeedbackAddress& to, const EventMessage& message, const Cancel& cancel);

private:
    Session(Peer peer, std::unique_ptr<net::Tunnel> tunnel, const Patience& patience);
    Outcome<void> confirmation(const FeedbackAddress& to, const Cancel& cancel);
    Outcome<void> skipReturned(const Cancel& cancel);

    Peer m_peer;
    Wire m_wire;
    std::uint64_t m_published = 0;
};

} // namespace sealwright::amqp
