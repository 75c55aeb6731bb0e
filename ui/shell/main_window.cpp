#include "ui/shell/main_window.h"

#include "ui/common/icons.h"
#include "ui/common/metrics.h"
#include "ui/common/pick_file.h"
#include "ui/common/sheet.h"
#include "ui/common/theme.h"
#include "ui/fields/fields_page.h"
#include "ui/files/files_page.h"
#include "ui/jobs/jobs_page.h"
#include "ui/keys/keys_page.h"
#include "ui/keys/passphrase_sheet.h"
#include "ui/registration/registration_page.h"
#include "ui/results/results_page.h"
#include "ui/run/run_page.h"
#include "ui/settings/settings_page.h"
#include "ui/shell/about_sheet.h"
#include "ui/shell/drop_veil.h"
#include "ui/shell/nav_button.h"
#include "ui/welcome/welcome_page.h"

#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QMimeData>
#include <QShortcut>
#include <QStackedWidget>

namespace sealwright::ui {
namespace {

using namespace Qt::StringLiterals;

enum WholePage { WelcomeAt, RegistrationAt, PlacesAt };
enum JobsPageIndex { ListAt, FieldsAt, RunAt };

} // namespace

MainWindow::MainWindow(views::Session& session, QWidget* parent) : QMainWindow(parent), m_session(session) {
    setWindowTitle(u"Sealwright"_s);
    setWindowIcon(lineIcon("sealwright", Tone::Accent));
    setAcceptDrops(true);
    setMinimumSize(900, 600);
    resize(1180, 760);

    m_whole = new QStackedWidget(this);
    auto* welcome = new WelcomePage(this);
    m_registration = new RegistrationPage(session, this);
    m_whole->addWidget(welcome);
    m_whole->addWidget(m_registration);
    m_whole->addWidget(makePlaces());
    setCentralWidget(m_whole);
    m_veil = new DropVeil(this);

    connect(welcome, &WelcomePage::invitationWanted, this, &MainWindow::showRegistration);
    connect(welcome, &WelcomePage::protectWanted, this, [this] {
        go(Place::Files);
        pickFiles(this, tr("Choose files to seal"), [this](const QStringList& paths) { m_session.take(paths); });
    });
    connect(welcome, &WelcomePage::openWanted, this, [this] {
        go(Place::Files);
        pickFiles(this, tr("Open what you received"), [this](const QStringList& paths) { m_session.take(paths); });
    });
    connect(welcome, &WelcomePage::skipped, this, [this] { go(m_place); });
    connect(m_registration, &RegistrationPage::left, this,
            [this] { m_session.machine.facts().registered ? go(Place::Jobs) : showWelcome(); });
    connect(m_registration, &RegistrationPage::finished, this, [this](bool makeKit) {
        go(makeKit ? Place::Keys : Place::Jobs);
        if (makeKit)
            m_keys->makeKit();
    });
    makeShortcuts();
    followSession();
    if (const QString kept = session.settings.facts().window; !kept.isEmpty())
        restoreGeometry(QByteArray::fromBase64(kept.toLatin1()));
    if (session.machine.facts().hasKeys)
        go(session.machine.facts().registered ? Place::Jobs : Place::Files);
    else
        showWelcome();
}

QWidget* MainWindow::makePlaces() {
    auto* all = new QWidget(this);
    m_navigation = new Navigation(m_session, all);
    m_jobs = new QStackedWidget(all);
    auto* jobs = new JobsPage(m_session, m_jobs);
    m_jobs->addWidget(jobs);
    connect(jobs, &JobsPage::registerWanted, this, &MainWindow::showRegistration);
    m_jobs->addWidget(new FieldsPage(m_session.fields, m_jobs));
    m_jobs->addWidget(new RunPage(m_session.run, m_jobs));
    m_stack = new QStackedWidget(all);
    m_stack->addWidget(m_jobs);
    m_stack->addWidget(new FilesPage(m_session.files, m_stack));
    m_stack->addWidget(new ResultsPage(m_session, m_stack));
    m_keys = new KeysPage(m_session, m_stack);
    m_stack->addWidget(m_keys);
    m_stack->addWidget(new SettingsPage(m_session.settings, m_stack));
    auto* layout = new QHBoxLayout(all);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_navigation);
    layout->addWidget(m_stack, 1);
    connect(m_navigation, &Navigation::chosen, this, [this](Place place) {
        // The place one is in already: back to its first page, unless a run is shown.
        if (place == Place::Jobs && m_place == Place::Jobs && !m_session.run.running())
            m_jobs->setCurrentIndex(ListAt);
        go(place);
    });
    connect(m_navigation, &Navigation::helpWanted, this, &MainWindow::showHelp);
    return all;
}

void MainWindow::makeShortcuts() {
    for (int i = 0; i < places; ++i)
        connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + i)), this), &QShortcut::activated, this,
                [this, i] { go(static_cast<Place>(i)); });
    connect(new QShortcut(QKeySequence(Qt::Key_F5), this), &QShortcut::activated, this, &MainWindow::refresh);
    connect(new QShortcut(QKeySequence(Qt::Key_F1), this), &QShortcut::activated, this,
            [this] { showHelp(mapToGlobal(QPoint(space24, space24))); });
    connect(new QShortcut(QKeySequence(Qt::Key_Escape), this), &QShortcut::activated, this, &MainWindow::back);
}

void MainWindow::followSession() {
    connect(&m_session.fields, &views::FieldsView::opened, this, [this] {
        m_jobs->setCurrentIndex(FieldsAt);
        go(Place::Jobs);
    });
    connect(&m_session.fields, &views::FieldsView::left, this, [this] { showInJobs(ListAt); });
    for (const auto signal : {&views::RunView::started, &views::RunView::receiptShown})
        connect(&m_session.run, signal, this, [this] {
            m_jobs->setCurrentIndex(RunAt);
            go(Place::Jobs);
        });
    connect(&m_session.run, &views::RunView::left, this, [this] { showInJobs(ListAt); });
    connect(&m_session.jobs, &views::JobsView::receiptWanted, this, [this](const QString& id) {
        if (m_session.run.running() && m_session.run.facts().jobId == id)
            showInJobs(RunAt);
    });
    connect(&m_session, &views::Session::filesTaken, this, [this] { go(Place::Files); });
    connect(&m_session, &views::Session::invitationTaken, this, &MainWindow::showRegistration);
    showUnlocking(m_session.unlock, this);
    connect(&m_session.settings, &views::SettingsView::appearanceChanged, this,
            [this] { Theme::instance().apply(m_session.settings.facts().appearance); });
}

void MainWindow::go(Place place) {
    const bool walking = walksNavigation();
    m_place = place;
    m_whole->setCurrentIndex(PlacesAt);
    m_stack->setCurrentIndex(static_cast<int>(place));
    m_navigation->setPlace(place);
    if (walking)
        m_navigation->button(place)->setFocus();
    else
        focusPage();
}

/// Another page of the same place; the focus goes along, for Qt would give it to whatever comes next.
void MainWindow::showInJobs(int page) {
    m_jobs->setCurrentIndex(page);
    if (m_place == Place::Jobs && m_whole->currentIndex() == PlacesAt)
        focusPage();
}

/// Somebody goes through the navigation by keyboard, and wants to stay in it. Asked before pages change, for Qt moves
/// the focus when the page that has it is hidden.
bool MainWindow::walksNavigation() const {
    return focusWidget() && m_navigation->isAncestorOf(focusWidget()) && m_whole->currentIndex() == PlacesAt;
}

/// The page itself has the focus, so that Tab goes to its first control.
void MainWindow::focusPage() {
    QWidget* page = m_whole->currentIndex() != PlacesAt ? m_whole->currentWidget()
                    : m_place == Place::Jobs            ? m_jobs->currentWidget()
                                                        : m_stack->currentWidget();
    page->setFocus();
}

void MainWindow::showWelcome() {
    m_whole->setCurrentIndex(WelcomeAt);
    focusPage();
}

void MainWindow::showRegistration() {
    if (m_session.registration.phase() == views::RegistrationView::Phase::Done)
        m_session.registration.restart();
    m_whole->setCurrentIndex(RegistrationAt);
    focusPage();
}

bool MainWindow::atWelcome() const {
    return m_whole->currentIndex() == WelcomeAt;
}

void MainWindow::refresh() {
    if (m_place == Place::Results)
        m_session.results.refresh();
    else if (m_place == Place::Keys)
        m_session.keys.checkNow();
    else
        m_session.jobs.refresh();
}

void MainWindow::back() {
    if (m_whole->currentIndex() == RegistrationAt)
        m_registration->leave();
    else if (m_place == Place::Jobs && m_jobs->currentIndex() != ListAt)
        showInJobs(ListAt);
    else if (m_place == Place::Results && m_session.results.opened())
        m_session.results.close();
}

void MainWindow::showHelp(const QPoint& at) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Welcome page"), this, &MainWindow::showWelcome);
    menu->addAction(tr("Register with a platform…"), this, &MainWindow::showRegistration);
    menu->addSeparator();
    menu->addAction(tr("About Sealwright…"), this, [this] { (new AboutSheet(this))->open(); });
    menu->popup(at);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile()) {
            event->acceptProposedAction();
            m_veil->cover();
            return;
        }
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*) {
    m_veil->hide();
}

void MainWindow::dropEvent(QDropEvent* event) {
    m_veil->hide();
    QStringList paths;
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile())
            paths.append(url.toLocalFile());
    if (paths.isEmpty())
        return;
    event->acceptProposedAction();
    m_session.take(paths);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    const bool run = m_session.run.running();
    if (m_closing || (!run && !m_session.files.working())) {
        m_session.settings.setWindow(QString::fromLatin1(saveGeometry().toBase64()));
        event->accept();
        return;
    }
    event->ignore();
    auto* sheet =
        new Sheet(tr("Stop and close?"),
                  run ? tr("“%1” is being sealed and sent. If you close Sealwright now, the job is given back, and "
                           "nothing half done stays behind, here or there.")
                            .arg(m_session.run.facts().jobName)
                      : tr("Files are being sealed or opened. If you close Sealwright now, those that are not done are "
                           "left as they were."),
                  tr("Stop and close"), this);
    sheet->setLeaveText(tr("Go on working"));
    connect(sheet, &QDialog::accepted, this, [this] {
        m_closing = true;
        close();
    });
    sheet->open();
}

} // namespace sealwright::ui
