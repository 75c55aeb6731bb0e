#include "models/pipeline/source_pass.h"

#include "models/pipeline/heap.h"

#include <algorithm>

namespace sealwright::pipeline {

void ProgressMeter::at(std::uint64_t done, std::uint64_t records) {
    m_now.done = done;
    m_now.records = records;
    if (!m_tell)
        return;
    const auto now = std::chrono::steady_clock::now();
    if (now - m_last < std::chrono::milliseconds(50))
        return;
    m_last = now;
    m_tell(m_now);
}

void ProgressMeter::finish() {
    if (m_tell)
        m_tell(m_now);
}

Failure inFile(Failure failure, const ByteSource& source) {
    if (failure.where.file.empty())
        failure.where.file = source.name();
    return failure;
}

Outcome<void> SourcePass::open(MediaType type, const Dialect& dialect, std::optional<bool> blankLinesAreRecords) {
    dataset::SplitOptions split;
    split.blockSize = std::min(m_options.blockSize, m_budget.block);
    split.blankLinesAreRecords = blankLinesAreRecords;
    auto splitter = dataset::RecordSplitter::open(m_source, type, dialect, split);
    if (!splitter.ok())
        return fail(inFile(splitter.error(), m_source));
    m_splitter = std::move(*splitter);
    return {};
}

Outcome<void> SourcePass::run() {
    if (auto same = m_source.unchanged(); !same.ok())
        return same;
    giveLongBuffersBack();
    auto done = runOrdered(*this, workers(), m_budget, m_options.cancel, m_options.pause);
    // A file that changed explains whatever else went wrong.
    if (auto same = m_source.unchanged(); !same.ok())
        return same;
    if (!done.ok())
        return fail(done.error().code == Code::Cancelled ? done.error() : inFile(done.error(), m_source));
    m_progress.finish();
    return {};
}

Outcome<bool> SourcePass::read(Item& item) {
    item.clearNotes();
    auto more = m_splitter->next(item.chunk);
    if (!more.ok() || !*more)
        return more;
    if (item.chunk.kind == dataset::Chunk::Kind::Envelope)
        item.envelopePart = m_envelopeParts++;
    const ByteView bytes = asBytes(item.chunk.bytes);
    if (sourceCheck)
        sourceCheck->update(bytes);
    if (digest)
        digest->update(bytes);
    return more;
}

Outcome<void> SourcePass::deliver(std::string_view text, Item* done) {
    if (auto taken = take(text, done); !taken.ok())
        return taken;
    if (done != nullptr) {
        const auto& chunk = done->chunk;
        if (sha256)
            sha256->update(asBytes(chunk.bytes));
        m_progress.at(chunk.offset + chunk.bytes.size(), chunk.rows != 0 ? chunk.firstRow + chunk.rows : records());
    }
    return {};
}

} // namespace sealwright::pipeline
