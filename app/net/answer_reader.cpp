#include "app/net/answer_reader.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <optional>

namespace sealwright::net {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// RFC 9110 §5.6.2.
bool isToken(std::string_view text) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || marks.find(c) != marks.npos;
    });
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool isSame(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    });
}

/// All of `text` as a number; nothing where it is none, or too large to be a length that is ever sent.
std::optional<std::uint64_t> number(std::string_view text, int base) {
    constexpr std::size_t longest = 15;
    std::uint64_t value = 0;
    if (text.empty() || text.size() > longest)
        return std::nullopt;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size())
        return std::nullopt;
    return value;
}

QByteArray bytesOf(std::string_view text) {
    return {text.data(), static_cast<qsizetype>(text.size())};
}

} // namespace

std::size_t AnswerReader::take(std::string_view bytes) {
    std::size_t taken = 0;
    m_begun = m_begun || !bytes.empty();
    while (taken < bytes.size() && (m_state == State::Head || m_state == State::Body)) {
        const auto rest = bytes.substr(taken);
        const bool data = m_state == State::Body && (m_framing != Framing::Chunked || m_chunk == Chunk::Data);
        taken += data ? takeBody(rest) : takeLine(rest);
    }
    return taken;
}

void AnswerReader::end() {
    if (m_state == State::Body && m_framing == Framing::UntilEnd)
        m_state = State::Done;
    else if (m_state != State::Done && m_state != State::TooLarge)
        refuse();
}

std::size_t AnswerReader::takeLine(std::string_view bytes) {
    const auto end = bytes.find('\n');
    const std::size_t taken = end == bytes.npos ? bytes.size() : end + 1;
    // The lines of a body's chunks are bounded by the body, but for their own length.
    const bool head = m_state == State::Head || m_chunk == Chunk::Trailer;
    m_headBytes += head ? taken : 0;
    if (m_headBytes > mostOfHead || m_line.size() + taken > mostOfHead) {
        refuse();
        return taken;
    }
    m_line.append(bytes.substr(0, taken));
    if (end != bytes.npos) {
        m_line.pop_back();
        if (!m_line.empty() && m_line.back() == '\r')
            m_line.pop_back();
        onLine();
        m_line.clear();
    }
    return taken;
}

void AnswerReader::onLine() {
    const std::string_view line = m_line;
    if (line.find_first_of(std::string_view("\r\0", 2)) != line.npos)
        return refuse();
    if (m_state == State::Body) {
        switch (m_chunk) {
        case Chunk::Size:
            return onChunkSize(line);
        case Chunk::DataEnd:
            m_chunk = Chunk::Size;
            return line.empty() ? void() : refuse();
        default: // trailers say nothing that is asked for
            if (line.empty())
                m_state = State::Done;
            return;
        }
    }
    if (m_answer.status == 0)
        onStatusLine(line);
    else if (line.empty())
        onHeadEnd();
    else
        onField(line);
}

/// RFC 9112 §4: HTTP/1.x SP 3DIGIT [SP reason].
void AnswerReader::onStatusLine(std::string_view line) {
    constexpr std::string_view protocol = "HTTP/1.";
    constexpr std::size_t minor = protocol.size(), status = minor + 2, after = status + 3;
    const bool well = line.size() >= after && line.substr(0, minor) == protocol &&
                      (line[minor] == '0' || line[minor] == '1') && line[minor + 1] == ' ' &&
                      (line.size() == after || line[after] == ' ');
    const auto code = well ? number(line.substr(status, 3), 10) : std::nullopt;
    if (!code || *code < 100 || *code > 599 || *code == 101) // nobody asked for another protocol
        return refuse();
    m_answer.status = static_cast<int>(*code);
    m_kept = line[minor] == '1';
}

void AnswerReader::onField(std::string_view line) {
    const auto colon = line.find(':');
    if (colon == line.npos || !isToken(line.substr(0, colon)))
        return refuse();
    const auto name = line.substr(0, colon), value = trimmed(line.substr(colon + 1));
    if (isSame(name, "Transfer-Encoding")) {
        if (m_hasCoding || !isSame(value, "chunked"))
            return refuse();
        m_hasCoding = true;
    } else if (isSame(name, "Content-Length")) {
        const auto length = number(value, 10);
        if (m_hasLength || !length)
            return refuse();
        m_hasLength = true;
        m_left = *length;
    } else if (isSame(name, "Connection") && isSame(value, "close"))
        m_kept = false;
    m_answer.headers.emplace_back(bytesOf(name), bytesOf(value));
}

/// RFC 9112 §6.3.
void AnswerReader::onHeadEnd() {
    const int status = m_answer.status;
    if (m_hasLength && m_hasCoding)
        return refuse();
    if (status < 200) { // the real one follows
        m_answer = {};
        m_hasLength = m_hasCoding = false;
        return;
    }
    const bool none = status == 204 || status == 304;
    m_framing = none          ? Framing::None
                : m_hasCoding ? Framing::Chunked
                : m_hasLength ? Framing::Length
                              : Framing::UntilEnd;
    m_kept = m_kept && m_framing != Framing::UntilEnd;
    const bool empty = none || (m_framing == Framing::Length && m_left == 0);
    m_state = empty ? State::Done : State::Body;
}

/// RFC 9112 §7.1: extensions may follow.
void AnswerReader::onChunkSize(std::string_view line) {
    const auto size = number(trimmed(line.substr(0, line.find(';'))), 16);
    if (!size)
        return refuse();
    m_left = *size;
    m_chunk = m_left == 0 ? Chunk::Trailer : Chunk::Data;
}

std::size_t AnswerReader::takeBody(std::string_view bytes) {
    const std::size_t taken = m_framing == Framing::UntilEnd
                                  ? bytes.size()
                                  : static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), m_left));
    const std::uint64_t most = m_answer.good() ? std::min(m_most, largeAnswer) : smallAnswer;
    if (static_cast<std::uint64_t>(m_answer.body.size()) + taken > most) {
        m_state = State::TooLarge;
        return taken;
    }
    m_answer.body.append(bytes.data(), static_cast<qsizetype>(taken));
    if (m_framing == Framing::UntilEnd)
        return taken;
    m_left -= taken;
    if (m_left > 0)
        return taken;
    if (m_framing == Framing::Chunked)
        m_chunk = Chunk::DataEnd;
    else
        m_state = State::Done;
    return taken;
}

} // namespace sealwright::net
