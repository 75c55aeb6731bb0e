#include "app/cli/output.h"

#include "app/cli/sentences.h"
#include "app/cli/wording.h"
#include "models/tasks/event_reporter.h"

#include <algorithm>
#include <cstdio>
#include <unistd.h>

namespace sealwright::cli {

namespace {

std::string bar(double share) {
    constexpr int width = 24;
    const int full = static_cast<int>(share * width);
    return "[" + std::string(static_cast<std::size_t>(full), '#') +
           std::string(static_cast<std::size_t>(width - full), '.') + "]";
}

std::string barText(const TaskProgress& progress, std::uint64_t stepFrom, double seconds) {
    const double rate =
        seconds > 0.2 ? static_cast<double>(progress.done - std::min(progress.done, stepFrom)) / seconds : 0;
    std::string text = std::string(toText(progress.step)) + " ";
    if (progress.total > 0) {
        const double share = std::min(1.0, static_cast<double>(progress.done) / static_cast<double>(progress.total));
        text += bar(share) + " " + sizeText(progress.done) + " of " + sizeText(progress.total);
    } else {
        text += sizeText(progress.done);
    }
    if (rate > 0) {
        text += ", " + sizeText(static_cast<std::uint64_t>(rate)) + "/s";
        if (progress.total > progress.done)
            text += ", " + durationText(static_cast<double>(progress.total - progress.done) / rate) + " left";
    }
    return text;
}

/// Several of them fit on a line.
std::string shortText(const TaskProgress& progress, const std::string& job) {
    constexpr std::size_t enough = 8; // of an id, to tell a few jobs apart
    std::string text = job.substr(0, enough) + " " + std::string(toText(progress.step)) + " ";
    if (progress.total == 0)
        return text + sizeText(progress.done);
    const double share = std::min(1.0, static_cast<double>(progress.done) / static_cast<double>(progress.total));
    return text + std::to_string(static_cast<int>(100 * share)) + " %";
}

} // namespace

Output::Output(bool json, bool quiet) : m_json(json), m_quiet(quiet), m_terminal(::isatty(STDERR_FILENO) == 1) {}

void Output::say(const std::string& line) {
    if (m_json || m_quiet)
        return;
    const std::lock_guard lock(m_mutex);
    clearBar();
    print(m_toError ? stderr : stdout, visible(line));
}

void Output::table(const std::vector<std::vector<std::string>>& rows) {
    if (m_json || m_quiet)
        return;
    const std::lock_guard lock(m_mutex);
    clearBar();
    print(m_toError ? stderr : stdout, tableText(rows));
}

void Output::warn(std::string_view kind, const std::string& line, const Where& where, const std::string& job) {
    const std::lock_guard lock(m_mutex);
    clearBar();
    if (!m_json) {
        print(stderr, visible(line));
        return;
    }
    crypto::JsonObject one{{"kind", crypto::Json(kind)}, {"where", whereJson(where)}};
    if (!job.empty())
        one.emplace_back("job", job);
    m_reported.push_back(crypto::Json(one));
    printJson(stderr, {{"reported", crypto::Json(std::move(one))}});
}

void Output::result(crypto::JsonObject object) {
    if (!m_json)
        return;
    const std::lock_guard lock(m_mutex);
    object.emplace_back("reported", m_reported);
    printJson(m_toError ? stderr : stdout, std::move(object));
}

void Output::error(const Failure& failure) {
    const Sentences sentences = sentencesFor(failure);
    const std::lock_guard lock(m_mutex);
    clearBar();
    if (m_json) {
        crypto::JsonObject error{{"code", crypto::Json(stableId(failure.code))},
                                 {"message", crypto::Json(sentences.what + " " + sentences.data)},
                                 {"where", whereJson(failure.where)},
                                 {"next", crypto::Json(sentences.next)}};
        crypto::JsonObject object{{"error", crypto::Json(std::move(error))}};
        if (!m_reported.empty())
            object.emplace_back("reported", m_reported);
        printJson(m_toError ? stderr : stdout, std::move(object));
        return;
    }
    print(stderr, "sealwright-cli: " + visible(sentences.what));
    if (const std::string place = visible(placeText(failure.where)); !place.empty())
        print(stderr, "  where: " + place);
    if (!sentences.data.empty())
        print(stderr, "  data:  " + visible(sentences.data));
    print(stderr, "  next:  " + visible(sentences.next));
    print(stderr, "  code:  " + std::string(stableId(failure.code)));
}

void Output::progress(const TaskProgress& progress, const std::string& job) {
    if (m_quiet || (!m_json && !m_terminal))
        return;
    using namespace std::chrono;
    const std::lock_guard lock(m_mutex);
    Bar& bar = m_bars[job];
    const auto now = steady_clock::now();
    const bool newStep = bar.step != static_cast<int>(progress.step);
    if (newStep) {
        bar.step = static_cast<int>(progress.step);
        bar.stepBegan = now;
        bar.stepFrom = progress.done;
    }
    const bool finished = progress.total > 0 && progress.done == progress.total;
    if (!newStep && !finished && now - bar.last < milliseconds(200))
        return;
    bar.last = now;

    if (m_json) {
        crypto::JsonObject object{{"step", crypto::Json(toText(progress.step))},
                                  {"done", crypto::Json(progress.done)},
                                  {"total", crypto::Json(progress.total)},
                                  {"records", crypto::Json(progress.records)}};
        if (!job.empty())
            object.emplace_back("job", crypto::Json(job));
        printJson(stderr, {{"progress", crypto::Json(std::move(object))}});
        return;
    }
    const double seconds = duration<double>(now - bar.stepBegan).count();
    bar.text = job.empty() ? barText(progress, bar.stepFrom, seconds) : shortText(progress, job);
    drawBars();
}

void Output::onlyProgressOf(const std::vector<std::string>& jobs) {
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_bars, [&](const auto& one) {
        return !one.first.empty() && std::find(jobs.begin(), jobs.end(), one.first) == jobs.end();
    });
}

void Output::drawBars() {
    std::string line;
    for (const auto& [job, bar] : m_bars)
        line += (line.empty() ? "" : " | ") + bar.text;
    std::fputs(("\r\x1b[K" + line).c_str(), stderr);
    std::fflush(stderr);
    m_bar = true;
}

void Output::news(crypto::JsonObject object) {
    if (m_quiet || !m_json)
        return;
    const std::lock_guard lock(m_mutex);
    printJson(stderr, {{"work", crypto::Json(std::move(object))}});
}

void Output::clearBar() {
    if (!m_bar)
        return;
    std::fputs("\r\x1b[K", stderr);
    m_bar = false;
}

void Output::print(std::FILE* stream, const std::string& line) {
    std::fwrite(line.data(), 1, line.size(), stream);
    std::fputc('\n', stream);
    std::fflush(stream);
}

void Output::printJson(std::FILE* stream, crypto::JsonObject object) {
    print(stream, crypto::writeControlJson(crypto::Json(std::move(object))));
}

void warnOf(Output& out, const std::vector<pipeline::Finding>& findings, std::uint64_t count) {
    for (const pipeline::Finding& finding : findings) {
        const std::string place = placeText(finding.where);
        out.warn(pipeline::stableId(finding.kind),
                 "reported: " + findingText(finding.kind) + (place.empty() ? std::string() : " (" + place + ")"),
                 finding.where);
    }
    if (count > findings.size())
        out.warn("more", "reported: and " + countText(count - findings.size()) + " more");
}

crypto::Json whereJson(const Where& where) {
    crypto::JsonObject object;
    if (!where.file.empty())
        object.emplace_back("file", where.file);
    if (where.record)
        object.emplace_back("record", *where.record);
    if (!where.field.empty())
        object.emplace_back("field", where.field);
    if (where.byte)
        object.emplace_back("byte", *where.byte);
    return crypto::Json(std::move(object));
}

} // namespace sealwright::cli
