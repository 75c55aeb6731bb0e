#include "tests/bench/child.h"

#include <QJsonDocument>
#include <QStandardPaths>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace sealwright::bench {

namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (std::string& text : texts)
        list.push_back(text.data());
    list.push_back(nullptr);
    return list;
}

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

/// What a program wrote into a file of ours that has no name.
std::string readAll(int fd) {
    std::string text;
    char piece[4096];
    lseek(fd, 0, SEEK_SET);
    for (ssize_t got = 0; (got = read(fd, piece, sizeof piece)) > 0 || (got < 0 && errno == EINTR);)
        if (got > 0)
            text.append(piece, static_cast<std::size_t>(got));
    close(fd);
    return text;
}

std::string lastLine(const std::string& text) {
    const QByteArray trimmed = QByteArray::fromStdString(text).trimmed();
    return trimmed.split('\n').last().toStdString();
}

} // namespace

ChildFacts run(const std::vector<std::string>& arguments, const std::vector<std::string>& extraEnvironment) {
    ChildFacts facts;
    std::vector<std::string> words = arguments, environment = extraEnvironment;
    for (char** entry = environ; *entry != nullptr; ++entry)
        environment.emplace_back(*entry);
    const auto argv = pointers(words), envp = pointers(environment);

    const int out = memfd_create("output", MFD_CLOEXEC), complaints = memfd_create("complaints", MFD_CLOEXEC);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out, 1);
    posix_spawn_file_actions_adddup2(&actions, complaints, 2);
    pid_t pid = 0;
    const auto start = std::chrono::steady_clock::now();
    const int failed = posix_spawnp(&pid, argv[0], &actions, nullptr, argv.data(), envp.data());
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    rusage usage{};
    while (failed == 0 && wait4(pid, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    facts.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    facts.cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    facts.peakMebibytes = static_cast<double>(usage.ru_maxrss) / 1024;
    facts.output = readAll(out);
    facts.said = QJsonDocument::fromJson(QByteArray::fromStdString(lastLine(facts.output))).object();
    const std::string complaint = lastLine(readAll(complaints));
    facts.well = failed == 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!facts.well)
        facts.complaint = words[0] + ": " + (failed != 0 ? std::strerror(failed) : complaint);
    return facts;
}

ChildFacts runWork(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"/proc/self/exe", "work"});
    return run(arguments);
}

std::optional<std::string> found(const std::string& program) {
    const QString place = QStandardPaths::findExecutable(QString::fromStdString(program));
    return place.isEmpty() ? std::nullopt : std::optional(place.toStdString());
}

} // namespace sealwright::bench
