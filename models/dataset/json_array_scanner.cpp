#include "models/dataset/json_array_scanner.h"

#include "models/dataset/byte_mask.h"
#include "models/dataset/json_grammar.h"

#include <bit>

namespace sealwright::dataset {

// m_cut is the beginning of the element under way.

void JsonArrayScanner::restart() {
    m_at -= m_cut;
    m_behindEscape -= std::min(m_behindEscape, m_cut);
    m_cut = m_first = 0;
}

void JsonArrayScanner::endElement(Chunk& chunk, std::size_t end, std::size_t next, bool closes) {
    const std::string_view seen = std::string_view(chunk.bytes).substr(0, end);
    // An array of nothing but white space has no element; behind a comma there must be one, and the parser misses it.
    if (m_any || !closes || skipJsonSpace(seen, m_cut) < end) {
        chunk.records.push_back({std::uint32_t(m_cut), std::uint32_t(end)});
        ++chunk.rows;
        m_any = true;
    }
    if (m_cut == 0)
        m_first = end;
    m_cut = next;
}

/// A byte of note at `at`.
void JsonArrayScanner::take(Chunk& chunk, std::size_t at) {
    switch (chunk.bytes[at]) {
    case '"':
        m_inString = !m_inString;
        return;
    case '\\':
        m_behindEscape = at + 2;
        return;
    case ',':
        if (m_depth == 0)
            endElement(chunk, at, at + 1, false);
        return;
    case '{':
    case '[':
        ++m_depth;
        return;
    case ']':
        if (m_depth == 0) {
            endElement(chunk, at, at, true);
            m_at = at;
            m_finished = true;
            return;
        }
        --m_depth;
        return;
    default: // '}'
        m_depth -= m_depth > 0 ? 1 : 0;
        return;
    }
}

void JsonArrayScanner::scan(Chunk& chunk, bool last) {
    using Block = ByteBlock<4>;
    const std::size_t size = chunk.bytes.size();
    while (m_at < size && !m_finished) {
        // Blocks may go beyond the end; what fills up is 00, which nothing looks for.
        char filled[Block::size] = {};
        const char* from = chunk.bytes.data() + m_at;
        const std::size_t base = m_at;
        const std::size_t count = std::min<std::size_t>(size - base, Block::size);
        if (count < Block::size)
            from = static_cast<const char*>(std::memcpy(filled, from, count));
        const Block block(from);
        const std::uint64_t text = block.equals('"') | block.equals('\\');
        const std::uint64_t structure =
            block.equals('"') | block.equalsFolded('{') | block.equalsFolded('}') | block.equals(',');
        std::uint64_t behind = ~std::uint64_t(0);
        while (const std::uint64_t mask = (m_inString ? text : structure) & behind) {
            const unsigned bit = unsigned(std::countr_zero(mask));
            behind = bit == 63 ? 0 : ~std::uint64_t(0) << (bit + 1);
            if (m_inString && base + bit < m_behindEscape)
                continue;
            take(chunk, base + bit);
            if (m_finished)
                return;
        }
        m_at = base + count;
    }
    if (last && !m_finished && m_cut < size)
        endElement(chunk, size, size, true);
}

} // namespace sealwright::dataset
