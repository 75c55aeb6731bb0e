#include "models/pipeline/text_pipe.h"

namespace sealwright::pipeline {

bool TextPipe::write(std::string_view text) {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_closed || m_pieces.size() < capacity; });
    if (m_closed)
        return false;
    if (!text.empty())
        m_pieces.emplace_back(text);
    lock.unlock();
    m_changed.notify_all();
    return true;
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
