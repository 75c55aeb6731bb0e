#include "app/net/slice_device.h"

#include <algorithm>

namespace sealwright::net {

SliceDevice::SliceDevice(std::shared_ptr<const ByteSource> source, std::uint64_t offset, std::uint64_t length)
    : m_source(std::move(source)), m_offset(offset), m_length(length) {
    // Unbuffered: QIODevice's own buffer would copy every byte once more.
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 SliceDevice::readData(char* out, qint64 most) {
    const auto at = static_cast<std::uint64_t>(pos());
    if (at >= m_length || most <= 0)
        return 0;
    const auto wanted = std::min(static_cast<std::uint64_t>(most), m_length - at);
    auto got = m_source->readAt(m_offset + at, {reinterpret_cast<Byte*>(out), static_cast<std::size_t>(wanted)});
    if (got && *got > 0)
        return static_cast<qint64>(*got);
    if (!m_failure) { // nothing before the slice's end is a source that shrank
        m_failure = got ? Failure(Code::DataChangedWhileRead, {m_source->name()}) : got.error();
        Q_EMIT failed();
    }
    return -1;
}

} // namespace sealwright::net
