#include "models/pipeline/envelope_ordinals.h"

namespace sealwright::pipeline {

bool EnvelopeOrdinals::begin(unsigned part) {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_failed || m_done >= part; });
    return !m_failed;
}

void EnvelopeOrdinals::end(unsigned part, bool well) {
    {
        const std::lock_guard lock(m_mutex);
        m_done = part + 1;
        m_failed = m_failed || !well;
    }
    m_changed.notify_all();
}

} // namespace sealwright::pipeline
