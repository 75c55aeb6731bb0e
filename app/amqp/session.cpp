#include "app/amqp/session.h"

#include <amqp_framing.h>

namespace sealwright::amqp {

Session::Session(Peer peer, std::unique_ptr<net::Tunnel> tunnel, const Patience& patience)
    : m_peer(std::move(peer)), m_wire(std::move(tunnel), m_peer.host, patience) {}

Outcome<std::unique_ptr<Session>> Session::open(net::NetworkThread& network, Peer peer, const Patience& patience,
                                                const Cancel& cancel) {
    const auto& place = peer.place;
    auto tunnel = network.open({place.host, place.port, place.tls, peer.trust}, patience.connect, cancel);
    if (!tunnel) {
        const Code code = tunnel.error().code;
        if (code == Code::NetworkUnreachable || code == Code::NetworkTimeout)
            return fail({code == Code::NetworkTimeout ? Code::BrokerTimeout : Code::BrokerUnreachable, {peer.host}});
        return tunnel.failed();
    }
    std::unique_ptr<Session> session(new Session(std::move(peer), std::move(*tunnel), patience));
    if (auto done = logIn(session->m_wire, session->m_peer.place.vhost, session->m_peer.login, cancel); !done)
        return done.failed();
    return session;
}

bool Session::isFor(const Peer& peer) const {
    return m_peer.place == peer.place && m_peer.trust == peer.trust && m_peer.login.user == peer.login.user &&
           m_peer.login.password == peer.login.password;
}

Outcome<void> Session::publish(const FeedbackAddress& to, const EventMessage& message, const Cancel& cancel) {
    if (auto quiet = m_wire.drain(); !quiet)
        return quiet;
    if (auto free = m_wire.untilUnblocked(cancel); !free)
        return free;
    amqp_basic_properties_t properties{};
    properties._flags = AMQP_BASIC_MESSAGE_ID_FLAG | AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_DELIVERY_MODE_FLAG;
    properties.message_id = bytesOf(message.eventId);
    properties.content_type = amqp_cstring_bytes("application/json");
    properties.delivery_mode = AMQP_DELIVERY_PERSISTENT;
    const bool mandatory = true, immediate = false;
    if (auto sent = m_wire.check(amqp_basic_publish(m_wire.raw(), channel, bytesOf(to.exchange), bytesOf(to.routingKey),
                                                    mandatory, immediate, &properties, bytesOf(message.body)));
        !sent)
        return sent;
    ++m_published;
    auto confirmed = confirmation(to, cancel);
    if (!confirmed && confirmed.error().code == Code::BrokerNoExchange)
        return fail({Code::BrokerNoExchange, {m_peer.host, to.exchange}});
    return confirmed;
}

/// A message that no queue wants comes back whole before it is confirmed.
Outcome<void> Session::skipReturned(const Cancel& cancel) {
    const auto head = m_wire.next(cancel);
    if (!head)
        return head.failed();
    if (head->frame_type != AMQP_FRAME_HEADER)
        return fail(m_wire.broken());
    for (std::uint64_t left = head->payload.properties.body_size; left > 0;) {
        const auto piece = m_wire.next(cancel);
        if (!piece)
            return piece.failed();
        if (piece->frame_type != AMQP_FRAME_BODY || piece->payload.body_fragment.len > left)
            return fail(m_wire.broken());
        left -= piece->payload.body_fragment.len;
    }
    return {};
}

Outcome<void> Session::confirmation(const FeedbackAddress& to, const Cancel& cancel) {
    bool returned = false;
    for (;;) {
        const auto frame = m_wire.next(cancel);
        if (!frame)
            return frame.failed();
        const auto id = frame->frame_type == AMQP_FRAME_METHOD ? frame->payload.method.id : 0;
        const void* decoded = frame->payload.method.decoded;
        if (id == AMQP_BASIC_RETURN_METHOD) {
            returned = true;
            if (auto skipped = skipReturned(cancel); !skipped)
                return skipped;
        } else if (id == AMQP_BASIC_ACK_METHOD &&
                   static_cast<const amqp_basic_ack_t*>(decoded)->delivery_tag == m_published) {
            if (returned)
                return fail({Code::BrokerNoQueue, {m_peer.host, to.exchange, to.routingKey}});
            return {};
        } else if (id == AMQP_BASIC_NACK_METHOD) {
            return fail({Code::BrokerFull, {m_peer.host}});
        } else {
            return fail(m_wire.broken());
        }
    }
}

} // namespace sealwright::amqp
