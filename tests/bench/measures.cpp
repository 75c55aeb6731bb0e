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

/// The fastest of several runs. What earlier ones left to be written is written first.
ChildFacts best(int runs, const std::function<ChildFacts()>& once,
                const std::function<double(const ChildFacts&)>& time) {
    ChildFacts found;
    for (int i = 0; i < runs; ++i) {
        sync();
        ChildFacts facts = once();
        if (!facts.well)
            return facts;
        if (i == 0 || time(facts) < time(found))
            found = std::move(facts);
    }
    return found;
}

ChildFacts bestWork(const Setting& setting, const std::vector<std::string>& arguments) {
    return best(
        setting.runs, [&] { return runWork(arguments); }, [](const ChildFacts& f) { return number(f, "seconds"); });
}

ChildFacts bestProgram(const Setting& setting, const std::vector<std::string>& arguments,
                       const std::vector<std::string>& environment = {}) {
    return best(
        setting.runs, [&] { return run(arguments, environment); }, [](const ChildFacts& f) { return f.seconds; });
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
    object[QStringLiteral("peak_mib")] = facts.peakMebibytes;
    if (!object.contains(QStringLiteral("seconds")))
        object[QStringLiteral("seconds")] = facts.seconds;
    if (!object.contains(QStringLiteral("cpu_seconds")))
        object[QStringLiteral("cpu_seconds")] = facts.cpuSeconds;
    const double values = object[QStringLiteral("values")].toDouble();
    if (values > 0)
        object[QStringLiteral("values_per_second")] = values / object[QStringLiteral("seconds")].toDouble();
    return object;
}

/// The first child that did not end well is the section's problem.
bool anyFailed(Section& section, const std::vector<const ChildFacts*>& all) {
    for (const ChildFacts* facts : all)
        if (!facts->well && section.problem.empty())
            section.problem = facts->complaint;
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
    const ChildFacts seal = bestWork(setting, {"seal-table", table, ours});
    const ChildFacts profile = bestWork(setting, {"profile", table});
    const ChildFacts least = bestWork(setting, {"minimal", table, theirs});
    const ChildFacts python = run(pythonLoop(sample, loop, 1));
    const ChildFacts pythons = run(pythonLoop(sample, loop, cores));
    if (anyFailed(section, {&seal, &profile, &least, &python, &pythons}))
        return section;
    if (!beginEqually(ours, theirs) || !beginEqually(ours, loop) ||
        std::filesystem::file_size(ours) != std::filesystem::file_size(theirs)) {
        section.problem = "the three ways did not write the same bytes";
        return section;
    }
    for (const std::string& path : {ours, theirs, sample, loop})
        forget(path);
    for (unsigned i = 0; i < cores; ++i)
        forget(loop + "." + std::to_string(i));

    const double seconds = number(seal, "seconds") + number(profile, "seconds");
    const double cpu = number(seal, "cpu_seconds") + number(profile, "cpu_seconds");
    const double rate = number(seal, "values") / seconds;
    const double pythonRate = number(python, "values") / number(python, "seconds");
    const double pythonsRate = number(pythons, "values") / number(pythons, "seconds");
    section.figures = {
        {QStringLiteral("seal"), figures(seal)},
        {QStringLiteral("profile"), figures(profile)},
        {QStringLiteral("minimal_evp"), figures(least)},
        {QStringLiteral("python"), figures(python)},
        {QStringLiteral("python_all_cores"), figures(pythons)},
        {QStringLiteral("values_per_second_with_profile"), rate},
        {QStringLiteral("ratio_to_python_all_cores"), rate / pythonsRate},
        {QStringLiteral("cpu_ratio_without_profile"), number(seal, "cpu_seconds") / number(least, "cpu_seconds")}};
    section.aims = {
        {"values a second, profile and sealing, to the same loop in Python", rate / pythonRate, 20, true},
        {"CPU seconds, profile and sealing, to a minimal EVP pipeline", cpu / number(least, "cpu_seconds"), 2, false}};
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
    if (anyFailed(section, {&made, &named}))
        return section;
    const std::string recipient = named.output.substr(0, named.output.find('\n'));
    const ChildFacts seal = best(
        setting.runs,
        [&] {
            forget(ours);
            return runWork({"package", table, ours});
        },
        [](const ChildFacts& f) { return number(f, "seconds"); });
    double ageSynced = 0; // age leaves its file to the system; ours is on the disk when it is done
    const ChildFacts age = best(
        setting.runs,
        [&] {
            forget(theirs);
            ChildFacts facts = run({"age", "-r", recipient, "-o", theirs, table});
            const double synced = facts.seconds + syncSeconds(theirs);
            ageSynced = ageSynced == 0 ? synced : std::min(ageSynced, synced);
            return facts;
        },
        [](const ChildFacts& f) { return f.seconds; });
    for (const std::string& path : {ours, theirs, key})
        forget(path);
    if (anyFailed(section, {&seal, &age}))
        return section;
    section.figures = {{QStringLiteral("package"), figures(seal)},
                       {QStringLiteral("age"), figures(age)},
                       {QStringLiteral("age_synced_seconds"), ageSynced},
                       {QStringLiteral("speed_to_age_unsynced"), age.seconds / number(seal, "seconds")}};
    section.aims = {
        {"speed of sealing one file to age, both synced to disk", ageSynced / number(seal, "seconds"), 1, true}};
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
    if (anyFailed(section, {&made}))
        return section;
    const ChildFacts copy = bestProgram(setting, {mc, "cp", "--quiet", table, "bench/" + bucket + "/theirs.csv"}, host);
    const ChildFacts ours = bestWork(setting, {"upload", table, bucket, "ours.csv"});
    const ChildFacts gone = run({mc, "rb", "--quiet", "--force", "bench/" + bucket}, host);
    if (anyFailed(section, {&copy, &ours, &gone}))
        return section;
    section.figures = {{QStringLiteral("upload"), figures(ours)}, {QStringLiteral("mc"), figures(copy)}};
    section.figures[QStringLiteral("mc")] = QJsonObject{{QStringLiteral("seconds"), copy.seconds},
                                                        {QStringLiteral("cpu_seconds"), copy.cpuSeconds},
                                                        {QStringLiteral("peak_mib"), copy.peakMebibytes}};
    section.aims = {{"speed of uploading one file to `mc cp`", copy.seconds / number(ours, "seconds"), 0.8, true}};
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
        const ChildFacts facts = runWork({"round-trip", kind, source, target});
        forget(source);
        forget(target);
        if (anyFailed(section, {&facts}))
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
