#include "models/tasks/job_worker.h"

#include "models/domain/sleep.h"
#include "models/ports/upload.h"
#include "models/tasks/event_delivery.h"
#include "models/tasks/kept_choice.h"

#include <algorithm>
#include <array>
#include <random>

namespace sealwright {

namespace {

using std::chrono::milliseconds;

/// Nobody but a person can help.
bool endsTheWork(Code code) {
    constexpr int aboutKeys = 4;
    static constexpr std::array others{Code::MachineRevoked, Code::PlatformDenied, Code::RegistrationMissing,
                                       Code::ProfileFailed, Code::InternalBug};
    return (exitStatus(code) == aboutKeys && code != Code::KeyNotForThis) ||
           std::find(others.begin(), others.end(), code) != others.end();
}

/// The same job may go well later.
bool mayGoWellLater(Code code) {
    static constexpr std::array codes{Code::PlatformFailed, Code::StorageChanged, Code::StorageChecksum,
                                      Code::FileNoSpace};
    return mayPass(code) || std::find(codes.begin(), codes.end(), code) != codes.end();
}

class Worker {
public:
    Worker(const Services& services, const WorkRequest& request, TaskContext& context)
        : m_services(services), m_request(request), m_context(context) {}

    Outcome<WorkNews> work() {
        while (!over()) {
            if (auto told = deliverEvents(m_services, m_context); !told)
                return told.failed();
            const auto board = listJobs(m_services, m_context);
            if (over())
                break;
            if (!board) {
                if (endsTheWork(board.error().code) || m_request.once)
                    return board.failed();
                m_news.trouble = board.error();
                rest(WorkNews::State::Away);
                continue;
            }
            m_timesAway = 0;
            const auto ran = takeUp(*board);
            if (!ran)
                return ran.failed();
            if (m_request.once)
                break;
            if (!*ran && !over())
                rest(WorkNews::State::Idle);
        }
        m_news.next = {};
        say(WorkNews::State::Ended);
        return m_news;
    }

private:
    bool over() const { return m_context.cancel.cancelled() || (m_request.most && m_taken >= *m_request.most); }

    /// Which jobs of the list this worker runs now, oldest first.
    std::vector<const BoardJob*> worthRunning(const Board& board) {
        std::vector<const BoardJob*> worth;
        m_news.left = 0;
        for (const BoardJob& job : board.jobs) {
            if (!isOpen(job))
                continue;
            // An upload that was interrupted needs no source any more.
            if (job.job && !job.refused && (job.job->object || job.interrupted) && mayTry(job))
                worth.push_back(&job);
            else
                ++m_news.left;
        }
        // Of two that were issued in the same second the list, newest first, knows the order.
        std::reverse(worth.begin(), worth.end());
        std::stable_sort(worth.begin(), worth.end(),
                         [](const BoardJob* a, const BoardJob* b) { return a->job->issued < b->job->issued; });
        return worth;
    }

    /// Somebody still has to do something about it. What could not be reported yet is newer than what the list says.
    static bool isOpen(const BoardJob& job) {
        const JobState state = job.record && job.record->reportPending ? job.record->state : job.state;
        return state != JobState::Done && state != JobState::Declined && state != JobState::Cancelled;
    }

    bool mayTry(const BoardJob& job) const {
        const auto tries = m_tries.find(job.jobId);
        if (tries != m_tries.end())
            return tries->second.again && tries->second.count < mostTries;
        // Claimed or running: by a run of this machine that is no more, or by another program of this profile, which
        // runJob() tells apart.
        const JobState state = job.record && job.record->reportPending ? job.record->state : job.state;
        return state == JobState::Pending || state == JobState::Returned || state == JobState::Claimed ||
               state == JobState::Running;
    }

    /// Says whether any job was finished, so that there may be more at once.
    Outcome<bool> takeUp(const Board& board) {
        bool finished = false;
        for (const BoardJob* job : worthRunning(board)) {
            if (over())
                break;
            const auto receipt = runOne(*job->job);
            if (receipt) {
                ++m_news.done;
                finished = true;
                continue;
            }
            const Code code = receipt.error().code;
            if (code == Code::Cancelled && m_context.cancel.cancelled())
                break;
            if (endsTheWork(code))
                return receipt.failed();
            if (code == Code::JobBusy) { // another window or command is at it
                --m_taken;
                continue;
            }
            ++m_news.failed;
            m_news.trouble = receipt.error();
            Tries& tries = m_tries[job->jobId];
            ++tries.count;
            tries.again = mayGoWellLater(code);
        }
        return finished;
    }

    Outcome<Receipt> runOne(const Job& job) {
        RunRequest run;
        run.jobId = job.jobId;
        run.ownerPolicy = m_request.ownerPolicy;
        run.straightThrough = m_request.straightThrough;
        run.lacksRoom = m_request.lacksRoom;
        auto kept = keptChoice(m_services, job.jobId);
        if (!kept)
            return kept.failed();
        if (*kept)
            run.ownerPolicy = std::move(*kept);
        ++m_taken;
        m_news.jobId = job.jobId;
        say(WorkNews::State::Working);
        auto receipt = runJob(m_services, run, m_context);
        m_news.jobId.clear();
        return receipt;
    }

    void rest(WorkNews::State state) {
        milliseconds longest = m_request.pause;
        if (state == WorkNews::State::Away) {
            for (unsigned i = 0; i < m_timesAway && longest < longestBetweenTries; ++i)
                longest *= 2;
            longest = std::min<milliseconds>(longest, std::max<milliseconds>(longestBetweenTries, m_request.pause));
            ++m_timesAway;
        }
        milliseconds howLong =
            longest - milliseconds(std::uniform_int_distribution<milliseconds::rep>(0, longest.count() / 4)(m_random));
        if (state == WorkNews::State::Away && m_news.trouble)
            howLong = std::max<milliseconds>(howLong, std::chrono::seconds(m_news.trouble->retryAfter));
        m_news.next = howLong;
        say(state);
        if (m_request.wait)
            (void)m_request.wait(howLong, m_context.cancel);
        else
            (void)sleepUnlessCancelled(howLong, m_context.cancel);
    }

    void say(WorkNews::State state) {
        m_news.state = state;
        m_request.told(m_news);
        if (state == WorkNews::State::Away)
            m_news.trouble.reset();
    }

    struct Tries {
        unsigned count = 0;
        bool again = false; ///< it may go well later
    };
    const Services& m_services;
    const WorkRequest& m_request;
    TaskContext& m_context;
    WorkNews m_news;
    std::map<std::string, Tries> m_tries; ///< of the jobs that failed here
    std::uint64_t m_taken = 0;
    unsigned m_timesAway = 0; ///< in a row
    std::mt19937 m_random{std::random_device{}()};
};

} // namespace

std::string_view toText(WorkNews::State state) {
    switch (state) {
    case WorkNews::State::Idle:
        return "idle";
    case WorkNews::State::Working:
        return "working";
    case WorkNews::State::Away:
        return "away";
    case WorkNews::State::Ended:
        break;
    }
    return "ended";
}

Outcome<WorkNews> workJobs(const Services& services, const WorkRequest& request, TaskContext& context) {
    return Worker(services, request, context).work();
}

} // namespace sealwright
