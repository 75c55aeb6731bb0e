#include "models/pipeline/text_pipe.h"

namespace sealwright::pipeline {

bool TextPipe::write(std::string_view text) {
    while (!text.empty()) {
        std::string piece(text.substr(0, pieceSize));
        text.remove_prefix(piece.size());
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_closed || m_pieces.size() < capacity; });
        if (m_closed)
            return false;
        m_pieces.push_back(std::move(piece));
        lock.unlock();
        m_changed.notify_all();
    }
    const std::lock_guard lock(m_mutex);
    return !m_closed;
}

void TextPipe::finish() {
    {
        const std::lock_guard lock(m_mutex);
        m_finished = true;
    }
    m_changed.notify_all();
}

std::optional<std::string> TextPipe::read() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_finished || !m_pieces.empty(); });
    if (m_pieces.empty())
        return std::nullopt;
    std::string piece = std::move(m_pieces.front());
    m_pieces.pop_front();
    lock.unlock();
    m_changed.notify_all();
    return piece;
}

void TextPipe::close() {
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
    }
    m_changed.notify_all();
}

} // namespace sealwright::pipeline
