#include "ui/settings/settings_page.h"

#include "ui/common/band.h"
#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/common/pick_file.h"
#include "ui/common/theme.h"

#include <QDir>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QThread>
#include <QVBoxLayout>

#include <cmath>

namespace sealwright::ui {
namespace {

using namespace Qt::StringLiterals;
using views::Appearance;

QString wordFor(Appearance appearance) {
    switch (appearance) {
    case Appearance::System:
        return SettingsPage::tr("As the system");
    case Appearance::Light:
        return SettingsPage::tr("Light");
    case Appearance::Dark:
        return SettingsPage::tr("Dark");
    }
    return {};
}

QString folderText(const QString& folder) {
    return folder.isEmpty() ? SettingsPage::tr("Choose…") : QDir::toNativeSeparators(folder) + u" …"_s;
}

QString ownFolderText() {
    return SettingsPage::tr("The program's own folder");
}

constexpr double megabyte = 1e6; ///< as sizes are said everywhere in the window

QString limitText(quint64 bytesPerSecond) {
    return bytesPerSecond == 0 ? QString() : QLocale().toString(static_cast<double>(bytesPerSecond) / megabyte, 'g', 6);
}

QString coresText(unsigned threads) {
    return threads == 0 ? SettingsPage::tr("All") : QLocale().toString(threads);
}

} // namespace

SettingsPage::SettingsPage(views::SettingsView& view, QWidget* parent) : Page(tr("Settings"), parent), m_view(view) {
    auto* inner = new QWidget(this);
    inner->setProperty("page", true);
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space16);
    column->addWidget(makeGeneral());
    m_platformCard = makePlatform();
    column->addWidget(m_platformCard);
    column->addStretch(1);
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(inner);
    content()->addWidget(scroll, 1);
    connect(&m_view, &views::PageView::changed, this, &SettingsPage::show);
    show();
}

void SettingsPage::add(QVBoxLayout* into, const QString& name, const QString& why, QWidget* control) {
    if (into->count() > 1)
        into->addWidget(rule(this));
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(label(name, nullptr, this));
    words->addWidget(label(why, "secondary", this));
    auto* line = new QHBoxLayout;
    line->setSpacing(space24);
    line->addLayout(words, 1);
    line->addWidget(control, 0, Qt::AlignVCenter);
    into->addLayout(line);
    control->setAccessibleName(name);
    control->setAccessibleDescription(why);
}

QWidget* SettingsPage::makeGeneral() {
    auto* card = new Card(this);
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(space16, space16, space16, space16);
    layout->setSpacing(space12);
    layout->addWidget(label(tr("This program"), "cardTitle", card));
    m_appearance = button({}, card);
    m_results = button({}, card);
    m_temporary = button({}, card);
    m_threads = button({}, card);
    m_limit = new QLineEdit(card);
    m_limit->setMaxLength(10);
    m_limit->setFixedWidth(120);
    m_limit->setAlignment(Qt::AlignRight);
    m_limit->setPlaceholderText(tr("No limit"));
    add(layout, tr("Appearance"), tr("Dark is easier on the eyes at night; both say the same."), m_appearance);
    add(layout, tr("Folder for results"), tr("Where a copy of a result is offered to be saved, if you ask for one."),
        m_results);
    add(layout, tr("Temporary folder"),
        tr("Sealed files lie here until they have been sent; choose a disk with room for the largest. Nothing readable "
           "is ever written here. The next job uses it."),
        m_temporary);
    add(layout, tr("Processor cores"), tr("Fewer leave this machine free for other work while a run goes on."),
        m_threads);
    add(layout, tr("Transfers use at most, in MB/s"),
        tr("Sent and fetched together, so that others on your line can work too. Empty: no limit. In force at once."),
        m_limit);
    connect(m_limit, &QLineEdit::editingFinished, this, &SettingsPage::takeLimit);
    connect(m_appearance, &QPushButton::clicked, this, &SettingsPage::chooseAppearance);
    connect(m_results, &QPushButton::clicked, this, [this] {
        chooseFolder(tr("Folder for results"), m_view.facts().resultsFolder, &views::SettingsView::setResultsFolder);
    });
    connect(m_temporary, &QPushButton::clicked, this, &SettingsPage::chooseTemporary);
    connect(m_threads, &QPushButton::clicked, this, &SettingsPage::chooseThreads);
    return card;
}

QWidget* SettingsPage::makePlatform() {
    auto* card = new Card(this);
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(space16, space16, space16, space16);
    layout->setSpacing(space12);
    layout->addWidget(label(tr("Platform"), "cardTitle", card));
    m_name = new QLineEdit(card);
    m_name->setMinimumWidth(260);
    m_name->setMaxLength(64);
    m_platform = label({}, nullptr, card);
    m_certificate = label({}, nullptr, card);
    m_certificate->setWordWrap(false);
    m_certificate->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_platform->setWordWrap(false);
    add(layout, tr("Its name here"), tr("Shown wherever the platform is named; only you see it."), m_name);
    add(layout, tr("Address"), tr("Fixed by the registration; register again to change it."), m_platform);
    add(layout, tr("Certificates"), tr("Whose word counts for the platform's and the storage's identity."),
        m_certificate);
    connect(m_name, &QLineEdit::editingFinished, this, [this] {
        if (!m_name->text().trimmed().isEmpty() && m_name->text().trimmed() != m_view.facts().platformName)
            m_view.setPlatformName(m_name->text());
    });
    return card;
}

void SettingsPage::show() {
    const views::SettingsFacts& facts = m_view.facts();
    showFailure(m_view.failure());
    setFacts(tr("Sealwright %1").arg(facts.version.isEmpty() ? QStringLiteral(SEALWRIGHT_VERSION) : facts.version));
    m_appearance->setText(wordFor(facts.appearance) + u" ▾"_s);
    m_results->setText(literal(folderText(facts.resultsFolder)));
    m_temporary->setText(
        literal(facts.temporaryFolder.isEmpty() ? ownFolderText() : QDir::toNativeSeparators(facts.temporaryFolder)) +
        u" ▾"_s);
    m_temporary->setEnabled(!m_view.busy());
    if (!m_limit->hasFocus())
        m_limit->setText(limitText(facts.transferLimit));
    m_threads->setText(coresText(facts.threads) + u" ▾"_s);
    m_platformCard->setVisible(!facts.platformUrl.isEmpty());
    if (!m_name->hasFocus())
        m_name->setText(facts.platformName);
    m_platform->setText(facts.platformUrl);
    m_certificate->setFont(facts.certificate.isEmpty() ? Theme::font(Type::Body) : Theme::fixedFont());
    m_certificate->setText(facts.certificate.isEmpty()
                               ? tr("those of the system")
                               : facts.certificate.left(16) + u"…"_s + facts.certificate.right(8));
    m_certificate->setToolTip(facts.certificate);
}

void SettingsPage::chooseAppearance() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Appearance one : {Appearance::System, Appearance::Light, Appearance::Dark})
        menu->addAction(wordFor(one), this, [this, one] { m_view.setAppearance(one); });
    menu->popup(m_appearance->mapToGlobal(QPoint(0, m_appearance->height())));
}

void SettingsPage::chooseThreads() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](unsigned threads) {
        QAction* action = menu->addAction(coresText(threads), this, [this, threads] { m_view.setThreads(threads); });
        action->setCheckable(true);
        action->setChecked(threads == m_view.facts().threads);
    };
    add(0);
    for (unsigned threads = 1; threads < static_cast<unsigned>(QThread::idealThreadCount()); threads *= 2)
        add(threads);
    menu->popup(m_threads->mapToGlobal(QPoint(0, m_threads->height())));
}

/// What is no number leaves the limit as it is, and shows it again.
void SettingsPage::takeLimit() {
    constexpr double least = 0.01, most = 100'000;
    const QString text = m_limit->text().trimmed();
    bool number = false;
    const double wanted = QLocale().toDouble(text, &number);
    if (text.isEmpty())
        m_view.setTransferLimit(0);
    else if (number && wanted >= least && wanted <= most)
        m_view.setTransferLimit(static_cast<quint64>(std::llround(wanted * megabyte)));
    m_limit->setText(limitText(m_view.facts().transferLimit));
}

void SettingsPage::chooseTemporary() {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(ownFolderText(), this, [this] { m_view.chooseTemporaryFolder({}); });
    menu->addAction(tr("Another folder…"), this, [this] {
        chooseFolder(tr("Temporary folder"), m_view.facts().temporaryFolder,
                     &views::SettingsView::chooseTemporaryFolder);
    });
    menu->popup(m_temporary->mapToGlobal(QPoint(0, m_temporary->height())));
}

void SettingsPage::chooseFolder(const QString& title, const QString& start,
                                void (views::SettingsView::*set)(const QString&)) {
    pickFolder(this, title, start, [this, set](const QString& folder) { (m_view.*set)(folder); });
}

} // namespace sealwright::ui
