#include "models/views/run_view.h"

#include <algorithm>

namespace sealwright::views {

void RunView::start(const RunFacts& facts, bool shown) {
    m_facts = facts;
    m_stages.fill(StepStage::Waiting);
    m_stages[0] = StepStage::Active;
    m_receipt.reset();
    m_done = m_total = 0;
    m_lastMs = -1;
    m_rate = 0;
    m_running = true;
    m_cancelled = m_cancelling = m_paused = false;
    begin();
    if (shown)
        Q_EMIT started();
}

void RunView::setLine(const QStringList& jobIds) {
    m_line = jobIds;
    Q_EMIT lineChanged();
    Q_EMIT changed();
}

void RunView::setStep(RunStep step) {
    const auto at = static_cast<std::size_t>(step);
    if (!m_running || m_stages[at] == StepStage::Active)
        return;
    for (std::size_t i = 0; i < runSteps; ++i)
        m_stages[i] = i < at ? StepStage::Done : i == at ? StepStage::Active : StepStage::Waiting;
    m_done = m_total = 0;
    m_lastMs = -1;
    m_rate = 0;
    Q_EMIT changed();
}

void RunView::setFacts(const RunFacts& facts) {
    m_facts = facts;
    Q_EMIT changed();
}

/// The rate is smoothed over about two seconds, so that the time left does not jump.
void RunView::setProgress(quint64 done, quint64 total, qint64 atMs) {
    if (!m_paused && m_lastMs >= 0 && atMs > m_lastMs && done >= m_done) {
        const double seconds = static_cast<double>(atMs - m_lastMs) / 1000;
        const double now = static_cast<double>(done - m_done) / seconds;
        const double weight = m_rate == 0 ? 1 : std::min(1.0, seconds / 2);
        m_rate += (now - m_rate) * weight;
    }
    m_lastMs = atMs;
    m_done = done;
    m_total = total;
    Q_EMIT changed();
}

std::optional<quint64> RunView::secondsLeft() const {
    if (m_paused || m_rate <= 0 || m_total <= m_done)
        return std::nullopt;
    return static_cast<quint64>(static_cast<double>(m_total - m_done) / m_rate + 0.999);
}

int RunView::percent() const {
    return m_total == 0 ? 0 : static_cast<int>(100 * static_cast<double>(m_done) / static_cast<double>(m_total));
}

void RunView::finish(const ReceiptFacts& receipt) {
    m_stages.fill(StepStage::Done);
    m_receipt = receipt;
    m_running = false;
    end();
}

void RunView::stop(const Failure& failure) {
    std::replace(m_stages.begin(), m_stages.end(), StepStage::Active, StepStage::Failed);
    m_running = false;
    m_cancelled = failure.code == Code::Cancelled;
    fail(failure);
}

void RunView::showReceipt(const ReceiptFacts& receipt) {
    if (m_running)
        return;
    m_facts = RunFacts{};
    m_facts.jobId = receipt.jobId;
    m_facts.jobName = receipt.jobName;
    m_cancelled = false;
    m_stages.fill(StepStage::Done);
    m_receipt = receipt;
    dismissFailure();
    Q_EMIT receiptShown();
}

void RunView::cancel() {
    if (!m_running || m_cancelling)
        return;
    m_cancelling = true;
    Q_EMIT changed();
    Q_EMIT cancelWanted();
}

void RunView::pause() {
    if (!m_running || m_cancelling || m_paused)
        return;
    m_paused = true;
    m_rate = 0;
    Q_EMIT changed();
    Q_EMIT pauseWanted();
}

/// How fast it is is measured anew: the time of the pause is nobody's.
void RunView::goOn() {
    if (!m_running || !m_paused)
        return;
    m_paused = false;
    m_lastMs = -1;
    Q_EMIT changed();
    Q_EMIT goOnWanted();
}

} // namespace sealwright::views
