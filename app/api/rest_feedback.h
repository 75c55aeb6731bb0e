#pragma once
#include "app/api/rest_job_api.h"
#include "models/ports/feedback.h"

namespace sealwright {

/// Events to the platform itself. As RestJobApi's calls, but that a platform which lets a whole time-out pass is not
/// asked again: the outbox does that later. Only an answer with one of the contract's problems is a no for good.
class RestFeedback : public Feedback {
public:
    explicit RestFeedback(net::NetworkThread& network, net::Backoff backoff = {}) : m_api(network, patient(backoff)) {}
    Outcome<void> send(const FeedbackAccess& access, const EventMessage& message, const Cancel& cancel) override;

private:
    static net::Backoff patient(net::Backoff backoff) {
        backoff.afterTimeout = false;
        return backoff;
    }
    RestJobApi m_api;
};

} // namespace sealwright
