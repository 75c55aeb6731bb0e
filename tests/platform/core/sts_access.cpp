#include "tests/platform/core/sts_access.h"

#include "app/s3/s3_call.h"
#include "crypto/base/control_json.h"
#include "tests/platform/core/identity.h"

namespace sealwright::platform {

using crypto::Json;
using crypto::JsonArray;
using crypto::JsonObject;

namespace {

constexpr const char* arn = "arn:aws:s3:::";

Json allow(JsonArray actions, std::string resource) {
    return JsonObject{
        {"Effect", "Allow"}, {"Action", std::move(actions)}, {"Resource", JsonArray{Json(arn + std::move(resource))}}};
}

/// Nothing where one of the four is missing.
std::optional<StorageCredentials> credentialsIn(const QByteArray& answer) {
    const auto secret = [&](const char* element) { return crypto::SecretBytes(asBytes(s3::xmlText(answer, element))); };
    StorageCredentials given{s3::xmlText(answer, "AccessKeyId"), secret("SecretAccessKey"), secret("SessionToken"),
                             fromRfc3339(s3::xmlText(answer, "Expiration"))};
    const bool whole =
        !given.accessKey.empty() && !given.secretKey.empty() && !given.sessionToken.empty() && given.expires;
    return whole ? std::optional(std::move(given)) : std::nullopt;
}

} // namespace

std::optional<std::string> policyFor(const JobScope& scope) {
    std::string names = scope.bucket + scope.prefix;
    if (scope.source)
        names += scope.source->bucket + scope.source->object;
    if (names.find_first_of("*?$") != std::string::npos)
        return std::nullopt;
    JsonArray statements;
    if (scope.source)
        statements.push_back(allow({"s3:GetObject"}, scope.source->bucket + "/" + scope.source->object));
    // Not s3:ListBucketMultipartUploads: no policy of MinIO's narrows that to a prefix, and it tells of everybody's
    // uploads.
    statements.push_back(allow(
        {"s3:PutObject", "s3:GetObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"},
        scope.bucket + "/" + scope.prefix + "*"));
    return crypto::writeControlJson(JsonObject{{"Version", "2012-10-17"}, {"Statement", std::move(statements)}});
}

StsAccess::StsAccess(net::NetworkThread& network, Storage storage, int seconds)
    : m_network(network), m_storage(std::move(storage)), m_seconds(seconds) {}

Outcome<StorageCredentials> StsAccess::forJob(const JobScope& scope) {
    const auto policy = policyFor(scope);
    if (!policy)
        return fail(Code::PolicyInvalid);
    const auto body = s3::canonicalQuery({{"Action", "AssumeRole"},
                                          {"Version", "2011-06-15"},
                                          {"DurationSeconds", std::to_string(m_seconds)},
                                          {"Policy", *policy}});
    net::Request request;
    request.verb = "POST";
    request.url = QUrl::fromEncoded(QByteArray::fromStdString(m_storage.endpoint + "/"), QUrl::StrictMode);
    request.body = QByteArray::fromStdString(body);
    s3::SigningInput input;
    input.verb = "POST";
    input.path = "/";
    input.payloadSha256 = sha256Hex(body);
    input.region = m_storage.region;
    input.service = "sts";
    input.when = now();
    input.headers = {{"host", request.url.authority().toStdString()},
                     {"x-amz-date", s3::amzDate(input.when)},
                     {"content-type", "application/x-www-form-urlencoded"}};
    const auto authorization =
        s3::authorization(input, m_storage.accessKey, crypto::SecretBytes(asBytes(m_storage.secretKey)));
    request.headers = {{"x-amz-date", QByteArray::fromStdString(s3::amzDate(input.when))},
                       {"Content-Type", "application/x-www-form-urlencoded"},
                       {"Authorization", QByteArray::fromStdString(authorization)}};
    const auto answer = m_network.call(request, Cancel());
    if (!answer)
        return answer.failed();
    if (!answer->good())
        return fail(Code::PlatformFailed);
    auto given = credentialsIn(answer->body);
    if (!given)
        return fail(Code::PlatformAnswerInvalid);
    return std::move(*given);
}

} // namespace sealwright::platform
