#include "models/tasks/job_worker.h"

#include "models/domain/sleep.h"
#include "models/ports/upload.h"
#include "models/tasks/event_delivery.h"
#include "models/tasks/job_crew.h"
#include "models/tasks/kept_choice.h"
#include "models/tasks/upload_leftovers.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
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
        : m_services(services), m_request(request), m_context(context), m_crew(std::max(1u, request.jobs)) {
        m_services.sideBySide = std::max(1u, request.jobs);
    }

    Outcome<WorkNews> work() {
        std::optional<Failure> end;
        for (;;) {
            if (const auto settled = settle(); !settled && !end)
                end = settled.error();
            if (!end && !over()) {
                if (const auto gone = goOn(); !gone)
                    end = gone.error();
            } else if (m_crew.empty()) {
                break;
            } else {
                awaitOne();
            }
        }
        if (end)
            return fail(*end);
        m_news.next = {};
        say(WorkNews::State::Ended);
        return m_news;
    }

private:
    bool over() const {
        return m_over || m_context.cancel.cancelled() || (m_request.most && m_taken >= *m_request.most);
    }

    /// One step: looks, starts, or waits for something to happen.
    Outcome<void> goOn() {
        if (m_next.empty() && m_lookIsDue && !m_crew.full())
            if (auto looked = look(); !looked)
                return looked;
        while (!m_next.empty() && !m_crew.full() && !over()) {
            start(std::move(m_next.front()));
            m_next.pop_front();
        }
        if (over())
            return {};
        if (m_crew.full() || (m_request.once && !m_crew.empty()))
            awaitOne();
        else if (m_request.once)
            end();
        else if (!m_lookIsDue)
            rest();
        return {};
    }

    Outcome<void> look() {
        m_lookIsDue = false;
        if (auto told = deliverEvents(m_services, m_context); !told)
            return told.failed();
        const auto board = listJobs(m_services, m_context);
        if (over())
            return {};
        if (!board) {
            if (endsTheWork(board.error().code) || m_request.once)
                return board.failed();
            m_news.trouble = board.error();
            m_away = true;
            return {};
        }
        m_away = false;
        m_timesAway = 0;
        for (const BoardJob* job : worthRunning(*board)) // oldest first
            m_next.push_back(*job->job);
        return {};
    }

    /// Which jobs of the list this worker runs now, oldest first.
    std::vector<const BoardJob*> worthRunning(const Board& board) {
        std::vector<const BoardJob*> worth;
        m_news.left = 0;
        for (const BoardJob& job : board.jobs) {
            if (!isOpen(job) || m_crew.has(job.jobId))
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

    /// Takes note of the jobs that have ended. A failure is one that ends the work.
    Outcome<void> settle() {
        Outcome<void> work;
        const auto ended = m_crew.takeEnded();
        for (const JobCrew::Ended& one : ended) {
            if (one.how) {
                ++m_news.done;
                m_lookIsDue = m_lookIsDue || !m_request.once; // there may be more at once
                continue;
            }
            const Code code = one.how.error().code;
            if (code == Code::Cancelled && m_context.cancel.cancelled())
                continue;
            if (code == Code::JobBusy) { // another window or command is at it
                --m_taken;
                continue;
            }
            if (endsTheWork(code)) {
                work = one.how.failed();
                continue;
            }
            ++m_news.failed;
            m_news.trouble = one.how.error();
            Tries& tries = m_tries[one.jobId];
            ++tries.count;
            tries.again = mayGoWellLater(code);
        }
        if (!ended.empty() && !m_crew.empty())
            say(WorkNews::State::Working);
        return work;
    }

    void start(Job job) {
        ++m_taken;
        const auto run = [this, id = job.jobId]() -> Outcome<Receipt> {
            const CancelScope scope(m_context.cancel);
            TaskContext context = m_context;
            context.progress = [this, &id](const TaskProgress& progress) { m_request.progress(id, progress); };
            RunRequest request;
            request.jobId = id;
            request.ownerPolicy = m_request.ownerPolicy;
            request.straightThrough = m_request.straightThrough;
            request.lacksRoom = [this, &id](const Room& room) { m_request.lacksRoom(id, room); };
            auto kept = keptChoice(m_services, id);
            if (!kept)
                return kept.failed();
            if (*kept)
                request.ownerPolicy = std::move(*kept);
            return runJob(m_services, request, context);
        };
        m_crew.start(job.jobId, run);
        m_news.next = {};
        say(WorkNews::State::Working);
    }

    /// Whoever watches sees now and then that this worker is there, however slow the jobs are.
    void awaitOne() {
        while (!m_crew.awaitOne(std::chrono::minutes(1)))
            say(WorkNews::State::Working);
    }

    void end() {
        m_over = true;
        tidy(longestTidying); // somebody may wait for it
    }

    /// Removes what given-up uploads have left, while there is nothing else to do. What cannot be removed now stays for
    /// a later time, and a store that is away is not asked for that at every look.
    void tidy(milliseconds longest) {
        const auto leftovers = tidyUploads(m_services, m_context, longest);
        if (leftovers && leftovers->left > 0)
            m_tidyAgain = std::chrono::steady_clock::now() + longestBetweenTries;
    }

    /// Until it is time for another look. Where jobs are under way, or until one ends.
    void rest() {
        milliseconds longest = m_request.pause;
        if (m_away) {
            for (unsigned i = 0; i < m_timesAway && longest < longestBetweenTries; ++i)
                longest *= 2;
            longest = std::min<milliseconds>(longest, std::max<milliseconds>(longestBetweenTries, m_request.pause));
            ++m_timesAway;
        }
        milliseconds howLong =
            longest - milliseconds(std::uniform_int_distribution<milliseconds::rep>(0, longest.count() / 4)(m_random));
        if (m_away && m_news.trouble)
            howLong = std::max<milliseconds>(howLong, std::chrono::seconds(m_news.trouble->retryAfter));
        m_news.next = howLong;
        const bool idle = m_crew.empty() && !m_away;
        if (idle && std::chrono::steady_clock::now() >= m_tidyAgain)
            tidy(longestTidyingAside);
        say(!m_crew.empty() ? WorkNews::State::Working : m_away ? WorkNews::State::Away : WorkNews::State::Idle);
        if (!m_crew.empty())
            m_lookIsDue = !m_crew.awaitOne(howLong);
        else
            m_lookIsDue = m_request.wait ? m_request.wait(howLong, m_context.cancel)
                                         : sleepUnlessCancelled(howLong, m_context.cancel);
    }

    void say(WorkNews::State state) {
        m_news.state = state;
        m_news.jobs = m_crew.jobs();
        m_request.told(m_news);
        if (state == WorkNews::State::Away)
            m_news.trouble.reset();
    }

    struct Tries {
        unsigned count = 0;
        bool again = false; ///< it may go well later
    };
    Services m_services;
    const WorkRequest& m_request;
    TaskContext& m_context;
    WorkNews m_news;
    std::deque<Job> m_next;               ///< of the last look, still to be run
    bool m_lookIsDue = true;              ///< the list may have something new
    bool m_away = false;                  ///< the last look failed
    bool m_over = false;                  ///< all that was there `once` is done
    std::map<std::string, Tries> m_tries; ///< of the jobs that failed here
    std::uint64_t m_taken = 0;
    unsigned m_timesAway = 0;                            ///< in a row
    std::chrono::steady_clock::time_point m_tidyAgain{}; ///< not before
    std::mt19937 m_random{std::random_device{}()};
    JobCrew m_crew; ///< last: its threads use the others
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
