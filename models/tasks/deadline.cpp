#include "models/tasks/deadline.h"

namespace sealwright {

Deadline::Deadline(std::chrono::milliseconds time, const Cancel& sooner)
    : m_sooner(sooner.onCancel([cancel = m_cancel]() mutable { cancel.cancel(); })), m_thread([this, time] {
          std::unique_lock lock(m_mutex);
          if (m_wake.wait_for(lock, time, [this] { return m_over; }))
              return;
          lock.unlock(); // whoever hears of it may wait for this object to go
          m_cancel.cancel();
      }) {}

Deadline::~Deadline() {
    {
        const std::lock_guard lock(m_mutex);
        m_over = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

} // namespace sealwright
