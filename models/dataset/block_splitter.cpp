#include "models/dataset/block_splitter.h"

#include <algorithm>

namespace sealwright::dataset {
namespace {

constexpr std::size_t longRecord = 4u << 20;

} // namespace

BlockSplitter::BlockSplitter(const ByteSource& source, const SplitOptions& options)
    : m_maxRecord(options.maxRecord),
      m_source(source),
      // A block longer than the limit could hide a record that is too long.
      m_block(std::clamp<std::size_t>(options.blockSize, 1, std::max<std::size_t>(options.maxRecord, 1))) {}

Outcome<bool> BlockSplitter::next(Chunk& chunk) {
    for (;;) {
        if (m_failure)
            return fail(*m_failure);
        if (m_ended)
            return false;
        chunk.kind = Chunk::Kind::Verbatim;
        chunk.sequence = m_sequence;
        chunk.offset = m_offset;
        chunk.bytes.clear();
        chunk.firstRow = m_row;
        chunk.rows = 0;
        chunk.records.clear();
        chunk.depth = 0;
        chunk.before.clear();
        chunk.after.clear();
        auto turn = give(chunk);
        if (!turn) {
            m_failure = turn.error();
            continue;
        }
        m_ended = *turn == Turn::End;
        if (*turn != Turn::Gave)
            continue;
        m_offset += chunk.bytes.size();
        m_row += chunk.rows;
        ++m_sequence;
        return true;
    }
}

Outcome<bool> BlockSplitter::fill(Chunk& chunk) {
    if (chunk.bytes.empty() && !m_kept.empty()) {
        chunk.bytes.swap(m_kept);
        m_kept.clear();
        return true;
    }
    const std::size_t before = chunk.bytes.size();
    // A long record takes its room once, as much as it may come to need: what it does not fill is never touched, and
    // growing by copies would hold it twice.
    if (before >= longRecord && chunk.bytes.capacity() < before + m_block) {
        const std::uint64_t left = m_source.size() - std::min(m_source.size(), m_offset);
        chunk.bytes.reserve(std::size_t(std::min<std::uint64_t>(left, m_maxRecord)) + 2 * m_block);
    }
    chunk.bytes.resize(before + m_block);
    const MutableBytes room(reinterpret_cast<Byte*>(chunk.bytes.data()) + before, m_block);
    const auto got = m_source.readAt(m_offset + before, room);
    chunk.bytes.resize(before + (got ? *got : 0));
    if (!got)
        return got.failed();
    return *got > 0;
}

void BlockSplitter::cut(Chunk& chunk, std::size_t end) {
    m_kept.assign(chunk.bytes, end);
    chunk.bytes.resize(end);
}

Outcome<BlockSplitter::Turn> BlockSplitter::giveVerbatim(Chunk& chunk, std::size_t count) {
    while (chunk.bytes.size() < count) {
        const auto more = fill(chunk);
        if (!more)
            return more.failed();
        if (!*more)
            break;
    }
    cut(chunk, std::min(count, chunk.bytes.size()));
    return chunk.bytes.empty() ? Turn::Nothing : Turn::Gave;
}

Outcome<BlockSplitter::Turn> BlockSplitter::giveBom(Chunk& chunk) {
    const auto given = giveVerbatim(chunk, utf8Bom.size());
    if (!given || chunk.bytes == utf8Bom)
        return given;
    m_kept.insert(0, chunk.bytes);
    return Turn::Nothing;
}

Outcome<BlockSplitter::Turn> BlockSplitter::giveRecords(Chunk& chunk, RecordScanner& scanner) {
    chunk.kind = Chunk::Kind::Records;
    for (bool last = false; !last && scanner.cut() == 0 && !scanner.finished();) {
        const auto more = fill(chunk);
        if (!more)
            return more.failed();
        last = !*more;
        scanner.scan(chunk, last);
        if (scanner.firstLength() > m_maxRecord || (scanner.cut() == 0 && scanner.openLength() > m_maxRecord))
            return recordTooLong(m_offset);
        if (m_row + chunk.rows > maxRecords)
            return failAt(Code::DataTooManyRecords, m_offset);
    }
    // A record of no bytes at all is what is missing between a comma and the closing bracket.
    const bool any = scanner.cut() > 0 || chunk.rows > 0;
    cut(chunk, scanner.cut());
    scanner.restart();
    return any ? Turn::Gave : Turn::Nothing;
}

Outcome<void> BlockSplitter::takeRest(Chunk& chunk) {
    for (;;) {
        const auto more = fill(chunk);
        if (!more)
            return more.failed();
        if (chunk.bytes.size() > m_maxRecord)
            return recordTooLong(m_offset);
        if (!*more)
            return {};
    }
}

Err<Failure> BlockSplitter::failAt(Code code, std::uint64_t offset) const {
    Where where;
    where.byte = offset;
    return fail({code, where});
}

Err<Failure> BlockSplitter::recordTooLong(std::uint64_t offset) const {
    Where where;
    where.byte = offset;
    where.record = m_row;
    return fail({Code::DataRecordTooLong, where});
}

} // namespace sealwright::dataset
