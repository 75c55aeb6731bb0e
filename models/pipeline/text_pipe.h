#pragma once
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>

namespace sealwright::pipeline {

/// Text from one thread to another. It holds a few small pieces at a time, however long the text is that is written.
class TextPipe {
public:
    /// Waits while the pipe is full; false once nobody reads any more.
    bool write(std::string_view text);
    /// Nothing more comes.
    void finish();
    /// The next piece, or nothing at the end.
    std::optional<std::string> read();
    /// Nobody reads any more: who writes is told.
    void close();

private:
    static constexpr std::size_t capacity = 8, pieceSize = 256u << 10;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::string> m_pieces;
    bool m_finished = false, m_closed = false;
};

} // namespace sealwright::pipeline
