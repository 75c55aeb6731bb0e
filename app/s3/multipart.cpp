#include "app/s3/multipart.h"

#include "app/net/slice_device.h"
#include "app/s3/part_sizes.h"
#include "app/s3/slice_hash.h"

#include <algorithm>
#include <thread>

namespace sealwright::s3 {

namespace {

/// In the place of a payload's hash: the signature does not cover it (Amazon S3, signature version 4).
constexpr const char* unsignedPayload = "UNSIGNED-PAYLOAD";

} // namespace

MultipartUpload::MultipartUpload(const Target& target, std::shared_ptr<const ByteSource> source,
                                 const std::string& contentType, std::uint64_t rate, UploadJournal* journal,
                                 const TransferProgress& progress, const Cancel& cancel)
    : m_target(target),
      m_source(std::move(source)),
      m_contentType(contentType),
      m_rate(rate),
      m_journal(journal),
      m_progress(progress),
      m_cancel(cancel) {}

Outcome<ObjectFacts> MultipartUpload::run() {
    const auto subscription = m_cancel.onCancel([this] { m_stop.cancel(); });
    auto facts = carryOut();
    if (!facts && m_cancel.cancelled())
        facts = fail(Code::Cancelled);
    if (facts || !m_journal)
        tidy(!facts);
    return facts;
}

Outcome<ObjectFacts> MultipartUpload::carryOut() {
    if (m_journal) {
        auto there = takeUp();
        if (!there)
            return there.failed();
        if (*there)
            return std::move(**there);
    }
    if (m_uploadId.empty())
        if (auto begun = begin(); !begun)
            return begun.failed();
    if (auto sent = sendParts(); !sent)
        return sent.failed();
    return complete();
}

void MultipartUpload::split(std::uint64_t partSize) {
    m_parts.clear();
    for (std::uint64_t offset = 0; offset < m_source->size(); offset += partSize)
        m_parts.push_back({offset, std::min(partSize, m_source->size() - offset), {}, {}, 0, false});
}

Outcome<std::optional<ObjectFacts>> MultipartUpload::takeUp() {
    const UploadState known = m_journal->known();
    if (known.id.empty() || known.partSize == 0)
        return std::optional<ObjectFacts>();
    split(known.partSize);
    const auto stored = listParts(m_target, known.id, m_stop);
    if (!stored && stored.error().code == Code::StorageNotFound)
        return completedBefore();
    if (!stored)
        return stored.failed();
    m_uploadId = known.id;
    for (const StoredPart& part : *stored)
        if (auto taken = takePart(part, known); !taken)
            return taken.failed();
    return std::optional<ObjectFacts>();
}

/// A part counts where the store's own checksum of it, or the ETag that the journal has beside its digest, says that it
/// is ours; any other is sent again in its place.
Outcome<void> MultipartUpload::takePart(const StoredPart& stored, const UploadState& known) {
    if (stored.number == 0 || stored.number > m_parts.size())
        return {};
    const std::size_t index = stored.number - 1;
    Part& part = m_parts[index];
    if (stored.size != part.length || stored.etag.empty())
        return {};
    const auto noted = std::find_if(known.parts.begin(), known.parts.end(),
                                    [&](const UploadedPart& one) { return one.number == stored.number; });
    const bool remembered = noted != known.parts.end() && noted->etag == stored.etag;
    if (remembered)
        part.sha256 = noted->sha256;
    else if (auto hashed = hash(part); !hashed)
        return hashed;
    if (stored.sha256.empty() ? !remembered : stored.sha256 != base64OfHex(part.sha256))
        return {};
    m_storeChecks = m_storeChecks || !stored.sha256.empty();
    part.etag = stored.etag;
    part.done = true;
    report(index, part.length);
    return remembered ? Outcome<void>() : note(index);
}

/// There is no such upload any more: it was completed, and nobody here has heard, or it was aborted.
Outcome<std::optional<ObjectFacts>> MultipartUpload::completedBefore() {
    const auto there = headObject(m_target, m_stop);
    if (!there && there.error().code == Code::StorageNotFound)
        return std::optional<ObjectFacts>();
    if (!there)
        return there.failed();
    if (there->size != m_source->size())
        return std::optional<ObjectFacts>();
    const UploadState known = m_journal->known();
    for (const UploadedPart& noted : known.parts) {
        if (noted.number == 0 || noted.number > m_parts.size())
            continue;
        m_parts[noted.number - 1].etag = noted.etag;
        m_parts[noted.number - 1].sha256 = noted.sha256;
    }
    for (Part& part : m_parts)
        if (part.sha256.empty())
            if (auto hashed = hash(part); !hashed)
                return hashed.failed();
    return ours(*there);
}

Outcome<void> MultipartUpload::begin() {
    const std::uint64_t size = partSize(m_source->size(), m_rate);
    split(size);
    auto begun = createUpload(m_target, m_contentType, m_stop);
    if (!begun)
        return begun.failed();
    m_uploadId = std::move(begun->id);
    m_storeChecks = begun->checksSha256;
    return m_journal ? m_journal->begun(m_uploadId, size) : Outcome<void>();
}

Outcome<void> MultipartUpload::sendParts() {
    std::size_t next = 0;
    std::optional<Failure> first;
    const auto work = [&] {
        for (;;) {
            std::size_t index = 0;
            {
                const std::lock_guard lock(m_mutex);
                while (next < m_parts.size() && m_parts[next].done)
                    ++next;
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

Outcome<void> MultipartUpload::hash(Part& part) {
    auto hashed = hashSlice(*m_source, part.offset, part.length, m_stop);
    if (!hashed)
        return hashed.failed();
    part.sha256 = std::move(hashed->hex);
    return {};
}

Outcome<void> MultipartUpload::sendPart(std::size_t index) {
    Part& part = m_parts[index];
    if (auto hashed = hash(part); !hashed)
        return hashed;
    Call call;
    call.verb = "PUT";
    call.object = m_target.object;
    call.query = {{"partNumber", std::to_string(index + 1)}, {"uploadId", m_uploadId}};
    call.headers = {{"x-amz-checksum-sha256", base64OfHex(part.sha256)}};
    // The checksum is signed: a store that holds the part to it need not hash the same bytes a second time.
    call.payloadSha256 = m_storeChecks ? unsignedPayload : part.sha256;
    call.openBody = [source = m_source, offset = part.offset, length = part.length] {
        return std::make_unique<net::SliceDevice>(source, offset, length);
    };
    call.onSent = [this, index](std::uint64_t sent) { report(index, sent); };
    auto answer = performPart(call);
    if (!answer)
        return answer.failed();
    part.etag = answer->header("ETag").toStdString();
    if (part.etag.empty())
        return fail(Failure(Code::StorageFailed, {"ETag"}));
    report(index, part.length);
    return note(index);
}

/// A store that says no before it has all of a part hangs up, and its answer is lost with the connection: a question
/// without a body gets it, and new credentials where it was about those.
Outcome<net::Answer> MultipartUpload::performPart(const Call& call) {
    const auto credentials = [this] {
        return m_target.access.renewable ? m_target.access.renewable->current(m_stop) : nullptr;
    };
    const auto before = credentials();
    auto answer = perform(m_target.network, m_target.access, call, m_stop);
    if (answer || answer.error().code != Code::NetworkUnreachable)
        return answer;
    if (const auto there = listParts(m_target, m_uploadId, m_stop); !there)
        return there.failed();
    return credentials() == before ? answer : perform(m_target.network, m_target.access, call, m_stop);
}

Outcome<void> MultipartUpload::note(std::size_t index) {
    if (!m_journal)
        return {};
    const std::lock_guard lock(m_noting); // a journal on a slow disk holds nobody up who only sends
    return m_journal->sent({index + 1, m_parts[index].etag, m_parts[index].sha256});
}

Outcome<ObjectFacts> MultipartUpload::complete() {
    std::vector<StoredPart> parts;
    for (std::size_t i = 0; i < m_parts.size(); ++i)
        parts.push_back({i + 1, m_parts[i].length, m_parts[i].etag, base64OfHex(m_parts[i].sha256)});
    auto etag = completeUpload(m_target, m_uploadId, parts, m_stop);
    if (etag)
        return ObjectFacts{m_source->size(), std::move(*etag)};
    // The answer may have been lost, or the first of two: then the object is there, and only the upload is not.
    const bool unclear = mayPass(etag.error().code) || etag.error().code == Code::StorageNotFound;
    if (unclear && !m_stop.cancelled())
        if (const auto there = headObject(m_target, m_stop))
            if (auto facts = ours(*there))
                return std::move(*facts);
    return etag.failed();
}

std::optional<ObjectFacts> MultipartUpload::ours(const StoredObject& there) const {
    std::vector<std::string> hashes, etags;
    for (const Part& part : m_parts) {
        hashes.push_back(part.sha256);
        etags.push_back(part.etag);
    }
    const PartsDigest expected = digestOfParts(hashes, etags);
    const bool same =
        there.sha256.empty() ? !expected.etag.empty() && there.etag == expected.etag : there.sha256 == expected.sha256;
    if (there.size != m_source->size() || !same)
        return std::nullopt;
    return ObjectFacts{there.size, there.etag};
}

/// An upload whose beginning was never answered, or was sent twice, is known to the store alone: whatever else is
/// unfinished of this object goes too.
void MultipartUpload::tidy(bool failed) {
    // The caller has cancelled, perhaps; the store must hear of it all the same.
    if (failed && !m_uploadId.empty())
        if (const auto aborted = abortUpload(m_target, m_uploadId, Cancel()); !aborted && mayPass(aborted.error().code))
            return; // nobody there to ask
    const Cancel unheard;
    const Cancel& cancel = failed ? unheard : m_cancel;
    if (const auto others = listUploads(m_target, cancel))
        for (const std::string& id : *others)
            (void)abortUpload(m_target, id, cancel);
}

void MultipartUpload::report(std::size_t index, std::uint64_t sent) {
    const std::lock_guard lock(m_mutex);
    m_sent += sent;
    m_sent -= m_parts[index].sent;
    m_parts[index].sent = sent;
    m_progress(m_sent, m_source->size());
}

} // namespace sealwright::s3
