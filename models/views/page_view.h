#pragma once
#include "models/domain/failure.h"

#include <QObject>

#include <optional>

namespace sealwright::views {

/// What every page has: it may be waiting for something, and something may have failed. The last failure stays until it
/// is put away or the next attempt begins. GUI thread.
class PageView : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    bool busy() const { return m_busy; }
    const std::optional<Failure>& failure() const { return m_failure; }

    /// A new attempt: busy, and the failure of the last one is gone.
    void begin();
    void end();
    /// The attempt ended with this. Cancelled is no failure to show.
    void fail(const Failure& failure);
    void dismissFailure();

Q_SIGNALS:
    /// Busy, failure, or anything else that the page shows.
    void changed();

private:
    bool m_busy = false;
    std::optional<Failure> m_failure;
};

} // namespace sealwright::views
