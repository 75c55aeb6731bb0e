#pragma once
#include "app/s3/s3_store.h"
#include "app/s3/upload_calls.h"
#include "tests/support/outcome_code.h"
#include "tests/support/platform/need_store.h"

#include <QUuid>

// What tests of the S3 client have in common.
namespace sealwright::tests {

inline constexpr std::size_t mebibyte = 1u << 20;
inline const TransferProgress quiet = [](std::uint64_t, std::uint64_t) {};

/// Bytes that differ everywhere, so that parts in a wrong order are seen.
inline std::string patterned(std::size_t size) {
    std::string bytes(size, '\0');
    std::uint32_t state = 54321;
    for (char& byte : bytes) {
        state = state * 1664525u + 1013904223u;
        byte = static_cast<char>(state >> 24);
    }
    return bytes;
}

inline StorageCredentials credentialsOf(const QByteArray& accessKey, const QByteArray& secretKey) {
    StorageCredentials credentials;
    credentials.accessKey = accessKey.toStdString();
    credentials.secretKey =
        crypto::SecretBytes(asBytes({secretKey.constData(), static_cast<std::size_t>(secretKey.size())}));
    return credentials;
}

/// The store that ./dev test has started, with its administrator's credentials.
inline StorageCredentials givenCredentials() {
    return credentialsOf(qgetenv("SEALWRIGHT_S3_ACCESS_KEY"), qgetenv("SEALWRIGHT_S3_SECRET_KEY"));
}
/// A bucket's name there that nobody has; `credentials` are borrowed.
inline StoreAccess givenAccess(const std::string& kind, const StorageCredentials& credentials) {
    StoreAccess access;
    access.endpoint = qgetenv("SEALWRIGHT_S3_ENDPOINT").toStdString();
    access.region = qgetenv("SEALWRIGHT_S3_REGION").toStdString();
    access.bucket = kind + "-" + QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
    access.credentials = &credentials;
    return access;
}
/// Makes that bucket: "ok", or the failure's code.
inline std::string makeBucket(net::NetworkThread& network, const StoreAccess& access) {
    s3::Call bucket;
    bucket.verb = "PUT";
    return codeOf(s3::perform(network, access, bucket, Cancel()));
}

} // namespace sealwright::tests
