#include "models/dataset/csv_scanner.h"

#include "models/dataset/byte_mask.h"

#include <bit>

namespace sealwright::dataset {

// m_cut is the beginning of the line under way.

void CsvScanner::scan(Chunk& chunk, bool last) {
    const std::string_view bytes = chunk.bytes;
    m_rows = 0;
    while (m_at < bytes.size() && (m_inQuotes ? scanQuoted(bytes, last) : scanPlain(bytes, last))) {
    }
    if (last && m_cut < bytes.size())
        endLine(bytes.size(), bytes.size());
    chunk.rows += m_rows;
}

void CsvScanner::restart() {
    m_at -= m_cut;
    m_cut = m_first = 0;
}

void CsvScanner::endLine(std::size_t end, std::size_t next) {
    if (end > m_cut || m_countBlank)
        ++m_rows;
    if (m_cut == 0)
        m_first = end;
    m_at = m_cut = next;
}

/// Inside quotes. False where more bytes are needed.
bool CsvScanner::scanQuoted(std::string_view bytes, bool last) {
    const std::size_t quote = bytes.find('"', m_at);
    if (quote == std::string_view::npos) {
        m_at = bytes.size();
        return false;
    }
    if (quote + 1 == bytes.size() && !last) {
        m_at = quote;
        return false;
    }
    const bool doubled = quote + 1 < bytes.size() && bytes[quote + 1] == '"';
    m_inQuotes = doubled;
    m_at = quote + (doubled ? 2 : 1);
    return true;
}

/// A quote or a line end at `at`. False where more bytes are needed.
bool CsvScanner::take(std::string_view bytes, std::size_t at, bool last) {
    m_at = at;
    if (bytes[at] == '"') {
        m_inQuotes = at == m_cut || bytes[at - 1] == m_delimiter;
        ++m_at;
        return true;
    }
    if (bytes[at] == '\n') {
        endLine(at, at + 1);
        return true;
    }
    if (at + 1 == bytes.size() && !last)
        return false; // LF may follow
    endLine(at, at + 1 < bytes.size() && bytes[at + 1] == '\n' ? at + 2 : at + 1);
    return true;
}

/// Outside quotes. False where more bytes are needed.
bool CsvScanner::scanPlain(std::string_view bytes, bool last) {
    using Block = ByteBlock<4>;
    while (bytes.size() - m_at >= Block::size) {
        const std::size_t base = m_at;
        const Block block(bytes.data() + base);
        const std::uint64_t lf = block.equals('\n');
        const std::uint64_t others = block.equals('\r') | (m_quoting ? block.equals('"') : 0);
        if (others == 0) {
            // Only LF: all lines of the block are counted at once.
            if (lf != 0) {
                const std::uint64_t blank = lf & (lf << 1 | std::uint64_t(m_cut == base));
                m_rows += std::uint64_t(std::popcount(m_countBlank ? lf : lf & ~blank));
                if (m_cut == 0)
                    m_first = base + std::size_t(std::countr_zero(lf));
                m_cut = base + Block::size - std::size_t(std::countl_zero(lf));
            }
            m_at = base + Block::size;
            continue;
        }
        for (std::uint64_t mask = lf | others; mask != 0; mask &= mask - 1) {
            const std::size_t at = base + std::size_t(std::countr_zero(mask));
            if (at < m_at)
                continue; // the LF of a CRLF
            if (!take(bytes, at, last))
                return false;
            if (m_inQuotes)
                return true;
        }
        m_at = std::max(m_at, base + Block::size);
    }
    while (m_at < bytes.size()) {
        const char c = bytes[m_at];
        if (c == '\n' || c == '\r' || (c == '"' && m_quoting)) {
            if (!take(bytes, m_at, last))
                return false;
            if (m_inQuotes)
                return true;
        } else {
            ++m_at;
        }
    }
    return false;
}

} // namespace sealwright::dataset
