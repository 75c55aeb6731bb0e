#pragma once
#include "tests/stack/stack_support.h"

#include <amqp.h>
#include <amqp_framing.h>
#include <amqp_tcp_socket.h>

#include <QUrl>

namespace sealwright::test {

/// rabbitmqctl of this stack's broker.
inline bool brokerControl(const QStringList& arguments) {
    return outputOf(stackValue("AMQP_CTL"), arguments).has_value();
}

/// A user of the broker who may do everything, for tests: declares queues, looks into them. Its exchange leads to its
/// queue by the key "there", and nowhere by any other.
class BrokerDesk {
public:
    static constexpr auto user = "tester", password = "only in tests", exchange = "tester.exchange",
                          queue = "tester.queue", key = "there";

    BrokerDesk() : m_connection(amqp_new_connection()) {
        (void)brokerControl({QStringLiteral("add_user"), QString::fromLatin1(user), QString::fromLatin1(password)});
        (void)brokerControl({QStringLiteral("set_permissions"), QString::fromLatin1(user), QStringLiteral(".*"),
                             QStringLiteral(".*"), QStringLiteral(".*")});
        const QUrl url(stackValue("AMQP_URL"));
        auto* socket = amqp_tcp_socket_new(m_connection);
        m_good = amqp_socket_open(socket, url.host().toUtf8().constData(), url.port()) == AMQP_STATUS_OK &&
                 amqp_login(m_connection, "/", 0, 131072, 0, AMQP_SASL_METHOD_PLAIN, user, password).reply_type ==
                     AMQP_RESPONSE_NORMAL &&
                 amqp_channel_open(m_connection, 1) &&
                 amqp_exchange_declare(m_connection, 1, name(exchange), name("direct"), 0, 1, 0, 0, amqp_empty_table) &&
                 amqp_queue_declare(m_connection, 1, name(queue), 0, 1, 0, 0, amqp_empty_table) &&
                 amqp_queue_bind(m_connection, 1, name(queue), name(exchange), name(key), amqp_empty_table);
    }
    ~BrokerDesk() { amqp_destroy_connection(m_connection); }
    BrokerDesk(const BrokerDesk&) = delete;
    BrokerDesk& operator=(const BrokerDesk&) = delete;

    bool good() const { return m_good; }

    struct Message {
        std::string id, contentType, body;
        bool persistent = false;
    };
    /// All that the queue holds now, in its order; it is empty then.
    std::vector<Message> take() {
        std::vector<Message> all;
        for (;;) {
            const auto got = amqp_basic_get(m_connection, 1, name(queue), 1);
            amqp_message_t message;
            if (got.reply_type != AMQP_RESPONSE_NORMAL || got.reply.id != AMQP_BASIC_GET_OK_METHOD ||
                amqp_read_message(m_connection, 1, &message, 0).reply_type != AMQP_RESPONSE_NORMAL)
                return all;
            const auto& properties = message.properties;
            all.push_back({text(properties.message_id), text(properties.content_type), text(message.body),
                           properties.delivery_mode == AMQP_DELIVERY_PERSISTENT});
            amqp_destroy_message(&message);
            amqp_maybe_release_buffers(m_connection);
        }
    }

private:
    static amqp_bytes_t name(const char* text) { return amqp_cstring_bytes(text); }
    static std::string text(const amqp_bytes_t& bytes) { return {static_cast<const char*>(bytes.bytes), bytes.len}; }

    amqp_connection_state_t m_connection;
    bool m_good = false;
};

} // namespace sealwright::test
