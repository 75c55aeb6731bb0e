#pragma once
#include "app/window/jobs_controller.h"
#include "models/dataset/sniff.h"
#include "models/pipeline/encrypt.h"

namespace sealwright::window {

/// What the owner has before them on the Fields page.
struct ChosenSource {
    Job job;
    std::shared_ptr<const ByteSource> source;
    dataset::Sniffed sniffed;
    DialectWish wish;      ///< what the owner overruled of that
    std::string inputPath; ///< of a local source
    views::FieldsJob facts;
    std::optional<double> pace; ///< of earlier runs
};

/// The Fields page: opens a job's source, shows its first records twice, keeps the choice.
class FieldsController : public QObject {
    Q_OBJECT
public:
    FieldsController(Desk& desk, JobsController& jobs, QObject* parent);
    void open(const QString& jobId, const QString& path);

Q_SIGNALS:
    void runWanted(const std::shared_ptr<const sealwright::window::ChosenSource>& chosen,
                   const sealwright::Policy& ownerPolicy, bool straight);

private:
    void show(const ChosenSource& chosen);
    void readAs(const DialectWish& wish);
    void keepReading();
    void preview(quint64 generation);
    void count();
    void keepChoice();
    void run();

    Desk& m_desk;
    JobsController& m_jobs;
    views::FieldsView& m_view;
    std::shared_ptr<const ChosenSource> m_chosen;
    std::vector<std::string> m_allFields; ///< once the whole source was read
    QPointer<Task> m_opening, m_counting, m_preview, m_keeping;
    bool m_keepAgain = false; ///< chosen again while the last choice was being written
    bool m_runNext = false;   ///< a run begins when the choice has been kept
    bool m_straight = false;  ///< that run is to seal and send in one go
};

} // namespace sealwright::window
