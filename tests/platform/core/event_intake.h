#pragma once
#include "tests/platform/core/contract.h"
#include "tests/platform/core/feedback_consumer.h"
#include "tests/platform/core/job_desk.h"

namespace sealwright::platform {

/// An event that came over the broker, held to the same document and judged by the same desk as one that came by REST:
/// its message id stands for the Idempotency-Key, so that what is delivered twice counts once, and a machine's events
/// of one job count in their order only.
class EventIntake {
public:
    EventIntake(const Contract& contract, const Registry& registry, JobDesk& jobs);

    /// One log line an event, without its body.
    FeedbackConsumer::Verdict take(const AmqpMessage& message);

private:
    Reply judge(const AmqpMessage& message);

    const crypto::Json& m_schema;
    const Contract& m_contract;
    const Registry& m_registry;
    JobDesk& m_jobs;
};

} // namespace sealwright::platform
