#pragma once
#include "models/dataset/byte_source.h"

#include <cstring>

namespace sealwright::tests {

/// A file that is nowhere: a beginning, a part again and again, an end.
class MadeSource final : public ByteSource {
public:
    MadeSource(std::string begin, std::string part, std::uint64_t times, std::string end)
        : m_begin(std::move(begin)), m_part(std::move(part)), m_end(std::move(end)), m_middle(m_part.size() * times) {}

    std::uint64_t size() const override { return m_begin.size() + m_middle + m_end.size(); }
    std::string name() const override { return "made"; }

    Outcome<std::size_t> readAt(std::uint64_t offset, MutableBytes out) const override {
        std::size_t done = 0;
        while (done < out.size()) {
            const std::string_view piece = pieceAt(offset + done);
            if (piece.empty())
                break;
            const std::size_t count = std::min(piece.size(), out.size() - done);
            std::memcpy(out.data() + done, piece.data(), count);
            done += count;
        }
        return done;
    }

private:
    /// The bytes from `offset` on that lie together.
    std::string_view pieceAt(std::uint64_t offset) const {
        if (offset < m_begin.size())
            return std::string_view(m_begin).substr(offset);
        offset -= m_begin.size();
        if (offset < m_middle)
            return std::string_view(m_part).substr(offset % m_part.size());
        offset -= m_middle;
        return offset < m_end.size() ? std::string_view(m_end).substr(offset) : std::string_view();
    }

    const std::string m_begin, m_part, m_end;
    const std::uint64_t m_middle;
};

} // namespace sealwright::tests
