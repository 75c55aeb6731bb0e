#include "models/views/page_view.h"

namespace sealwright::views {

void PageView::begin() {
    m_busy = true;
    m_failure.reset();
    Q_EMIT changed();
}

void PageView::end() {
    m_busy = false;
    Q_EMIT changed();
}

void PageView::fail(const Failure& failure) {
    m_busy = false;
    m_failure.reset();
    if (failure.code != Code::Cancelled)
        m_failure = failure;
    Q_EMIT changed();
}

void PageView::dismissFailure() {
    m_failure.reset();
    Q_EMIT changed();
}

} // namespace sealwright::views
