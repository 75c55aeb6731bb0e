#include "tests/platform/core/event_intake.h"

#include <cstdio>

namespace sealwright::platform {

EventIntake::EventIntake(const Contract& contract, const Registry& registry, JobDesk& jobs)
    : m_schema(*contract.find("POST", "/v1/jobs/any/events")->operation->requestBody),
      m_contract(contract),
      m_registry(registry),
      m_jobs(jobs) {}

Reply EventIntake::judge(const AmqpMessage& message) {
    if (message.contentType != "application/json" || !isUuid(message.id))
        return problem("request.invalid", "content_type or message_id");
    const auto body = crypto::parseControlJson(message.body, largestBody);
    if (!body)
        return problem("request.invalid", "the body is no JSON");
    if (const auto wrong = m_contract.mismatch(m_schema, *body))
        return problem("request.invalid", "body" + *wrong);
    const auto machine = m_registry.byId(*body->find("machine_id")->string());
    if (!machine)
        return problem("token.unknown");
    if (machine->revoked)
        return problem("machine.revoked");
    return m_jobs.event(*machine, *body->find("job_id")->string(), message.id, *body, message.body);
}

FeedbackConsumer::Verdict EventIntake::take(const AmqpMessage& message) {
    Reply reply;
    try {
        reply = judge(message);
    } catch (const DatabaseFailure& failure) {
        reply = problem("unavailable", failure.what());
    }
    std::fprintf(stderr, "AMQP %s %d\n", isUuid(message.id) ? message.id.c_str() : "without an id", reply.status);
    if (reply.good())
        return FeedbackConsumer::Verdict::Taken;
    return reply.status >= 500 ? FeedbackConsumer::Verdict::Later : FeedbackConsumer::Verdict::Refused;
}

} // namespace sealwright::platform
