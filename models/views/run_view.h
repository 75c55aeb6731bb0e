#pragma once
#include "models/items/opener.h"
#include "models/views/page_view.h"

#include <QStringList>

#include <array>
#include <optional>

namespace sealwright::views {

enum class RunStep { Read, Seal, Check, Upload, Report };
inline constexpr std::size_t runSteps = 5;
enum class StepStage { Waiting, Active, Done, Failed };

/// Figures of a run as far as they are known.
struct RunFacts {
    QString jobId, jobName, platform, storageHost;
    std::optional<quint64> records, columns, sealedColumns, values, compared;
    quint64 sourceBytes = 0;
    /// Sealed and sent in one go: as the owner wished, or because the disk lacks room.
    enum class Straight { No, Wished, NoRoom } straight = Straight::No;
    quint64 roomNeeded = 0, roomFree = 0; ///< bytes, where there is none
};

/// What was sent, once it has been.
struct ReceiptFacts {
    QString jobId, jobName, platform;
    qint64 finished = 0;
    QString bucket, object, sha256;
    quint64 size = 0, records = 0, values = 0, compared = 0;
    items::Openers openers;
    QStringList readable;
    QString signerName, signerWords, signerKid;
    bool reportPending = false; ///< the platform could not be told yet
};

/// The Run page: five steps, then the receipt in their place. It goes on when the page is left.
class RunView : public PageView {
    Q_OBJECT
public:
    using PageView::PageView;

    /// `shown`: the owner has just asked for it, and is taken there.
    void start(const RunFacts& facts, bool shown = true);
    /// Jobs that are run here after this one, in that order.
    void setLine(const QStringList& jobIds);
    const QStringList& line() const { return m_line; }
    void setStep(RunStep step);
    void setFacts(const RunFacts& facts);
    /// Bytes of the step that is active; `atMs` is any clock that only goes on, in milliseconds.
    void setProgress(quint64 done, quint64 total, qint64 atMs);
    void finish(const ReceiptFacts& receipt);
    void stop(const Failure& failure); ///< also Cancelled
    /// An older receipt, while nothing runs.
    void showReceipt(const ReceiptFacts& receipt);

    bool running() const { return m_running; }
    bool cancelled() const { return m_cancelled; }
    bool cancelling() const { return m_cancelling; }
    bool paused() const { return m_paused; }
    const RunFacts& facts() const { return m_facts; }
    StepStage stage(RunStep step) const { return m_stages[static_cast<std::size_t>(step)]; }
    quint64 done() const { return m_done; }
    quint64 total() const { return m_total; }
    double rate() const { return m_rate; }      ///< bytes a second, 0 as yet or while paused
    std::optional<quint64> secondsLeft() const; ///< nothing while paused
    int percent() const;                        ///< of the active step, 0 to 100
    const std::optional<ReceiptFacts>& receipt() const { return m_receipt; }

    void cancel();
    void pause();
    void goOn();
    void leave() { Q_EMIT left(); }

Q_SIGNALS:
    void started();
    void lineChanged();
    void receiptShown();
    void cancelWanted();
    void pauseWanted();
    void goOnWanted();
    void left();

private:
    RunFacts m_facts;
    std::array<StepStage, runSteps> m_stages{};
    std::optional<ReceiptFacts> m_receipt;
    QStringList m_line;
    quint64 m_done = 0, m_total = 0;
    qint64 m_lastMs = -1;
    double m_rate = 0;
    bool m_running = false, m_cancelled = false, m_cancelling = false, m_paused = false;
};

} // namespace sealwright::views
