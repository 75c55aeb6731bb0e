#pragma once
#include "app/net/http.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sealwright::net {

/// Reads one answer of HTTP/1.1 (RFC 9112) as its bytes come, in pieces of any size, up to a bound. Interim answers
/// (1xx) are passed over. What RFC 9112 calls invalid or ambiguous is refused: folded lines, a space before a colon,
/// several lengths, a length beside a transfer coding, any coding but `chunked`.
class AnswerReader {
public:
    static constexpr std::size_t mostOfHead = 64u << 10; ///< of all heads and trailers together

    /// `most`: bytes of the body of a 2xx answer; any other may have at most `smallAnswer`.
    explicit AnswerReader(std::uint64_t most) : m_most(most) {}

    enum class State {
        Head,
        Body,
        Done,     ///< take answer()
        Invalid,  ///< nothing can be made of it
        TooLarge, ///< of its body
    };

    /// Takes as many bytes as belong to the answer; gives how many.
    std::size_t take(std::string_view bytes);
    /// The connection has ended: a body without a length is complete, any other is Invalid.
    void end();

    State state() const { return m_state; }
    bool begun() const { return m_begun; } ///< a byte of it has come
    /// Done, and the connection can carry another request.
    bool isConnectionKept() const { return m_state == State::Done && m_kept; }
    Answer& answer() { return m_answer; }

private:
    enum class Framing { None, Length, Chunked, UntilEnd };
    enum class Chunk { Size, Data, DataEnd, Trailer };

    std::size_t takeLine(std::string_view bytes);
    std::size_t takeBody(std::string_view bytes);
    void onLine();
    void onStatusLine(std::string_view line);
    void onField(std::string_view line);
    void onHeadEnd();
    void onChunkSize(std::string_view line);
    void refuse() { m_state = State::Invalid; }

    const std::uint64_t m_most;
    State m_state = State::Head;
    Framing m_framing = Framing::UntilEnd;
    Chunk m_chunk = Chunk::Size;
    std::string m_line;
    std::size_t m_headBytes = 0;
    std::uint64_t m_left = 0; ///< bytes of the body, or of its chunk
    bool m_begun = false, m_kept = false, m_hasLength = false, m_hasCoding = false;
    Answer m_answer;
};

} // namespace sealwright::net
