#include "app/api/rest_feedback.h"

namespace sealwright {

Outcome<void> RestFeedback::send(const FeedbackAccess& access, const EventMessage& message, const Cancel& cancel) {
    auto sent = m_api.send(access.platform, message, cancel);
    // A no without the contract's problem is not the platform's own: some gateway stands in its place for now.
    if (!sent && isRefusal(sent.error().code) && !sent.error().facts.empty() &&
        sent.error().facts.front().rfind("status ", 0) == 0)
        return fail(Failure(Code::PlatformFailed, sent.error().facts));
    return sent;
}

} // namespace sealwright
