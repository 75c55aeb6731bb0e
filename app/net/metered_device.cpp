#include "app/net/metered_device.h"

#include <algorithm>

namespace sealwright::net {

MeteredDevice::MeteredDevice(std::unique_ptr<QIODevice> body, RateLimit& limit, Pause pause)
    : m_body(std::move(body)), m_flow(limit, std::move(pause), [this] { Q_EMIT readyRead(); }) {
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 MeteredDevice::readData(char* out, qint64 most) {
    const qint64 wanted = std::min(most, size() - pos());
    if (wanted <= 0)
        return 0;
    const auto may = static_cast<qint64>(m_flow.take(static_cast<std::uint64_t>(wanted)));
    if (may == 0) {
        if (held())
            Q_EMIT heldUp();
        return 0;
    }
    if (m_body->pos() != pos() && !m_body->seek(pos())) {
        m_flow.giveBack(static_cast<std::uint64_t>(may));
        return -1;
    }
    const qint64 got = m_body->read(out, may);
    m_flow.giveBack(static_cast<std::uint64_t>(may - std::max<qint64>(got, 0)));
    return got;
}

} // namespace sealwright::net
