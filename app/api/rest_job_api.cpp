#include "app/api/rest_job_api.h"

#include "app/api/answers.h"
#include "app/api/problem.h"

#include <QUuid>

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

std::string freshUuid() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

QUrl urlOf(const PlatformAccess& access, const std::string& path) {
    std::string base = access.url;
    while (!base.empty() && base.back() == '/')
        base.pop_back();
    return QUrl::fromEncoded(QByteArray::fromStdString(base + path), QUrl::StrictMode);
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
        QByteArray bearer = "Bearer ";
        bearer.append(reinterpret_cast<const char*>(access.accessToken.reveal().data()),
                      static_cast<qsizetype>(access.accessToken.size()));
        request.headers.emplace_back("Authorization", std::move(bearer));
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
    crypto::wipe(
        {reinterpret_cast<Byte*>(answer->body.data()), static_cast<std::size_t>(answer->body.size())}); // tokens
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

Outcome<std::vector<JobEntry>> RestJobApi::jobs(const PlatformAccess& access, const Cancel& cancel) {
    auto answer = carryOut(access, {"GET", "/v1/jobs", {}, {}, true, net::largeAnswer}, cancel);
    return answer ? readJobs(*answer) : answer.failed();
}

Outcome<JobEntry> RestJobApi::job(const PlatformAccess& access, const std::string& jobId, const Cancel& cancel) {
    if (!isUuid(jobId)) // it goes into a path
        return fail({Code::JobNotFound, {jobId}});
    auto answer = carryOut(access, {"GET", "/v1/jobs/" + jobId, {}, {}}, cancel);
    return answer ? readJobEntry(*answer) : answer.failed();
}

Outcome<void> RestJobApi::send(const PlatformAccess& access, const EventMessage& message, const Cancel& cancel) {
    if (!isUuid(message.jobId))
        return fail({Code::JobNotFound, {message.jobId}});
    auto answer =
        carryOut(access, {"POST", "/v1/jobs/" + message.jobId + "/events", message.body, message.eventId}, cancel);
    return answer ? Outcome<void>() : answer.failed();
}

Outcome<std::vector<ResultEntry>> RestJobApi::results(const PlatformAccess& access, const Cancel& cancel) {
    auto answer = carryOut(access, {"GET", "/v1/results", {}, {}, true, net::largeAnswer}, cancel);
    return answer ? readResults(*answer) : answer.failed();
}

} // namespace sealwright
