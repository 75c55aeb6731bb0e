#pragma once
#include "models/dataset/chunk.h"

#include <string_view>

namespace sealwright::dataset {

/// Writes a changed copy of a text: what is not replaced is copied as it is. Spans come in ascending order. Appends to
/// `out`.
class Splice {
public:
    Splice(std::string_view text, std::string& out, std::size_t from = 0) : m_text(text), m_out(out), m_copied(from) {}

    /// Copies up to `span`, leaves it out, and hands out `out` for what takes its place.
    std::string& replace(Span span) {
        m_out.append(m_text.data() + m_copied, span.begin - m_copied);
        m_copied = span.end;
        return m_out;
    }
    /// Copies the rest, up to `to`.
    void finish(std::size_t to) {
        m_out.append(m_text.data() + m_copied, to - m_copied);
        m_copied = to;
    }
    void finish() { finish(m_text.size()); }

private:
    std::string_view m_text;
    std::string& m_out;
    std::size_t m_copied;
};

} // namespace sealwright::dataset
