#pragma once
#include "app/amqp/amqp_feedback.h"
#include "tests/stack/broker_desk.h"

#include <QUuid>

// What tests of the client for AMQP have in common.
namespace sealwright::test {

/// What a job's run has in hand when it tells something.
struct Teller {
    explicit Teller(const std::string& url = stackValue("AMQPS_URL").toStdString()) {
        address = {true, url, BrokerDesk::exchange, BrokerDesk::key};
        access.hosts = {hostOfEndpoint(url).value_or("")};
        QFile ca(stackValue("AMQP_CA"));
        if (ca.open(QIODevice::ReadOnly))
            access.caPem = ca.readAll().toStdString();
        setPassword(BrokerDesk::password);
    }
    void setPassword(const std::string& password) {
        login = {BrokerDesk::user, crypto::SecretBytes(asBytes(password))};
    }
    std::string tell(AmqpFeedback& feedback, const std::string& id, const std::string& body = "{}",
                     const Cancel& cancel = {}) const {
        const auto sent = feedback.send({address, access, &login}, {id, "job", body}, cancel);
        facts = sent ? std::vector<std::string>() : sent.error().facts;
        if (!sent)
            failure = sent.error();
        return sent ? "sent" : std::string(stableId(sent.error().code));
    }

    FeedbackAddress address;
    PlatformAccess access;
    BrokerLogin login;
    mutable std::vector<std::string> facts;
    mutable std::optional<Failure> failure; ///< the last one
};

inline std::string uuid() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

inline constexpr net::Backoff once{1, std::chrono::milliseconds(10), std::chrono::milliseconds(10)};
/// For a server that says nothing of use.
inline constexpr amqp::Patience impatient{std::chrono::seconds(5), std::chrono::seconds(1),
                                          std::chrono::milliseconds(200)};

} // namespace sealwright::test
