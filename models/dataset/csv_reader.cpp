#include "models/dataset/csv_reader.h"

#include "models/dataset/byte_mask.h"
#include "models/dataset/csv_columns.h"

#include <bit>

namespace sealwright::dataset {
namespace {

using Block = ByteBlock<4>;

bool isLineEnd(char c) {
    return c == '\n' || c == '\r';
}

} // namespace

CsvReader::CsvReader(const Dialect& dialect, bool blankLinesAreRecords)
    : m_fields(64),
      m_delimiter(dialect.delimiter),
      m_quoting(dialect.quoting),
      m_blankLinesAreRecords(blankLinesAreRecords) {}

void CsvReader::start(const Chunk& chunk) {
    m_bytes = chunk.bytes;
    m_offset = chunk.offset;
    m_kind = chunk.kind;
    m_row = chunk.firstRow;
    m_count = 0;
    m_at = 0;
    seek(0);
}

void CsvReader::loadMask() {
    const auto find = [&](const char* data) {
        const Block block(data);
        std::uint64_t mask = block.equals(m_delimiter) | block.equals('\n') | block.equals('\r');
        if (m_quoting)
            mask |= block.equals('"');
        return mask;
    };
    const std::size_t left = m_bytes.size() - m_maskBase;
    if (left >= Block::size) {
        m_mask = find(m_bytes.data() + m_maskBase);
        return;
    }
    char last[Block::size] = {};
    std::memcpy(last, m_bytes.data() + m_maskBase, left);
    // A delimiter of 00 would be found in what fills up.
    m_mask = left == 0 ? 0 : find(last) & (~std::uint64_t(0) >> (Block::size - left));
}

void CsvReader::seek(std::size_t at) {
    const std::size_t base = at & ~std::size_t(Block::size - 1);
    if (base != m_maskBase || at == 0) {
        m_maskBase = base;
        loadMask();
    }
    m_mask &= ~std::uint64_t(0) << (at - base);
}

/// The next delimiter, quote or line end at or behind the cursor; it is consumed. The text's end where there is none.
std::size_t CsvReader::nextSpecial() {
    while (m_mask == 0) {
        if (m_bytes.size() - m_maskBase <= Block::size)
            return m_bytes.size();
        m_maskBase += Block::size;
        loadMask();
    }
    const std::size_t at = m_maskBase + std::size_t(std::countr_zero(m_mask));
    m_mask &= m_mask - 1;
    return at;
}

CsvReader::Step CsvReader::failAt(Code code, std::size_t at) {
    m_failure = Failure(code);
    if (m_kind != Chunk::Kind::CsvHeader)
        m_failure.where.record = m_row;
    m_failure.where.byte = m_offset + at;
    m_at = m_bytes.size();
    return Step::Failed;
}

/// From behind the opening quote to behind the closing one; false at an open quote.
bool CsvReader::readQuoted(CsvField& field) {
    for (;;) {
        const std::size_t at = nextSpecial();
        if (at == m_bytes.size())
            return false;
        if (m_bytes[at] != '"')
            continue;
        if (at + 1 == m_bytes.size() || m_bytes[at + 1] != '"') {
            field.end = std::uint32_t(at + 1);
            return true;
        }
        field.doubled = true;
        nextSpecial();
    }
}

CsvReader::Step CsvReader::next() {
    const std::size_t size = m_bytes.size();
    while (!m_blankLinesAreRecords && m_kind == Chunk::Kind::Records && m_at < size && isLineEnd(m_bytes[m_at])) {
        ++m_at;
        nextSpecial();
    }
    if (m_at == size)
        return Step::End;
    m_count = 0;
    for (std::size_t begin = m_at;;) {
        if (m_count == m_fields.size()) {
            if (m_count >= maxColumns)
                return failAt(Code::DataTooManyColumns, begin);
            m_fields.resize(std::min(2 * m_fields.size(), maxColumns));
        }
        CsvField& field = m_fields[m_count++];
        field = {std::uint32_t(begin), std::uint32_t(begin), false, false};
        std::size_t end = nextSpecial();
        if (end == begin && end < size && m_bytes[end] == '"' && m_quoting) {
            field.quoted = true;
            if (!readQuoted(field))
                return failAt(Code::DataCsvUnclosedQuote, begin);
            end = nextSpecial();
            if (end != field.end)
                return failAt(Code::DataCsvTextAfterQuote, field.end);
        } else {
            while (end < size && m_quoting && m_bytes[end] == '"')
                end = nextSpecial();
            field.end = std::uint32_t(end);
        }
        if (end == size || m_bytes[end] != m_delimiter) {
            m_at = end;
            break;
        }
        begin = end + 1;
    }
    if (m_at < size) {
        const bool both = m_bytes[m_at] == '\r' && m_at + 1 < size && m_bytes[m_at + 1] == '\n';
        if (both)
            nextSpecial();
        m_at += both ? 2 : 1;
    }
    ++m_row;
    return Step::Record;
}

} // namespace sealwright::dataset
