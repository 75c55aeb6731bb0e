#include "app/cli/work_command.h"

#include "app/cli/inputs.h"
#include "app/cli/sentences.h"
#include "app/cli/straight_option.h"
#include "app/cli/wording.h"
#include "app/desktop/folders.h"
#include "app/desktop/service_notify.h"
#include "app/desktop/work_lock.h"
#include "models/tasks/job_worker.h"
#include "models/tasks/small_file.h"

#include <limits>
#include <mutex>
#include <unistd.h>

namespace sealwright::cli {

namespace {

using crypto::Json;
using crypto::JsonArray;
using crypto::JsonObject;

JsonObject newsJson(const WorkNews& news) {
    JsonObject object{{"state", Json(toText(news.state))},
                      {"done", Json(news.done)},
                      {"failed", Json(news.failed)},
                      {"left", Json(news.left)},
                      {"running", Json(std::uint64_t{news.jobs.size()})}};
    if (!news.jobs.empty()) {
        JsonArray jobs;
        for (const std::string& job : news.jobs)
            jobs.push_back(Json(job));
        object.emplace_back("job", Json(news.jobs.front()));
        object.emplace_back("jobs", Json(std::move(jobs)));
    }
    if (news.trouble)
        object.emplace_back("trouble", Json(stableId(news.trouble->code)));
    return object;
}

/// As a person reads it, in a log or with `systemctl status`; one line.
std::string newsText(const WorkNews& news) {
    std::string text;
    switch (news.state) {
    case WorkNews::State::Idle:
        text = "waiting for jobs";
        break;
    case WorkNews::State::Working:
        text = news.jobs.size() == 1 ? "at work on job " : "at work on " + countText(news.jobs.size()) + " jobs: ";
        for (const std::string& job : news.jobs)
            text += (&job == &news.jobs.front() ? "" : ", ") + job;
        break;
    case WorkNews::State::Away:
        text = "waiting for the platform";
        break;
    case WorkNews::State::Ended:
        text = "ended";
        break;
    }
    text += "; " + countText(news.done) + " done, " + countText(news.failed) + " failed, " + countText(news.left) +
            " left for a person";
    if (news.trouble && news.state == WorkNews::State::Away)
        text += ". " + sentencesFor(*news.trouble).what;
    return visible(text);
}

/// How the worker is, told to whoever watches: the log, a file, the service manager. Safe on any thread.
class Health {
public:
    Health(Output& out, std::string file) : m_out(out), m_file(std::move(file)) {}

    void tell(const WorkNews& news) {
        const std::lock_guard lock(m_mutex);
        const std::string text = newsText(news);
        if (text != m_last) // an idle worker does not fill the log
            m_out.say(text);
        m_last = text;
        m_now = news;
        m_out.news(newsJson(news));
        m_out.onlyProgressOf(news.jobs);
        desktop::notifyServiceManager(std::string(m_ready ? "" : "READY=1\n") + "STATUS=" + text);
        m_ready = true;
        write();
    }
    /// A long job is a sign of life too.
    void progress() {
        const std::lock_guard lock(m_mutex);
        if (!m_file.empty() && now() - m_written >= betweenSigns)
            write();
    }
    void ended(const Outcome<WorkNews>& how) {
        const std::lock_guard lock(m_mutex);
        m_now.state = WorkNews::State::Ended;
        m_now.jobs.clear();
        if (!how)
            m_now.trouble = how.error();
        desktop::notifyServiceManager("STOPPING=1\nSTATUS=" +
                                      (how ? newsText(m_now) : visible(sentencesFor(how.error()).what)));
        write();
    }

private:
    static constexpr Instant betweenSigns = 10;

    /// One line of JSON, whole at every moment. A watcher sees by `at` that it has become old, so a failure to write is
    /// said once and stops no job.
    void write() {
        if (m_file.empty())
            return;
        m_written = now();
        JsonObject object{{"at", Json(toRfc3339(m_written))}, {"pid", Json(std::int64_t{::getpid()})}};
        if (m_now.next.count() > 0)
            object.emplace_back(
                "next", Json(toRfc3339(m_written + std::chrono::ceil<std::chrono::seconds>(m_now.next).count())));
        for (auto& member : newsJson(m_now))
            object.push_back(std::move(member));
        const auto written = writeSmallFile(m_file, crypto::writeControlJson(Json(std::move(object))) + "\n", true);
        if (!written && !m_warned)
            m_out.warn("health-file", "The health file cannot be written: " + sentencesFor(written.error()).what);
        m_warned = m_warned || !written;
    }

    Output& m_out;
    const std::string m_file;
    std::mutex m_mutex;
    WorkNews m_now;
    std::string m_last;
    Instant m_written = 0;
    bool m_ready = false, m_warned = false;
};

Outcome<int> run(Invocation& call) {
    WorkRequest request;
    request.once = call.has("once");
    const auto most = numberOption(call, "max", 1, std::numeric_limits<int>::max());
    if (!most)
        return most.failed();
    if (*most)
        request.most = static_cast<std::uint64_t>(**most);
    constexpr int mostJobs = 8;
    const auto jobs = numberOption(call, "jobs", 1, mostJobs);
    if (!jobs)
        return jobs.failed();
    request.jobs = static_cast<unsigned>(jobs->value_or(1));
    const auto pause = numberOption(call, "interval", 1, 3600);
    if (!pause)
        return pause.failed();
    if (*pause)
        request.pause = std::chrono::seconds(**pause);
    const auto rate = rateOption(call);
    if (!rate)
        return rate.failed();
    auto policy = policyOption(call);
    if (!policy)
        return policy.failed();
    request.ownerPolicy = std::move(*policy);
    request.straightThrough = call.has(straightThroughOption);
    request.lacksRoom = [&call](const std::string& job, const Room& room) { warnOfRoom(call.out(), room, job); };
    const auto services = call.services();
    if (!services)
        return services.failed();
    const auto profile = desktop::profileFolder(call.globals().configDir.toStdString());
    if (!profile)
        return profile.failed();
    const auto alone = desktop::WorkLock::take(*profile);
    if (!alone)
        return alone.failed();

    (*services)->limitTransfers(*rate);
    Health health(call.out(), call.value("health"));
    request.told = [&health](const WorkNews& news) { health.tell(news); };
    request.progress = [&health, &call, several = request.jobs > 1](const std::string& job,
                                                                    const TaskProgress& progress) {
        call.out().progress(progress, several ? job : std::string());
        health.progress();
    };
    TaskContext context = call.context();
    const auto worked = workJobs(**services, request, context);
    health.ended(worked);
    if (!worked)
        return worked.failed();
    call.out().result(newsJson(*worked));
    return 0;
}

} // namespace

CommandSpec workCommand() {
    return {
        QStringLiteral("jobs work"),
        {},
        QStringLiteral("Takes pending jobs as they come, unattended, until it is told to end (SIGTERM); then the jobs "
                       "under way are given back. Jobs that need a file or a person are left alone."),
        0,
        0,
        {{QStringLiteral("once"), {}, QStringLiteral("Only the jobs that are there now.")},
         {QStringLiteral("max"), QStringLiteral("N"), QStringLiteral("Ends after N jobs.")},
         {QStringLiteral("jobs"), QStringLiteral("N"),
          QStringLiteral("So many side by side, 1 to 8 (default 1); they share threads, memory and --limit-rate.")},
         {QStringLiteral("interval"), QStringLiteral("SECONDS"),
          QStringLiteral("Between two looks at the list (default 30); more where the platform is away.")},
         {QStringLiteral("health"), QStringLiteral("FILE"),
          QStringLiteral("Keeps one line of JSON there, for monitoring: state, at, done, failed, left, trouble.")},
         straightThroughOptionSpec(),
         rateOptionSpec(),
         policyOptionSpec()},
        run};
}

} // namespace sealwright::cli
