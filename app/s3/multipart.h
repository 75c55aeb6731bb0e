#pragma once
#include "app/s3/s3_call.h"

#include <mutex>

namespace sealwright::s3 {

/// Uploads a source in parts, several side by side; each is a seekable slice, hashed before it is sent. Aborts on any
/// failure, so that the store keeps no part of it.
class MultipartUpload {
public:
    MultipartUpload(net::NetworkThread& network, const StoreAccess& access, const std::string& object,
                    std::shared_ptr<const ByteSource> source, const std::string& contentType,
                    const TransferProgress& progress, const Cancel& cancel);
    Outcome<ObjectFacts> run();

private:
    struct Part {
        std::uint64_t offset = 0, length = 0;
        std::string etag, sha256; ///< sha256 in base64, as the store wants it
        std::uint64_t sent = 0;
    };
    Outcome<void> begin();
    Outcome<void> sendParts();
    Outcome<void> sendPart(std::size_t index);
    Outcome<ObjectFacts> complete();
    void abort();
    void report(std::size_t index, std::uint64_t sent);

    net::NetworkThread& m_network;
    const StoreAccess& m_access;
    const std::string& m_object;
    const std::shared_ptr<const ByteSource> m_source;
    const std::string& m_contentType;
    const TransferProgress& m_progress;
    const Cancel& m_cancel; ///< the caller's
    Cancel m_stop;          ///< the caller's or the first part's failure
    std::string m_uploadId;
    std::vector<Part> m_parts;
    std::mutex m_mutex;
    std::uint64_t m_sent = 0; ///< under m_mutex
};

/// base64 (RFC 4648 §4) of a source's slice's SHA-256, and its hex.
struct SliceHash {
    std::string base64, hex;
};
Outcome<SliceHash> hashSlice(const ByteSource& source, std::uint64_t offset, std::uint64_t length,
                             const Cancel& cancel);

/// From this size on an upload is made in parts.
inline constexpr std::uint64_t multipartFrom = 16u << 20;

} // namespace sealwright::s3
