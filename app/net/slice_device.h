#pragma once
#include "models/dataset/byte_source.h"

#include <QIODevice>

#include <memory>
#include <optional>

namespace sealwright::net {

/// A part of a ByteSource as a seekable device, so that an upload needs no copy in memory and can be sent again. Where
/// the source fails, the call that sends it ends with the source's failure. Lives on the thread that reads it.
class SliceDevice : public QIODevice {
    Q_OBJECT

public:
    /// Opened for reading. The slice must lie inside the source.
    SliceDevice(std::shared_ptr<const ByteSource> source, std::uint64_t offset, std::uint64_t length);

    bool isSequential() const override { return false; }
    qint64 size() const override { return static_cast<qint64>(m_length); }
    /// Why reading failed; only after failed().
    const Failure& failure() const { return *m_failure; }

Q_SIGNALS:
    void failed();

protected:
    qint64 readData(char* out, qint64 most) override;
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    std::shared_ptr<const ByteSource> m_source;
    std::uint64_t m_offset, m_length;
    std::optional<Failure> m_failure;
};

} // namespace sealwright::net
