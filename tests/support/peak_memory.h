#pragma once
#include <QTest>

#include <cstdio>
#include <exception>
#include <fstream>
#include <string>

#include <unistd.h>

/// For the beginning of a test of peaks: a sanitizer keeps memory of its own for each byte, and freed memory for a
/// while.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define NEED_TRUE_PEAKS() QSKIP("peaks mean nothing beside a sanitizer's own memory: NOT tried")
#else
#define NEED_TRUE_PEAKS() static_cast<void>(0)
#endif

// What a piece of work takes at most, measured in a process of its own: this program once more.
namespace sealwright::tests {

inline constexpr std::string_view aloneWord = "--alone";

/// In the process of its own: does the work and says the most that was resident at once. The exit status.
template <class Work>
int sayPeak(Work work) {
    try {
        work();
    } catch (const std::exception& problem) {
        std::printf("%s\n", problem.what());
        return 1;
    }
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.rfind("VmHWM:", 0) == 0) // of this program alone; getrusage() has that of its parent before exec in it
            std::printf("peak %s\n", line.substr(6).c_str());
    }
    return 0;
}

struct Ended {
    bool well = false;
    std::size_t peak = 0; ///< bytes
    std::string said;
};

/// Runs this program with `aloneWord` and `what`.
inline Ended runAlone(const std::string& what) {
    Ended ended;
    char self[4096] = {};
    if (readlink("/proc/self/exe", self, sizeof self - 1) < 0)
        return ended;
    FILE* const pipe =
        popen(("'" + std::string(self) + "' " + std::string(aloneWord) + " " + what + " 2>&1").c_str(), "r");
    if (pipe == nullptr)
        return ended;
    char line[512];
    while (std::fgets(line, sizeof line, pipe) != nullptr) {
        ended.said += line;
        unsigned long kibi = 0;
        if (std::sscanf(line, "peak %lu kB", &kibi) == 1)
            ended.peak = std::size_t{kibi} << 10;
    }
    ended.well = pclose(pipe) == 0 && ended.peak != 0;
    return ended;
}

} // namespace sealwright::tests
