#include "app/desktop/hardening.h"
#include "app/services/compose.h"
#include "app/window/controllers.h"
#include "app/window/passphrase_prompt.h"
#include "crypto/primitives/self_test.h"
#include "ui/common/error_sentences.h"
#include "ui/common/theme.h"
#include "ui/shell/language.h"
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QMessageBox>

#include <csignal>
#include <memory>

// sealwright: the window.

namespace {

using namespace sealwright;

struct Start {
    Configuration configuration;
    QString invitation;
    QStringList files;
};

Start readArguments(const QApplication& application) {
    const QCommandLineOption keystore(QStringLiteral("keystore"), QStringLiteral("Where the private keys are kept."),
                                      QStringLiteral("keychain | file:DIR"), QStringLiteral("keychain"));
    const QCommandLineOption fd(QStringLiteral("passphrase-fd"),
                                QStringLiteral("Read the keystore's passphrase from this file descriptor."),
                                QStringLiteral("N"));
    const QCommandLineOption file(QStringLiteral("passphrase-file"),
                                  QStringLiteral("Read the keystore's passphrase from this file."),
                                  QStringLiteral("F"));
    const QCommandLineOption config(QStringLiteral("config"),
                                    QStringLiteral("The profile: what the program remembers."), QStringLiteral("DIR"));
    const QCommandLineOption invitation(QStringLiteral("invitation"), QStringLiteral("Start with this invitation."),
                                        QStringLiteral("FILE"));
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Seals datasets field by field before they leave this machine."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({keystore, fd, file, config, invitation});
    parser.addPositionalArgument(QStringLiteral("FILE"),
                                 QStringLiteral("Files to seal, packages to open, or an invitation."),
                                 QStringLiteral("[FILE ...]"));
    parser.process(application);

    Start start;
    start.configuration.keystore = parser.value(keystore).toStdString();
    start.configuration.passphrase.file = parser.value(file).toStdString();
    if (parser.isSet(fd))
        start.configuration.passphrase.fd = parser.value(fd).toInt();
    start.configuration.configDir = parser.value(config).toStdString();
    start.files = parser.positionalArguments();
    start.invitation = parser.value(invitation);
    return start;
}

/// The program cannot start: says why and what to do, then ends.
int refuseToStart(const Failure& failure) {
    const ui::ErrorSentences sentences = ui::sentencesFor(failure);
    auto* box = new QMessageBox(QMessageBox::Critical, QStringLiteral("Sealwright"), sentences.happened);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(sentences.meaning + QLatin1Char(' ') + sentences.next);
    box->setDetailedText(ui::detailsOf(failure));
    box->open();
    QApplication::exec();
    return exitStatus(failure.code);
}

} // namespace

int main(int argc, char** argv) {
    desktop::hardenProcess();
    std::signal(SIGPIPE, SIG_IGN);
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("sealwright"));
    QApplication::setApplicationDisplayName(QStringLiteral("Sealwright"));
    QApplication::setApplicationVersion(QStringLiteral(SEALWRIGHT_VERSION));
    ui::speak(application);
    Start start = readArguments(application);

    if (!crypto::selfTest())
        return refuseToStart(Failure(Code::SelfTestFailed));
    views::Session session;
    start.configuration.ask = window::askIn(session.unlock);
    auto services = openServices(start.configuration);
    if (!services)
        return refuseToStart(services.error());

    window::Controllers controllers(std::move(*services), session, start.configuration.configDir);
    controllers.load();
    ui::Theme::instance().apply(session.settings.facts().appearance);
    ui::MainWindow window(session);
    window.show();
    controllers.refresh();
    session.take(start.files);
    if (!start.invitation.isEmpty())
        session.takeInvitation(start.invitation);
    return QApplication::exec();
}
