#include "app/api/problem.h"

#include "app/net/http_retry.h"
#include "crypto/base/control_json.h"
#include "crypto/base/utf8.h"

#include <algorithm>

namespace sealwright {

namespace {

constexpr std::size_t longestText = 300;

/// The platform wrote it: one line, cut short at a character's end.
std::string tamed(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size() && out.size() < longestText;) {
        const auto length = crypto::utf8SequenceLength(text, at);
        const auto first = static_cast<unsigned char>(text[at]);
        if (length == 1 && (first < 0x20 || first == 0x7f))
            out += ' ';
        else
            out.append(text, at, length);
        at += std::max<std::size_t>(length, 1);
    }
    return out;
}

Code codeOf(int status, const std::string& problem) {
    if (problem == "machine.revoked" && status == 403)
        return Code::MachineRevoked;
    if (status == 401 || status == 403)
        return Code::PlatformDenied;
    if (status == 409)
        return Code::PlatformConflict;
    if (problem == "job.unknown")
        return Code::JobNotFound;
    return status >= 500 || status == 429 ? Code::PlatformFailed : Code::PlatformRejected;
}

} // namespace

Failure failureOf(const net::Answer& answer) {
    std::string code = "status " + std::to_string(answer.status), detail;
    const bool isProblem = answer.header("Content-Type").startsWith("application/problem+json");
    if (auto json = crypto::parseControlJson(answer.body.toStdString()); isProblem && json) {
        if (const auto* member = json->find("code"); member && member->string())
            code = tamed(*member->string());
        if (const auto* member = json->find("detail"); member && member->string())
            detail = tamed(*member->string());
    }
    Failure failure{codeOf(answer.status, code), {code}};
    if (const auto asked = net::retryAfter(answer))
        failure.retryAfter = static_cast<std::uint32_t>(asked->count());
    if (!detail.empty())
        failure.facts.push_back(detail);
    return failure;
}

} // namespace sealwright
