#include "app/s3/multipart.h"

#include "app/s3/completion.h"
#include "app/s3/part_sizes.h"
#include "app/s3/slice_hash.h"

#include <algorithm>
#include <thread>

namespace sealwright::s3 {

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
    return completeSurely(m_target, m_uploadId, storedParts(), m_stop);
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
    return isMadeOf(*there, storedParts()) ? std::optional(ObjectFacts{there->size, there->etag}) : std::nullopt;
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
    auto etag = uploadPart(
        m_target, m_uploadId, index + 1, {m_source, part.offset, part.length, part.sha256, m_storeChecks},
        [this, index](std::uint64_t sent) { report(index, sent); }, m_stop);
    if (!etag)
        return etag.failed();
    part.etag = std::move(*etag);
    report(index, part.length);
    return note(index);
}

Outcome<void> MultipartUpload::note(std::size_t index) {
    if (!m_journal)
        return {};
    const std::lock_guard lock(m_noting); // a journal on a slow disk holds nobody up who only sends
    return m_journal->sent({index + 1, m_parts[index].etag, m_parts[index].sha256});
}

std::vector<StoredPart> MultipartUpload::storedParts() const {
    std::vector<StoredPart> parts;
    for (std::size_t i = 0; i < m_parts.size(); ++i)
        parts.push_back({i + 1, m_parts[i].length, m_parts[i].etag, base64OfHex(m_parts[i].sha256)});
    return parts;
}

void MultipartUpload::tidy(bool failed) {
    // The caller has cancelled, perhaps; the store must hear of it all the same.
    if (failed && !m_uploadId.empty())
        if (const auto aborted = abortUpload(m_target, m_uploadId, Cancel()); !aborted && mayPass(aborted.error().code))
            return; // nobody there to ask
    abortAllUploads(m_target, failed ? Cancel() : m_cancel);
}

void MultipartUpload::report(std::size_t index, std::uint64_t sent) {
    const std::lock_guard lock(m_mutex);
    m_sent += sent;
    m_sent -= m_parts[index].sent;
    m_parts[index].sent = sent;
    m_progress(m_sent, m_source->size());
}

} // namespace sealwright::s3
