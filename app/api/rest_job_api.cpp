#include "app/api/rest_job_api.h"

#include "app/api/answers.h"
#include "app/api/problem.h"
#include "app/base/wipe.h"
#include "models/domain/document.h"

#include <QUuid>

#include <algorithm>

namespace sealwright {

using crypto::Json;
using crypto::JsonObject;

/// One call as the contract has it.
struct RestJobApi::Call {
    const char* verb;
    std::string path;
    std::string body;           ///< JSON, or empty
    std::string idempotencyKey; ///< of a changing call
    bool withToken = true;
    std::uint64_t most = net::smallAnswer;
};

namespace {

/// A job as long as it may be, and the members beside it.
constexpr std::uint64_t oneJob = maxJwsBytes + (64u << 10);

std::string freshUuid() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

QUrl urlOf(const PlatformAccess& access, const std::string& path) {
    std::string base = access.url;
    while (!base.empty() && base.back() == '/')
        base.pop_back();
    return QUrl::fromEncoded(QByteArray::fromStdString(base + path), QUrl::StrictMode);
}

std::shared_ptr<const crypto::SecretBytes> bearer(const crypto::SecretBytes& token) {
    static constexpr std::string_view scheme = "Bearer ";
    crypto::SecretBytes value(scheme.size() + token.size());
    const auto rest = std::copy(scheme.begin(), scheme.end(), value.revealMutable().begin());
    std::copy(token.reveal().begin(), token.reveal().end(), rest);
    return std::make_shared<const crypto::SecretBytes>(std::move(value));
}

} // namespace

Outcome<Json> RestJobApi::carryOut(const PlatformAccess& access, Call call, const Cancel& cancel) const {
    net::Request request;
    request.verb = call.verb;
    request.url = urlOf(access, call.path);
    request.trust = {access.caPem, access.caSha256};
    request.maxAnswer = call.most;
    request.headers.emplace_back("Accept", "application/json, application/problem+json");
    if (call.withToken) {
        if (!isTokenText(asText(access.accessToken.reveal())))
            return fail({Code::PlatformDenied, {"token.unknown"}});
        request.secretHeaders.emplace_back("Authorization", bearer(access.accessToken));
    }
    if (!call.idempotencyKey.empty())
        request.headers.emplace_back("Idempotency-Key", QByteArray::fromStdString(call.idempotencyKey));
    if (!call.body.empty()) {
        request.headers.emplace_back("Content-Type", "application/json");
        request.body = QByteArray::fromStdString(call.body);
        crypto::wipe(call.body);
    }
    auto answer = net::callWithRetries(m_network, request, m_backoff, cancel);
    if (!answer)
        return answer.failed();
    if (!answer->good())
        return fail(failureOf(*answer));
    auto body = readBody(*answer);
    wipe(answer->body); // tokens
    return body;
}

Outcome<Challenge> RestJobApi::beginRegistration(const PlatformAccess& access, const std::string& invitationToken,
                                                 const std::string& name, const crypto::JwkSet& keys,
                                                 const Cancel& cancel) {
    const Json body = JsonObject{{"token", invitationToken}, {"name", name}, {"keys", crypto::toJson(keys)}};
    auto answer = carryOut(
        access, {"POST", "/v1/registration/challenge", crypto::writeControlJson(body), freshUuid(), false}, cancel);
    return answer ? readChallenge(*answer) : answer.failed();
}

Outcome<JobApi::Registered> RestJobApi::finishRegistration(const PlatformAccess& access, const std::string& proofJws,
                                                           const Cancel& cancel) {
    const Json body = JsonObject{{"proof", proofJws}};
    auto answer = carryOut(
        access, {"POST", "/v1/registration/proof", crypto::writeControlJson(body), freshUuid(), false}, cancel);
    return answer ? readRegistered(*answer) : answer.failed();
}

Outcome<Challenge> RestJobApi::beginRotation(const PlatformAccess& access, const std::string& name,
                                             const crypto::JwkSet& keys, const Cancel& cancel) {
    std::string token(asText(access.accessToken.reveal()));
    if (!isTokenText(token)) {
        crypto::wipe(token);
        return fail({Code::PlatformDenied, {"token.unknown"}});
    }
    auto challenge = beginRegistration(access, token, name, keys, cancel);
    crypto::wipe(token);
    return challenge;
}

Outcome<JobApi::Registered> RestJobApi::finishRotation(const PlatformAccess& access, const std::string& proofJws,
                                                       const std::string& oldProofJws, const Cancel& cancel) {
    const Json body = JsonObject{{"proof", proofJws}, {"old_proof", oldProofJws}};
    auto answer = carryOut(
        access, {"POST", "/v1/registration/proof", crypto::writeControlJson(body), freshUuid(), false}, cancel);
    return answer ? readRegistered(*answer) : answer.failed();
}

Outcome<std::vector<std::string>> RestJobApi::registrations(const PlatformAccess& access, const Cancel& cancel) {
    auto answer = carryOut(access, {"GET", "/v1/registration", {}, {}, true, net::largeAnswer}, cancel);
    return answer ? readRegistrations(*answer) : answer.failed();
}

Outcome<std::vector<JobEntry>> RestJobApi::jobs(const PlatformAccess& access, const Cancel& cancel) {
    auto answer = carryOut(access, {"GET", "/v1/jobs", {}, {}, true, net::largeAnswer}, cancel);
    return answer ? readJobs(*answer) : answer.failed();
}

Outcome<JobEntry> RestJobApi::job(const PlatformAccess& access, const std::string& jobId, const Cancel& cancel) {
    if (!isUuid(jobId)) // it goes into a path
        return fail({Code::JobNotFound, {jobId}});
    auto answer = carryOut(access, {"GET", "/v1/jobs/" + jobId, {}, {}, true, oneJob}, cancel);
    return answer ? readJobEntry(*answer) : answer.failed();
}

Outcome<void> RestJobApi::send(const PlatformAccess& access, const EventMessage& message, const Cancel& cancel) {
    if (!isUuid(message.jobId))
        return fail({Code::JobNotFound, {message.jobId}});
    auto answer =
        carryOut(access, {"POST", "/v1/jobs/" + message.jobId + "/events", message.body, message.eventId}, cancel);
    return answer ? Outcome<void>() : answer.failed();
}

Outcome<std::string> RestJobApi::renewedCredentials(const PlatformAccess& access, const std::string& jobId,
                                                    const Cancel& cancel) {
    if (!isUuid(jobId))
        return fail({Code::JobNotFound, {jobId}});
    auto answer = carryOut(access, {"GET", "/v1/jobs/" + jobId + "/credentials", {}, {}, true, oneJob}, cancel);
    return answer ? readCredentials(*answer) : answer.failed();
}

Outcome<std::vector<ResultEntry>> RestJobApi::results(const PlatformAccess& access, const Cancel& cancel) {
    auto answer = carryOut(access, {"GET", "/v1/results", {}, {}, true, net::largeAnswer}, cancel);
    return answer ? readResults(*answer) : answer.failed();
}

} // namespace sealwright
