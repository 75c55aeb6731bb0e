#include "tests/platform/core/amqp_connection.h"

#include <amqp_ssl_socket.h>

#include <QUrl>

namespace sealwright::platform {

namespace {

constexpr amqp_channel_t channel = 1;
constexpr int frameSize = 131072, heartbeat = 30;
constexpr std::uint16_t prefetch = 16;

std::string textOf(const amqp_bytes_t& bytes) {
    return {static_cast<const char*>(bytes.bytes), bytes.len};
}

amqp_bytes_t bytesOf(const std::string& text) {
    return amqp_bytes_t{text.size(), const_cast<char*>(text.data())};
}

timeval timeOf(std::chrono::milliseconds time) {
    return {static_cast<time_t>(time.count() / 1000), static_cast<suseconds_t>(time.count() % 1000 * 1000)};
}

} // namespace

AmqpConnection::AmqpConnection() : m_connection(amqp_new_connection()) {}

AmqpConnection::~AmqpConnection() {
    if (m_alive)
        amqp_connection_close(m_connection, AMQP_REPLY_SUCCESS);
    amqp_destroy_connection(m_connection);
}

std::unique_ptr<AmqpConnection> AmqpConnection::open(const BrokerAddress& broker) {
    std::unique_ptr<AmqpConnection> connection(new AmqpConnection);
    connection->m_alive = connection->connect(broker) && connection->consume(broker);
    return connection->m_alive ? std::move(connection) : nullptr;
}

bool AmqpConnection::connect(const BrokerAddress& broker) {
    const QUrl url(QString::fromStdString(broker.url));
    auto* socket = amqp_ssl_socket_new(m_connection);
    if (!socket || url.scheme() != QLatin1String("amqps") ||
        amqp_ssl_socket_set_cacert(socket, broker.ca.c_str()) != AMQP_STATUS_OK)
        return false;
    amqp_ssl_socket_set_verify_peer(socket, 1);
    amqp_ssl_socket_set_verify_hostname(socket, 1);
    amqp_ssl_socket_set_ssl_versions(socket, AMQP_TLSv1_2, AMQP_TLSvLATEST);
    const auto patience = timeOf(std::chrono::seconds(5));
    amqp_set_handshake_timeout(m_connection, &patience);
    amqp_set_rpc_timeout(m_connection, &patience);
    if (amqp_socket_open_noblock(socket, url.host().toUtf8().constData(), url.port(5671), &patience) != AMQP_STATUS_OK)
        return false;
    const std::string password(asText(broker.platform.password.reveal()));
    const auto reply = amqp_login(m_connection, "/", 0, frameSize, heartbeat, AMQP_SASL_METHOD_PLAIN,
                                  broker.platform.user.c_str(), password.c_str());
    return reply.reply_type == AMQP_RESPONSE_NORMAL;
}

bool AmqpConnection::consume(const BrokerAddress& broker) {
    return amqp_channel_open(m_connection, channel) && amqp_basic_qos(m_connection, channel, 0, prefetch, false) &&
           amqp_basic_consume(m_connection, channel, bytesOf(broker.queue), amqp_empty_bytes, false, false, false,
                              amqp_empty_table);
}

std::optional<AmqpMessage> AmqpConnection::next(std::chrono::milliseconds wait) {
    const auto patience = timeOf(wait);
    amqp_envelope_t envelope;
    amqp_maybe_release_buffers(m_connection);
    const auto reply = amqp_consume_message(m_connection, &envelope, &patience, 0);
    if (reply.reply_type != AMQP_RESPONSE_NORMAL) {
        m_alive = reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION && reply.library_error == AMQP_STATUS_TIMEOUT;
        return std::nullopt;
    }
    const auto& properties = envelope.message.properties;
    AmqpMessage message;
    if (properties._flags & AMQP_BASIC_MESSAGE_ID_FLAG)
        message.id = textOf(properties.message_id);
    if (properties._flags & AMQP_BASIC_CONTENT_TYPE_FLAG)
        message.contentType = textOf(properties.content_type);
    message.body = textOf(envelope.message.body);
    message.tag = envelope.delivery_tag;
    amqp_destroy_envelope(&envelope);
    return message;
}

void AmqpConnection::acknowledge(std::uint64_t tag) {
    m_alive = m_alive && amqp_basic_ack(m_connection, channel, tag, false) == AMQP_STATUS_OK;
}

void AmqpConnection::refuse(std::uint64_t tag) {
    m_alive = m_alive && amqp_basic_reject(m_connection, channel, tag, false) == AMQP_STATUS_OK;
}

} // namespace sealwright::platform
