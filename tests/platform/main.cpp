#include "tests/platform/core/platform.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>
#include <sys/signalfd.h>

namespace {

/// SIGINT and SIGTERM as something the event loop hears.
int endSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr); // before any thread starts: they inherit it
    return signalfd(-1, &signals, SFD_CLOEXEC);
}

} // namespace

int main(int argc, char* argv[]) {
    using namespace sealwright::platform;
    const int ends = endSignals();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("sealwright-platform"));
    const auto options = optionsFrom(SEALWRIGHT_RESOURCES);
    if (!options)
        return 2;
    const auto started = Platform::start(*options);
    if (const auto* wrong = std::get_if<std::string>(&started)) {
        std::fprintf(stderr, "sealwright-platform: %s\n", wrong->c_str());
        return 1;
    }
    std::printf("ready %s\n", std::get<0>(started)->url().c_str());
    std::fflush(stdout);
    QSocketNotifier notifier(ends, QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, &application, &QCoreApplication::quit);
    return application.exec();
}
