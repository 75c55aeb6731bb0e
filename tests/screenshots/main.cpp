#include "app/services/compose.h"
#include "app/window/controllers.h"
#include "ui/common/theme.h"
#include "ui/shell/language.h"
#include "ui/shell/main_window.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QTest>

#include <cstdio>

// sealwright-screenshots: the window itself, led through the demonstration's main job, and a picture of each page on
// the way. Started by `demo.sh … sealwright-screenshots --out FOLDER`, which gives it the profile and the invitation.

using namespace sealwright;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 120'000;
const QSize pictureSize(1180, 760);

/// The window of one start of the program, and how it is led.
class Tour {
public:
    Tour(Services services, const std::string& configDir, QDir out)
        : m_controllers(std::move(services), m_session, configDir), m_out(std::move(out)) {
        m_controllers.load();
        ui::Theme::instance().apply(views::Appearance::Light);
        m_window = std::make_unique<ui::MainWindow>(m_session);
        m_window->resize(pictureSize);
        m_window->show();
    }

    bool run(const QString& invitation) { return join(invitation) && jobs() && fields() && send() && results(); }

private:
    bool waitFor(const char* what, const std::function<bool()>& there) {
        if (QTest::qWaitFor(there, patience))
            return true;
        std::fprintf(stderr, "sealwright-screenshots: never came: %s\n", what);
        return false;
    }
    bool shoot(const char* name) {
        QTest::qWait(200); // layouts and pages that are asked for from the event loop
        if (m_window->grab().save(m_out.filePath(QString::fromLatin1(name) + u".png"_s)))
            return true;
        std::fprintf(stderr, "sealwright-screenshots: cannot write %s\n", name);
        return false;
    }

    bool join(const QString& invitation) {
        using Phase = views::RegistrationView::Phase;
        views::RegistrationView& view = m_session.registration;
        m_session.takeInvitation(invitation);
        if (!waitFor("the invitation", [&] { return view.phase() == Phase::Invited; }))
            return false;
        view.join(u"ward-7"_s, {});
        if (!waitFor("the platform's answer",
                     [&] { return view.phase() == Phase::Done || view.phase() == Phase::Comparing; }))
            return false;
        if (view.phase() == Phase::Comparing)
            view.acceptPlatform();
        return waitFor("the registration", [&] { return view.phase() == Phase::Done; });
    }

    bool jobs() {
        m_window->go(ui::Place::Jobs);
        if (!waitFor("the list of jobs", [&] { return m_session.jobs.jobs()->rowCount() > 0; }))
            return false;
        for (const items::JobRow& row : m_session.jobs.jobs()->rows())
            if (row.name.startsWith(u"Patient register"_s))
                m_session.jobs.select(row.id);
        return shoot("jobs");
    }

    bool fields() {
        views::FieldsView& view = m_session.fields;
        m_session.jobs.openFields(m_session.jobs.current()->id, {});
        if (!waitFor("the fields", [&] { return view.ready() && view.source().records; }))
            return false;
        choose(u"address"_s, {items::FieldState::LeftOut, 0, 0, {}});
        choose(u"diagnosis"_s, {items::FieldState::Sealed, 0, 0, {}});
        choose(u"card_number"_s, {items::FieldState::Sealed, 0, 0, {}});
        if (!waitFor("the preview", [&] { return !view.busy(); }) || !shoot("fields"))
            return false;
        ui::Theme::instance().apply(views::Appearance::Dark);
        const bool dark = shoot("fields-dark");
        ui::Theme::instance().apply(views::Appearance::Light);
        return dark;
    }

    void choose(const QString& path, const items::FieldChoice& choice) {
        auto* tree = m_session.fields.fields();
        for (int row = 0; row < tree->rowCount(); ++row)
            if (tree->index(row, 0).data(items::FieldTreeModel::PathRole).toString() == path)
                tree->choose({tree->index(row, 0)}, choice);
    }

    bool send() {
        m_session.fields.start(false);
        return waitFor("the receipt", [&] { return m_session.run.receipt().has_value(); }) && shoot("run");
    }

    bool results() {
        m_window->go(ui::Place::Results);
        views::ResultsView& view = m_session.results;
        if (!waitFor("a result", [&] {
                if (view.results()->rowCount() == 0 && !view.busy())
                    view.refresh();
                return view.results()->rowCount() > 0 && !view.busy();
            }))
            return false;
        view.open(view.results()->rows().front().id);
        return waitFor("the opened result", [&] { return view.opened().has_value(); }) && shoot("results");
    }

    views::Session m_session;
    window::Controllers m_controllers;
    QDir m_out;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    ui::speak(application);
    QCommandLineParser parser;
    for (const char* name : {"keystore", "passphrase-file", "config", "invitation", "out"})
        parser.addOption(QCommandLineOption(QString::fromLatin1(name), {}, u"VALUE"_s));
    parser.process(application);
    const QDir out(parser.value(u"out"_s));
    if (parser.value(u"out"_s).isEmpty() || !out.mkpath(u"."_s)) {
        std::fputs("usage: demo.sh BIN FOLDER sealwright-screenshots --out FOLDER\n", stderr);
        return 2;
    }
    Configuration configuration;
    configuration.keystore = parser.value(u"keystore"_s).toStdString();
    configuration.passphrase.file = parser.value(u"passphrase-file"_s).toStdString();
    configuration.configDir = parser.value(u"config"_s).toStdString();
    auto services = openServices(configuration);
    if (!services) {
        std::fputs("sealwright-screenshots: the profile cannot be opened\n", stderr);
        return 1;
    }
    Tour tour(std::move(*services), configuration.configDir, out);
    return tour.run(parser.value(u"invitation"_s)) ? 0 : 1;
}
