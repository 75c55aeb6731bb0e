#include "app/amqp/login.h"

#include <amqp_framing.h>

#include <algorithm>
#include <cstring>

namespace sealwright::amqp {

namespace {

constexpr std::uint32_t largestFrame = 131072;
constexpr std::uint16_t heartbeatSeconds = 20;
constexpr std::size_t frameHead = 7, roomForTheRest = 1024;

/// A limit as AMQP has it: 0 is none.
template <class T>
T lower(T ours, T theirs) {
    return theirs == 0 ? ours : std::min(ours, theirs);
}

amqp_table_entry_t entry(const char* name, const char* text) {
    amqp_table_entry_t made{amqp_cstring_bytes(name), {}};
    made.value.kind = AMQP_FIELD_KIND_UTF8;
    made.value.value.bytes = amqp_cstring_bytes(text);
    return made;
}

amqp_table_entry_t able(const char* name) {
    amqp_table_entry_t made{amqp_cstring_bytes(name), {}};
    made.value.kind = AMQP_FIELD_KIND_BOOLEAN;
    made.value.value.boolean = 1;
    return made;
}

bool offersPlain(const amqp_bytes_t& mechanisms) {
    const std::string words = ' ' + std::string(static_cast<const char*>(mechanisms.bytes), mechanisms.len) + ' ';
    return words.find(" PLAIN ") != std::string::npos;
}

/// NUL user NUL password (RFC 4616).
crypto::SecretBytes plainResponse(const BrokerLogin& login) {
    crypto::SecretBytes response(2 + login.user.size() + login.password.size());
    auto* out = response.revealMutable().data() + 1;
    out = std::copy(login.user.begin(), login.user.end(), out) + 1;
    const auto password = login.password.reveal();
    std::copy(password.begin(), password.end(), out);
    return response;
}

/// The whole frame of connection.start-ok; empty where it cannot be made.
crypto::SecretBytes startOk(const BrokerLogin& login) {
    amqp_table_entry_t can[] = {able("authentication_failure_close"), able("publisher_confirms"), able("basic.nack"),
                                able("connection.blocked")};
    amqp_table_entry_t about[] = {entry("product", "sealwright"), entry("version", SEALWRIGHT_VERSION),
                                  amqp_table_entry_t{amqp_cstring_bytes("capabilities"), {}}};
    about[2].value.kind = AMQP_FIELD_KIND_TABLE;
    about[2].value.value.table = {std::size(can), can};
    const auto response = plainResponse(login);
    amqp_connection_start_ok_t method{{std::size(about), about},
                                      amqp_cstring_bytes("PLAIN"),
                                      bytesOf(asText(response.reveal())),
                                      amqp_cstring_bytes("en_US")};
    crypto::SecretBytes room(frameHead + roomForTheRest + response.size());
    Byte* const begin = room.revealMutable().data();
    Byte* const payload = begin + frameHead;
    // The method's id stands before what rabbitmq-c encodes of it.
    const int size = amqp_encode_method(AMQP_CONNECTION_START_OK_METHOD, &method,
                                        {room.size() - frameHead - sizeof(std::uint32_t) - 1, payload + 4});
    if (size < 0)
        return {};
    const auto put = [](Byte* at, std::uint32_t number) {
        for (int i = 0; i < 4; ++i)
            at[i] = static_cast<Byte>(number >> (24 - 8 * i));
    };
    begin[0] = AMQP_FRAME_METHOD; // of channel 0
    put(begin + 3, static_cast<std::uint32_t>(size) + 4);
    put(payload, AMQP_CONNECTION_START_OK_METHOD);
    payload[4 + size] = AMQP_FRAME_END;
    return crypto::SecretBytes(room.reveal().first(frameHead + 4 + static_cast<std::size_t>(size) + 1));
}

Outcome<void> authenticate(Wire& wire, const BrokerLogin& login, const Cancel& cancel) {
    if (auto sent = wire.check(amqp_send_header(wire.raw())); !sent)
        return sent;
    const auto start = wire.next(AMQP_CONNECTION_START_METHOD, cancel);
    if (!start)
        return start.failed();
    const auto& offer = *static_cast<const amqp_connection_start_t*>(start->payload.method.decoded);
    const auto answer = startOk(login);
    if (!offersPlain(offer.mechanisms) || answer.empty())
        return fail(wire.broken({Code::BrokerFailed, {wire.host(), "SASL PLAIN"}}));
    return wire.sendBytes(answer.reveal());
}

Outcome<void> tune(Wire& wire, const Cancel& cancel) {
    const auto frame = wire.next(AMQP_CONNECTION_TUNE_METHOD, cancel);
    if (!frame)
        return frame.failed();
    const auto& offer = *static_cast<const amqp_connection_tune_t*>(frame->payload.method.decoded);
    const amqp_connection_tune_ok_t chosen{lower(channel, offer.channel_max), lower(largestFrame, offer.frame_max),
                                           lower(heartbeatSeconds, offer.heartbeat)};
    if (auto good = wire.check(
            amqp_tune_connection(wire.raw(), chosen.channel_max, static_cast<int>(chosen.frame_max), chosen.heartbeat));
        !good)
        return good;
    return wire.send(0, AMQP_CONNECTION_TUNE_OK_METHOD, chosen);
}

} // namespace

amqp_bytes_t bytesOf(std::string_view text) {
    return {text.size(), const_cast<char*>(text.data())};
}

Outcome<void> logIn(Wire& wire, const std::string& vhost, const BrokerLogin& login, const Cancel& cancel) {
    if (auto done = authenticate(wire, login, cancel); !done)
        return done;
    if (auto done = tune(wire, cancel); !done)
        return done;
    const amqp_connection_open_t open{bytesOf(vhost), amqp_empty_bytes, 0};
    if (auto sent = wire.send(0, AMQP_CONNECTION_OPEN_METHOD, open); !sent)
        return sent;
    if (auto opened = wire.next(AMQP_CONNECTION_OPEN_OK_METHOD, cancel); !opened)
        return opened.failed();
    if (auto sent = wire.send(channel, AMQP_CHANNEL_OPEN_METHOD, amqp_channel_open_t{amqp_empty_bytes}); !sent)
        return sent;
    if (auto opened = wire.next(AMQP_CHANNEL_OPEN_OK_METHOD, cancel); !opened)
        return opened.failed();
    if (auto sent = wire.send(channel, AMQP_CONFIRM_SELECT_METHOD, amqp_confirm_select_t{0}); !sent)
        return sent;
    if (auto selected = wire.next(AMQP_CONFIRM_SELECT_OK_METHOD, cancel); !selected)
        return selected.failed();
    return {};
}

} // namespace sealwright::amqp
