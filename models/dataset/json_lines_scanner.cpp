#include "models/dataset/json_lines_scanner.h"

#include "models/dataset/json_grammar.h"

namespace sealwright::dataset {

void JsonLinesScanner::endLine(Chunk& chunk, std::size_t end, std::size_t next) {
    if (skipJsonSpace(std::string_view(chunk.bytes).substr(0, end), m_cut) < end) {
        chunk.records.push_back({std::uint32_t(m_cut), std::uint32_t(end)});
        ++chunk.rows;
    }
    if (m_cut == 0)
        m_first = end;
    m_at = m_cut = next;
}

void JsonLinesScanner::scan(Chunk& chunk, bool last) {
    const std::string_view bytes = chunk.bytes;
    while (m_at < bytes.size()) {
        const std::size_t end = bytes.find('\n', m_at);
        if (end == std::string_view::npos)
            m_at = bytes.size();
        else
            endLine(chunk, end, end + 1);
    }
    if (last && m_cut < bytes.size())
        endLine(chunk, bytes.size(), bytes.size());
}

} // namespace sealwright::dataset
