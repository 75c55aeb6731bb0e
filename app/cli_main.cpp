#include "app/cli/parse.h"
#include "app/desktop/hardening.h"
#include "app/services/compose.h"
#include "crypto/primitives/self_test.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>
#include <thread>

// sealwright-cli: the command runs on a thread of its own and may block; the main thread has the event loop, which
// keychain and network need.

namespace {

using namespace sealwright;

/// Ctrl+C and SIGTERM cancel; a second one ends at once. The signals are blocked in every other thread.
void watchSignals(const Cancel& cancel) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::thread([set, stop = Cancel(cancel)]() mutable {
        int signal = 0;
        sigwait(&set, &signal);
        stop.cancel();
        sigwait(&set, &signal);
        std::_Exit(130);
    }).detach();
}

int runCommand(const cli::Parsed& parsed, const Cancel& cancel) {
    const CancelScope scope(cancel);
    cli::Output output(parsed.globals.json, parsed.globals.quiet);
    const auto open = [&parsed] {
        Configuration configuration;
        configuration.keystore = parsed.globals.keystore.toStdString();
        configuration.passphrase = {parsed.globals.passphraseFd, parsed.globals.passphraseFile.toStdString(),
                                    "Passphrase of the keystore: "};
        configuration.configDir = parsed.globals.configDir.toStdString();
        return openServices(configuration);
    };
    cli::Invocation invocation(*parsed.command, parsed.globals, parsed.positional, parsed.options, open, output,
                               cancel);
    const Outcome<int> status = parsed.command->run(invocation);
    if (status)
        return *status;
    output.error(status.error());
    return exitStatus(status.error().code);
}

} // namespace

int main(int argc, char** argv) {
    desktop::hardenProcess();
    const Cancel cancel;
    watchSignals(cancel);
    std::signal(SIGPIPE, SIG_IGN);
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("sealwright"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SEALWRIGHT_VERSION));

    cli::Parsed parsed;
    if (const auto understood = cli::parseArguments(QCoreApplication::arguments().mid(1), parsed); !understood) {
        cli::Output(parsed.globals.json, parsed.globals.quiet).error(understood.error());
        return exitStatus(understood.error().code);
    }
    if (parsed.version) {
        std::puts("sealwright-cli " SEALWRIGHT_VERSION);
        return 0;
    }
    if (parsed.help || !parsed.command) {
        std::fputs((parsed.command ? cli::helpText(*parsed.command) : cli::overviewText()).c_str(), stdout);
        return parsed.help ? 0 : 2;
    }
    if (!crypto::selfTest()) {
        cli::Output(parsed.globals.json, parsed.globals.quiet).error(Failure(Code::SelfTestFailed));
        return exitStatus(Code::SelfTestFailed);
    }
    std::thread worker([&] {
        const int status = runCommand(parsed, cancel);
        QMetaObject::invokeMethod(
            &application, [status] { QCoreApplication::exit(status); }, Qt::QueuedConnection);
    });
    const int status = QCoreApplication::exec();
    worker.join();
    return status;
}
