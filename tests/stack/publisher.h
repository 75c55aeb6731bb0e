#pragma once
#include "tests/stack/stack_support.h"

#include <amqp.h>
#include <amqp_ssl_socket.h>

#include <QUrl>

namespace sealwright::test {

/// A client of the broker for tests, by TLS, as one of its two users: the machines' publishes, the platform's looks
/// into queues. Written anew here, so that a mistake in the platform's own consumer does not hide.
class Broker {
public:
    Broker(const char* userName, const char* passwordName) : m_connection(amqp_new_connection()) {
        const QUrl url(stackValue("AMQPS_URL"));
        auto* socket = amqp_ssl_socket_new(m_connection);
        amqp_ssl_socket_set_cacert(socket, stackValue("AMQP_CA").toUtf8().constData());
        m_good = amqp_socket_open(socket, url.host().toUtf8().constData(), url.port()) == AMQP_STATUS_OK &&
                 amqp_login(m_connection, "/", 0, 131072, 0, AMQP_SASL_METHOD_PLAIN,
                            stackValue(userName).toUtf8().constData(), stackValue(passwordName).toUtf8().constData())
                         .reply_type == AMQP_RESPONSE_NORMAL &&
                 amqp_channel_open(m_connection, 1) && amqp_confirm_select(m_connection, 1);
    }
    ~Broker() { amqp_destroy_connection(m_connection); }
    Broker(const Broker&) = delete;
    Broker& operator=(const Broker&) = delete;

    bool good() const { return m_good; }

    /// Persistent; true once the broker has confirmed it.
    bool publish(const std::string& id, const std::string& body, const char* contentType = "application/json") {
        amqp_basic_properties_t properties{};
        properties._flags = AMQP_BASIC_MESSAGE_ID_FLAG | AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_DELIVERY_MODE_FLAG;
        properties.message_id = bytes(id);
        properties.content_type = amqp_cstring_bytes(contentType);
        properties.delivery_mode = AMQP_DELIVERY_PERSISTENT;
        const auto exchange = stackValue("AMQP_EXCHANGE").toStdString(),
                   key = stackValue("AMQP_ROUTING_KEY").toStdString();
        if (amqp_basic_publish(m_connection, 1, bytes(exchange), bytes(key), true, false, &properties, bytes(body)) !=
            AMQP_STATUS_OK)
            return false;
        amqp_frame_t frame;
        return amqp_simple_wait_frame(m_connection, &frame) == AMQP_STATUS_OK &&
               frame.frame_type == AMQP_FRAME_METHOD && frame.payload.method.id == AMQP_BASIC_ACK_METHOD;
    }

    /// Messages that wait in a queue; none where it cannot be told.
    std::optional<int> waiting(const char* queueName) {
        const auto queue = stackValue(queueName).toStdString();
        const auto* told =
            amqp_queue_declare(m_connection, 1, bytes(queue), true, false, false, false, amqp_empty_table);
        return told ? std::optional(static_cast<int>(told->message_count)) : std::nullopt;
    }

private:
    static amqp_bytes_t bytes(const std::string& text) { return {text.size(), const_cast<char*>(text.data())}; }

    amqp_connection_state_t m_connection;
    bool m_good = false;
};

} // namespace sealwright::test
