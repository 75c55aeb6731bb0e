#include "app/s3/s3_call.h"

#include "app/net/authority.h"
#include "app/net/http_retry.h"
#include "crypto/stream/digest.h"
#include "models/domain/sleep.h"

#include <QDateTime>
#include <QLocale>
#include <QXmlStreamReader>

#include <algorithm>
#include <cstdlib>
#include <iterator>

namespace sealwright::s3 {

namespace {

/// Every try is signed anew, so that a long wait cannot outlive a signature.
constexpr net::Backoff backoff{5, std::chrono::milliseconds(400), std::chrono::milliseconds(8000)};

std::string withoutSlash(std::string endpoint) {
    while (!endpoint.empty() && endpoint.back() == '/')
        endpoint.pop_back();
    return endpoint;
}

net::Request signedRequest(const StoreAccess& access, const StorageCredentials& credentials, const Call& call) {
    const std::string path =
        encodePath("/" + access.bucket + (call.object.empty() ? std::string() : "/" + call.object));
    const std::string query = canonicalQuery(call.query);
    net::Request request;
    request.verb = call.verb;
    request.url = QUrl::fromEncoded(
        QByteArray::fromStdString(withoutSlash(access.endpoint) + path + (query.empty() ? "" : "?" + query)),
        QUrl::StrictMode);
    request.trust = {access.caPem, access.caSha256};
    request.body = call.body;
    request.openBody = call.openBody;
    request.onBody = call.onBody;
    request.onSent = call.onSent;
    request.pause = access.pause;
    request.maxAnswer = call.maxAnswer;
    request.tooLarge = Code::StorageFailed;

    SigningInput input;
    input.verb = call.verb.toStdString();
    input.path = path;
    input.query = call.query;
    input.region = access.region;
    input.when = now();
    input.payloadSha256 = call.payloadSha256;
    if (input.payloadSha256.empty())
        input.payloadSha256 = crypto::hexLower(
            crypto::sha256(asBytes({call.body.constData(), static_cast<std::size_t>(call.body.size())})));
    input.headers = call.headers;
    input.headers.emplace_back("x-amz-content-sha256", input.payloadSha256);
    input.headers.emplace_back("x-amz-date", amzDate(input.when));
    for (const auto& [name, value] : input.headers)
        request.headers.emplace_back(QByteArray::fromStdString(name), QByteArray::fromStdString(value));
    if (!call.contentType.empty())
        request.headers.emplace_back("Content-Type", QByteArray::fromStdString(call.contentType));
    input.headers.emplace_back("host", net::hostHeader(request.url));
    const auto addSecret = [&request](const char* name, ByteView value) {
        request.secretHeaders.emplace_back(name, std::make_shared<const crypto::SecretBytes>(value));
    };
    if (const auto& session = credentials.sessionToken; !session.empty()) {
        addSecret("x-amz-security-token", session.reveal());
        input.headers.emplace_back("x-amz-security-token", std::string(asText(session.reveal())));
    }
    std::string value = authorization(input, credentials.accessKey, credentials.secretKey);
    addSecret("Authorization", asBytes(value));
    crypto::wipe(value);
    crypto::wipe(input.headers.back().second); // the session token, where there is one
    return request;
}

/// The server's own time, to the second.
std::optional<Instant> dateOf(const net::Answer& answer) {
    auto date = QLocale::c().toDateTime(QString::fromLatin1(answer.header("Date")),
                                        QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    date.setTimeSpec(Qt::UTC);
    return date.isValid() ? std::optional<Instant>(date.toSecsSinceEpoch()) : std::nullopt;
}

/// Beyond this, stores refuse a signature for its time.
constexpr Instant clockTolerance = 15 * 60;

bool isPassingStatus(int status) {
    return status == 408 || status == 429 || status >= 500;
}

/// Stores differ in what they say of credentials that have ended, and an answer to HEAD says nothing.
bool mayHaveEnded(const net::Answer& answer) {
    static constexpr std::string_view words[] = {"",
                                                 "ExpiredToken",
                                                 "ExpiredTokenException",
                                                 "TokenRefreshRequired",
                                                 "InvalidToken",
                                                 "InvalidTokenId",
                                                 "InvalidAccessKeyId"};
    const std::string code = xmlText(answer.body, "Code");
    if (answer.status != 400 && answer.status != 401 && answer.status != 403)
        return false;
    if (answer.status == 400 && code.empty())
        return false;
    return std::find(std::begin(words), std::end(words), code) != std::end(words);
}

} // namespace

Failure failureOf(const net::Answer& answer, Instant ours) {
    const std::string code = xmlText(answer.body, "Code");
    const std::vector<std::string> facts{code.empty() ? std::to_string(answer.status) : code};
    if (code == "XAmzContentChecksumMismatch" || code == "BadDigest" || code == "XAmzContentSHA256Mismatch")
        return {Code::StorageChecksum, facts};
    const auto theirs = dateOf(answer);
    const Instant ahead = theirs ? ours - *theirs : 0;
    if (code == "RequestTimeTooSkewed" || (answer.status == 403 && std::abs(ahead) > clockTolerance))
        return {Code::ClockWrong, {std::to_string(std::abs(ahead)), ahead < 0 ? "behind" : "ahead"}};
    switch (answer.status) {
    case 401:
    case 403:
        return {Code::StorageDenied, facts};
    case 404:
        return {Code::StorageNotFound, facts};
    case 412:
        return {Code::StorageChanged, facts};
    default:
        return {Code::StorageFailed, facts};
    }
}

std::string xmlText(const QByteArray& xml, const char* element) {
    QXmlStreamReader reader(xml);
    while (!reader.atEnd()) {
        if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == QLatin1String(element))
            return reader.readElementText(QXmlStreamReader::SkipChildElements).toStdString();
    }
    return {};
}

bool isPassing(Code code) {
    return code == Code::NetworkUnreachable || code == Code::NetworkTimeout || code == Code::StorageChecksum;
}

Outcome<net::Answer> perform(net::NetworkThread& network, const StoreAccess& access, const Call& call,
                             const Cancel& cancel) {
    auto credentials = access.renewable ? access.renewable->current(cancel) : nullptr;
    const bool data = call.openBody || call.onBody;
    bool renewed = false;
    for (int attempt = 1;; ++attempt) {
        const std::uint64_t pauses = access.pause.times();
        if (data && access.pause.paused()) {
            if (!access.pause.wait(cancel))
                return fail(Code::Cancelled);
            if (access.renewable) // it may have been long
                credentials = access.renewable->current(cancel);
        }
        Outcome<net::Answer> answer =
            network.call(signedRequest(access, credentials ? *credentials : *access.credentials, call), cancel);
        if (answer && answer->good())
            return answer;
        if (cancel.cancelled())
            return fail(Code::Cancelled);
        if (answer && credentials && !renewed && mayHaveEnded(*answer)) {
            renewed = true;
            if (auto others = access.renewable->insteadOf(credentials, cancel)) {
                credentials = std::move(others);
                continue;
            }
        }
        const bool passing = answer ? isPassingStatus(answer->status) || isPassing(failureOf(*answer, now()).code)
                                    : isPassing(answer.error().code);
        if (call.retry && passing && data && (access.pause.paused() || access.pause.times() != pauses)) {
            --attempt; // a connection that stood still may have been given up for that
            continue;
        }
        if (!call.retry || !passing || attempt == backoff.attempts)
            return answer ? fail(failureOf(*answer, now())) : answer.failed();
        (void)sleepUnlessCancelled(backoff.delay(attempt, answer ? net::retryAfter(*answer) : std::nullopt), cancel);
    }
}

} // namespace sealwright::s3
