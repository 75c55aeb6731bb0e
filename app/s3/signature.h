#pragma once
#include "crypto/base/secret.h"
#include "models/domain/time.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

// AWS Signature Version 4, headers form, path style ("Authenticating Requests", Amazon S3 API Reference).
namespace sealwright::s3 {

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct SigningInput {
    std::string verb;
    std::string path;          ///< encoded by encodePath()
    Pairs query;               ///< names and values not yet encoded
    Pairs headers;             ///< every header that is signed, `host` among them; any case
    std::string payloadSha256; ///< hex of the body's SHA-256
    std::string region, service = "s3";
    Instant when = 0;
};

/// The value of `Authorization`. The secret is used and not kept.
std::string authorization(const SigningInput& input, std::string_view accessKey, const crypto::SecretBytes& secretKey);

/// `20130524T000000Z`, for x-amz-date.
std::string amzDate(Instant when);
/// RFC 3986 unreserved bytes stay, `/` too; all others become %XX in upper case.
std::string encodePath(std::string_view path);
std::string encodeComponent(std::string_view text);
/// Sorted and encoded, as it is signed and as it is sent.
std::string canonicalQuery(const Pairs& query);

} // namespace sealwright::s3
