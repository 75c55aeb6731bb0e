#include "tests/bench/measures.h"

#include "tests/bench/child.h"
#include "tests/bench/generate.h"
#include "tests/bench/works.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <thread>
#include <unistd.h>

namespace sealwright::bench {

namespace {

constexpr std::uint64_t pythonSample = 32'000'000; ///< bytes; a rate does not need more
constexpr double memoryAim = 200;                  ///< MiB

double number(const ChildFacts& facts, const char* name) {
    return facts.said[QLatin1String(name)].toDouble();
}

using Step = std::function<ChildFacts()>;

/// Runs the steps in turn, several rounds, so that what else the machine does falls on all alike. Gives each step's
/// least wall and least CPU seconds, and its greatest peak. What was left to be written is written before each step.
std::vector<ChildFacts> best(int rounds, const std::vector<Step>& steps) {
    std::vector<ChildFacts> found(steps.size());
    for (int round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < steps.size(); ++i) {
            sync();
            ChildFacts facts = steps[i]();
            if (round > 0 && facts.well) {
                facts.seconds = std::min(facts.seconds, found[i].seconds);
                facts.cpuSeconds = std::min(facts.cpuSeconds, found[i].cpuSeconds);
                facts.peakMebibytes = std::max(facts.peakMebibytes, found[i].peakMebibytes);
            }
            found[i] = std::move(facts);
            if (!found[i].well)
                return found;
        }
    return found;
}

/// One of our own works: its times are those of the work alone, not of starting the program.
Step workStep(const std::vector<std::string>& arguments) {
    return [arguments] {
        ChildFacts facts = runWork(arguments);
        facts.seconds = facts.said[QStringLiteral("seconds")].toDouble();
        facts.cpuSeconds = facts.said[QStringLiteral("cpu_seconds")].toDouble();
        return facts;
    };
}

/// True where the shorter file is the beginning of the longer one.
bool beginEqually(const std::string& a, const std::string& b) {
    std::ifstream first(a, std::ios::binary), second(b, std::ios::binary);
    std::string left(1u << 20, '\0'), right(1u << 20, '\0');
    while (first && second) {
        first.read(left.data(), static_cast<std::streamsize>(left.size()));
        second.read(right.data(), static_cast<std::streamsize>(right.size()));
        const auto common = static_cast<std::size_t>(std::min(first.gcount(), second.gcount()));
        if (left.compare(0, common, right, 0, common) != 0)
            return false;
    }
    return true;
}

/// The first whole lines of a file, some `bytes` of them.
void copyBeginning(const std::string& source, const std::string& target, std::uint64_t bytes) {
    std::ifstream in(source, std::ios::binary);
    std::ofstream out(target, std::ios::binary);
    std::string line;
    for (std::uint64_t written = 0; written < bytes && std::getline(in, line); written += line.size() + 1)
        out << line << '\n';
}

void forget(const std::string& path) {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
}

QJsonObject figures(const ChildFacts& facts) {
    QJsonObject object = facts.said;
    object[QStringLiteral("seconds")] = facts.seconds;
    object[QStringLiteral("cpu_seconds")] = facts.cpuSeconds;
    object[QStringLiteral("peak_mib")] = facts.peakMebibytes;
    if (const double values = number(facts, "values"); values > 0)
        object[QStringLiteral("values_per_second")] = values / facts.seconds;
    return object;
}

/// The first child that did not end well is the section's problem.
bool anyFailed(Section& section, const std::vector<ChildFacts>& all) {
    for (const ChildFacts& facts : all)
        if (!facts.well && section.problem.empty())
            section.problem = facts.complaint.empty() ? "not run" : facts.complaint;
    return !section.problem.empty();
}

std::vector<std::string> pythonLoop(const std::string& source, const std::string& target, unsigned processes) {
    std::vector<std::string> words{"/usr/bin/python3", SEALWRIGHT_PYTHON_LOOP,   source, target, dekHex(),
                                   runHex(),           std::to_string(processes)};
    words.insert(words.end(), std::begin(sealedColumns), std::end(sealedColumns));
    return words;
}

double syncSeconds(const std::string& path) {
    const auto start = std::chrono::steady_clock::now();
    const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    fsync(fd);
    close(fd);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

} // namespace

std::string tablePath(const Setting& setting) {
    return setting.folder + "/table.csv";
}

Section measureValues(const Setting& setting) {
    Section section{"values", {}, {}, {}};
    const std::string table = tablePath(setting), ours = setting.folder + "/sealed.csv",
                      theirs = setting.folder + "/minimal.csv", sample = setting.folder + "/sample.csv",
                      loop = setting.folder + "/loop.csv";
    const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
    copyBeginning(table, sample, pythonSample);
    const auto python = [&](unsigned processes) {
        return [&, processes] {
            ChildFacts facts = run(pythonLoop(sample, loop, processes));
            facts.seconds = number(facts, "seconds");
            return facts;
        };
    };
    const auto all = best(setting.runs, {workStep({"seal-table", table, ours}), workStep({"profile", table}),
                                         workStep({"minimal", table, theirs}), python(1), python(cores)});
    if (anyFailed(section, all))
        return section;
    const ChildFacts &seal = all[0], &profile = all[1], &least = all[2], &one = all[3], &every = all[4];
    if (!beginEqually(ours, theirs) || !beginEqually(ours, loop) ||
        std::filesystem::file_size(ours) != std::filesystem::file_size(theirs)) {
        section.problem = "the three ways did not write the same bytes";
        return section;
    }
    for (const std::string& path : {ours, theirs, sample, loop})
        forget(path);
    for (unsigned i = 0; i < cores; ++i)
        forget(loop + "." + std::to_string(i));

    const double rate = number(seal, "values") / (seal.seconds + profile.seconds);
    section.figures = {{QStringLiteral("seal"), figures(seal)},
                       {QStringLiteral("profile"), figures(profile)},
                       {QStringLiteral("minimal_evp"), figures(least)},
                       {QStringLiteral("python"), figures(one)},
                       {QStringLiteral("python_all_cores"), figures(every)},
                       {QStringLiteral("values_per_second_with_profile"), rate},
                       {QStringLiteral("ratio_to_python_all_cores"), rate * every.seconds / number(every, "values")},
                       {QStringLiteral("cpu_ratio_without_profile"), seal.cpuSeconds / least.cpuSeconds}};
    section.aims = {{"values a second, profile and sealing, to the same loop in Python",
                     rate * one.seconds / number(one, "values"), 20, true},
                    {"CPU seconds, profile and sealing, to a minimal EVP pipeline",
                     (seal.cpuSeconds + profile.cpuSeconds) / least.cpuSeconds, 2, false}};
    return section;
}

Section measurePackage(const Setting& setting) {
    Section section{"package", {}, {}, {}};
    if (!found("age") || !found("age-keygen")) {
        section.problem = "age is not installed";
        return section;
    }
    const std::string table = tablePath(setting), ours = setting.folder + "/table.sealed",
                      theirs = setting.folder + "/table.age", key = setting.folder + "/age.key";
    const ChildFacts made = run({"age-keygen", "-o", key});
    const ChildFacts named = run({"age-keygen", "-y", key});
    if (anyFailed(section, {made, named}))
        return section;
    const std::string recipient = named.output.substr(0, named.output.find('\n'));
    const auto age = [&] { return run({"age", "-r", recipient, "-o", theirs, table}); };
    const auto all = best(setting.runs, {[&] {
                                             forget(ours);
                                             return workStep({"package", table, ours})();
                                         },
                                         [&] {
                                             forget(theirs);
                                             return age();
                                         },
                                         [&] { // age leaves its file to the system; ours is on the disk when it is done
                                             forget(theirs);
                                             ChildFacts facts = age();
                                             facts.seconds += syncSeconds(theirs);
                                             return facts;
                                         }});
    for (const std::string& path : {ours, theirs, key})
        forget(path);
    if (anyFailed(section, all))
        return section;
    section.figures = {{QStringLiteral("package"), figures(all[0])},
                       {QStringLiteral("age"), figures(all[1])},
                       {QStringLiteral("age_synced"), figures(all[2])},
                       {QStringLiteral("speed_to_age_unsynced"), all[1].seconds / all[0].seconds}};
    section.aims = {
        {"speed of sealing one file to age, both synced to disk", all[2].seconds / all[0].seconds, 1, true}};
    return section;
}

Section measureUpload(const Setting& setting) {
    Section section{"upload", {}, {}, {}};
    std::string endpoint = environment("SEALWRIGHT_S3_ENDPOINT");
    const std::string mc = environment("SEALWRIGHT_MC"), scheme = "http://";
    if (endpoint.rfind(scheme, 0) != 0 || mc.empty()) {
        section.problem = "no MinIO here: SEALWRIGHT_S3_… are not set";
        return section;
    }
    endpoint.erase(0, scheme.size());
    const std::vector<std::string> host{"MC_CONFIG_DIR=" + setting.folder + "/mc",
                                        "MC_HOST_bench=" + scheme + environment("SEALWRIGHT_S3_ACCESS_KEY") + ":" +
                                            environment("SEALWRIGHT_S3_SECRET_KEY") + "@" + endpoint};
    const std::string bucket = "bench-" + std::to_string(getpid()), table = tablePath(setting);
    const ChildFacts made = run({mc, "mb", "--quiet", "bench/" + bucket}, host);
    if (anyFailed(section, {made}))
        return section;
    const auto all =
        best(setting.runs, {[&] {
                                return run({mc, "cp", "--quiet", table, "bench/" + bucket + "/theirs.csv"}, host);
                            },
                            workStep({"upload", table, bucket, "ours.csv"})});
    const ChildFacts gone = run({mc, "rb", "--quiet", "--force", "bench/" + bucket}, host);
    if (anyFailed(section, all) || anyFailed(section, {gone}))
        return section;
    section.figures = {{QStringLiteral("mc"), figures(all[0])}, {QStringLiteral("upload"), figures(all[1])}};
    section.aims = {{"speed of uploading one file to `mc cp`", all[0].seconds / all[1].seconds, 1, true}};
    return section;
}

Section measureMemory(const Setting& setting) {
    Section section{"memory", {}, {}, {}};
    const std::string source = setting.folder + "/large", target = setting.folder + "/large.sealed";
    const auto roundTrip = [&](const std::string& kind, const std::string& name, std::uint64_t bytes) {
        if (!(kind == "csv" ? writeTable(source, bytes) : writeJsonLines(source, bytes))) {
            section.problem = "cannot write " + source;
            return;
        }
        const ChildFacts facts = workStep({"round-trip", kind, source, target})();
        forget(source);
        forget(target);
        if (anyFailed(section, {facts}))
            return;
        if (!facts.said[QStringLiteral("same_bytes")].toBool()) {
            section.problem = name + " did not come back as it was";
            return;
        }
        QJsonObject object = figures(facts);
        object[QStringLiteral("bytes")] = static_cast<double>(bytes);
        section.figures[QString::fromStdString(kind)] = object;
        section.aims.push_back(
            {"peak MiB, " + name + " sealed and opened again", facts.peakMebibytes, memoryAim, false});
    };
    roundTrip("csv", "a CSV file of twice the size", 2 * setting.bytes);
    if (section.problem.empty())
        roundTrip("jsonl", "a JSON Lines file", setting.bytes);
    return section;
}

} // namespace sealwright::bench
