#pragma once
#include "app/window/fields_controller.h"
#include "models/tasks/job_run.h"

#include <deque>

namespace sealwright::window {

/// The Run page: one run at a time, those that are wanted meanwhile in line behind it, and receipts.
class RunController : public QObject {
    Q_OBJECT
public:
    RunController(Desk& desk, JobsController& jobs, QObject* parent);
    void start(const std::shared_ptr<const ChosenSource>& chosen, const Policy& ownerPolicy, bool straight);
    /// An upload that was interrupted.
    void goOn(const QString& jobId);
    void showReceipt(const QString& jobId);
    /// The platform may have heard of the job whose receipt is shown.
    void receiptChanged();

    /// A receipt, and who can open what it is about.
    struct Shown {
        Receipt receipt;
        items::Openers openers;
    };

Q_SIGNALS:
    void ended(); ///< in whatever way: lists are worth another look

private:
    views::ReceiptFacts factsOf(const Shown& shown) const;
    /// A run that was asked for.
    struct Wanted {
        views::RunFacts facts;
        RunRequest request;
    };
    views::RunFacts factsOf(const Job& job) const;
    void runOrWait(Wanted wanted);
    void leaveLine(const QString& jobId);
    void showLine();
    void runNext();
    void begin(Wanted wanted, bool shown);
    void carryOutRun(RunRequest request);
    void goesStraight(const Room& room); ///< the disk has none
    void follow(const TaskProgress& progress);

    Desk& m_desk;
    JobsController& m_jobs;
    views::RunView& m_view;
    views::RunFacts m_facts;
    std::deque<Wanted> m_line; ///< behind the one that runs
    QPointer<Task> m_task;
    std::optional<Step> m_step;
};

} // namespace sealwright::window
