#include "app/s3/multipart.h"

#include "app/net/slice_device.h"
#include "crypto/stream/digest.h"

#include <algorithm>
#include <thread>

namespace sealwright::s3 {

namespace {

constexpr std::uint64_t smallestPart = 16u << 20;
constexpr std::uint64_t mostParts = 9000; // the protocol allows 10,000
constexpr unsigned parallelParts = 6;     // as many as the network thread sends to a host side by side

/// Even parts, in whole MiB.
std::uint64_t partSize(std::uint64_t total) {
    constexpr std::uint64_t mebibyte = 1u << 20;
    const std::uint64_t needed = (total + mostParts - 1) / mostParts;
    return std::max(smallestPart, (needed + mebibyte - 1) / mebibyte * mebibyte);
}

std::string base64(ByteView bytes) {
    return QByteArray::fromRawData(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()))
        .toBase64()
        .toStdString();
}

} // namespace

Outcome<SliceHash> hashSlice(const ByteSource& source, std::uint64_t offset, std::uint64_t length,
                             const Cancel& cancel) {
    crypto::Sha256 hash;
    Bytes block(std::min<std::uint64_t>(length, 1u << 20));
    for (std::uint64_t done = 0; done < length;) {
        if (cancel.cancelled())
            return fail(Code::Cancelled);
        const auto got = source.readAt(offset + done,
                                       MutableBytes(block).first(std::min<std::uint64_t>(block.size(), length - done)));
        if (!got)
            return got.failed();
        if (*got == 0)
            return fail(Failure(Code::DataChangedWhileRead, Where{source.name(), {}, {}, {}}));
        hash.update(ByteView(block).first(*got));
        done += *got;
    }
    const crypto::Sha256Digest digest = hash.finish();
    return SliceHash{base64(digest), crypto::hexLower(digest)};
}

MultipartUpload::MultipartUpload(net::NetworkThread& network, const StoreAccess& access, const std::string& object,
                                 std::shared_ptr<const ByteSource> source, const std::string& contentType,
                                 const TransferProgress& progress, const Cancel& cancel)
    : m_network(network),
      m_access(access),
      m_object(object),
      m_source(std::move(source)),
      m_contentType(contentType),
      m_progress(progress),
      m_cancel(cancel) {}

Outcome<ObjectFacts> MultipartUpload::run() {
    const auto subscription = m_cancel.onCancel([this] { m_stop.cancel(); });
    if (auto begun = begin(); !begun)
        return begun.failed();
    if (auto sent = sendParts(); !sent) {
        abort();
        return m_cancel.cancelled() ? fail(Code::Cancelled) : sent.failed();
    }
    auto facts = complete();
    if (!facts)
        abort();
    return facts;
}

Outcome<void> MultipartUpload::begin() {
    Call call;
    call.verb = "POST";
    call.object = m_object;
    call.query = {{"uploads", ""}};
    call.headers = {{"x-amz-checksum-algorithm", "SHA256"}};
    call.contentType = m_contentType;
    const auto answer = perform(m_network, m_access, call, m_stop);
    if (!answer)
        return answer.failed();
    m_uploadId = xmlText(answer->body, "UploadId");
    if (m_uploadId.empty())
        return fail(Failure(Code::StorageFailed, {"UploadId"}));
    const std::uint64_t size = partSize(m_source->size());
    for (std::uint64_t offset = 0; offset < m_source->size(); offset += size)
        m_parts.push_back({offset, std::min(size, m_source->size() - offset), {}, {}, 0});
    return {};
}

Outcome<void> MultipartUpload::sendParts() {
    std::size_t next = 0;
    std::optional<Failure> first;
    const auto work = [&] {
        for (;;) {
            std::size_t index = 0;
            {
                const std::lock_guard lock(m_mutex);
                if (first || next == m_parts.size())
                    return;
                index = next++;
            }
            if (auto sent = sendPart(index); !sent) {
                const std::lock_guard lock(m_mutex);
                if (!first)
                    first = sent.error();
                m_stop.cancel();
                return;
            }
        }
    };
    std::vector<std::thread> workers;
    for (unsigned i = 1; i < std::min<std::size_t>(parallelParts, m_parts.size()); ++i)
        workers.emplace_back(work);
    work();
    for (std::thread& worker : workers)
        worker.join();
    return first ? Outcome<void>(fail(*first)) : Outcome<void>();
}

Outcome<void> MultipartUpload::sendPart(std::size_t index) {
    Part& part = m_parts[index];
    auto hash = hashSlice(*m_source, part.offset, part.length, m_stop);
    if (!hash)
        return hash.failed();
    Call call;
    call.verb = "PUT";
    call.object = m_object;
    call.query = {{"partNumber", std::to_string(index + 1)}, {"uploadId", m_uploadId}};
    call.headers = {{"x-amz-checksum-sha256", hash->base64}};
    call.payloadSha256 = hash->hex;
    call.openBody = [source = m_source, offset = part.offset, length = part.length] {
        return std::make_unique<net::SliceDevice>(source, offset, length);
    };
    call.onSent = [this, index](std::uint64_t sent) { report(index, sent); };
    const auto answer = perform(m_network, m_access, call, m_stop);
    if (!answer)
        return answer.failed();
    part.etag = answer->header("ETag").toStdString();
    part.sha256 = std::move(hash->base64);
    if (part.etag.empty())
        return fail(Failure(Code::StorageFailed, {"ETag"}));
    report(index, part.length);
    return {};
}

Outcome<ObjectFacts> MultipartUpload::complete() {
    std::string body = "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">";
    crypto::Sha256 composite;
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        body += "<Part><PartNumber>" + std::to_string(i + 1) + "</PartNumber><ETag>" +
                QString::fromStdString(m_parts[i].etag).toHtmlEscaped().toStdString() + "</ETag><ChecksumSHA256>" +
                m_parts[i].sha256 + "</ChecksumSHA256></Part>";
        const QByteArray raw = QByteArray::fromBase64(QByteArray::fromStdString(m_parts[i].sha256));
        composite.update(asBytes({raw.constData(), static_cast<std::size_t>(raw.size())}));
    }
    body += "</CompleteMultipartUpload>";
    Call call;
    call.verb = "POST";
    call.object = m_object;
    call.query = {{"uploadId", m_uploadId}};
    call.body = QByteArray::fromStdString(body);
    call.contentType = "application/xml";
    const auto answer = perform(m_network, m_access, call, m_stop);
    // A 200 may hold an error all the same.
    if (!answer)
        return answer.failed();
    const std::string etag = xmlText(answer->body, "ETag");
    if (etag.empty())
        return fail(Failure(Code::StorageFailed, {xmlText(answer->body, "Code")}));
    const std::string expected = base64(composite.finish()) + "-" + std::to_string(m_parts.size());
    const std::string stored = xmlText(answer->body, "ChecksumSHA256");
    if (!stored.empty() && stored != expected)
        return fail(Failure(Code::StorageChecksum, {m_object}));
    return ObjectFacts{m_source->size(), etag};
}

void MultipartUpload::abort() {
    Call call;
    call.verb = "DELETE";
    call.object = m_object;
    call.query = {{"uploadId", m_uploadId}};
    // The caller has cancelled, perhaps; the store must hear of it all the same.
    (void)perform(m_network, m_access, call, Cancel());
}

void MultipartUpload::report(std::size_t index, std::uint64_t sent) {
    const std::lock_guard lock(m_mutex);
    m_sent += sent;
    m_sent -= m_parts[index].sent;
    m_parts[index].sent = sent;
    m_progress(m_sent, m_source->size());
}

} // namespace sealwright::s3
