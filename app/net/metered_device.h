#pragma once
#include "app/net/rate_limit.h"

#include <QIODevice>

#include <memory>

namespace sealwright::net {

/// A request's body that is read no faster than the limit lets it: where nothing may go now, reading gives nothing, and
/// readyRead() follows. Lives on the network thread.
class MeteredDevice : public QIODevice {
    Q_OBJECT

public:
    /// `body` is open and seekable; `limit` is borrowed.
    MeteredDevice(std::unique_ptr<QIODevice> body, RateLimit& limit, Pause pause = {});

    bool isSequential() const override { return false; }
    qint64 size() const override { return m_body->size(); }
    QIODevice& body() { return *m_body; }
    /// Somebody reads, and waits for the limit.
    bool held() const { return m_flow.waiting(); }
    void goOn() { m_flow.goOn(); } ///< to be told after the pause was turned off

Q_SIGNALS:
    void heldUp(); ///< by the limit, from now on, until readyRead()

protected:
    qint64 readData(char* out, qint64 most) override;
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    const std::unique_ptr<QIODevice> m_body;
    RateLimit::Flow m_flow;
};

} // namespace sealwright::net
