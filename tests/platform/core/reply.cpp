#include "tests/platform/core/reply.h"

#include <algorithm>
#include <array>

namespace sealwright::platform {

namespace {

struct Kind {
    std::string_view code;
    int status;
    std::string_view title;
};

constexpr std::array kinds{
    Kind{"token.unknown", 401, "No such access token."},
    Kind{"machine.revoked", 403, "The platform has revoked this machine."},
    Kind{"invitation.unknown", 401, "No such invitation, or it was used."},
    Kind{"invitation.expired", 401, "The invitation is no longer valid."},
    Kind{"keys.refused", 422, "The machine's keys were refused."},
    Kind{"challenge.unknown", 404, "No such challenge, or it is no longer valid."},
    Kind{"proof.refused", 422, "The proof was refused."},
    Kind{"job.unknown", 404, "No such job of this machine."},
    Kind{"job.finished", 409, "The job is done or declined."},
    Kind{"job.withdrawn", 409, "The platform took the job back."},
    Kind{"job.expired", 409, "The job was not taken up in time."},
    Kind{"job.state", 409, "The job's state does not allow this event."},
    Kind{"event.out-of-order", 409, "An event with this or a higher sequence is there already."},
    Kind{"idempotency.key-reused", 409, "This Idempotency-Key came with another body before."},
    Kind{"manifest.refused", 422, "The manifest is not one of this job."},
    Kind{"signature.refused", 422, "The signature is not this machine's over this manifest."},
    Kind{"objects.missing", 422, "The uploaded objects are not there as the manifest says."},
    Kind{"request.invalid", 400, "The request is not as the contract has it."},
    Kind{"path.unknown", 404, "No such path or verb."},
    Kind{"too-many-requests", 429, "Slower, please."},
    Kind{"unavailable", 503, "The platform cannot answer now."},
    Kind{"internal", 500, "The platform failed."},
};

Reply make(const Kind& kind, int status, std::string detail) {
    crypto::JsonObject body{{"type", "urn:sealwright:problem:" + std::string(kind.code)},
                            {"title", kind.title},
                            {"status", status},
                            {"code", kind.code}};
    if (!detail.empty())
        body.emplace_back("detail", std::move(detail));
    return {status, std::move(body), std::nullopt};
}

} // namespace

Reply problem(std::string_view code, std::string detail) {
    const auto* kind = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& k) { return k.code == code; });
    return kind == kinds.end() ? make(kinds.back(), 500, std::string(code))
                               : make(*kind, kind->status, std::move(detail));
}

Reply faultOf(int status, std::optional<int> retryAfter) {
    const auto* kind = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& k) { return k.status == status; });
    Reply reply = make(kind == kinds.end() ? kinds.back() : *kind, status, "asked for by a test");
    reply.retryAfter = retryAfter;
    return reply;
}

} // namespace sealwright::platform
