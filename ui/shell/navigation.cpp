#include "ui/shell/navigation.h"

#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/shell/nav_button.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace sealwright::ui {

using namespace Qt::StringLiterals;

Navigation::Navigation(views::Session& session, QWidget* parent) : QFrame(parent), m_session(session) {
    setProperty("navigation", true);
    setFixedWidth(navigationWidth);
    setAccessibleName(tr("Navigation"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space12, 18, space12, space24);
    layout->setSpacing(2);

    auto* top = new QHBoxLayout;
    top->setContentsMargins(10, 0, 0, 0);
    top->addWidget(label(u"Sealwright"_s, "brand", this), 1);
    auto* help = new QToolButton(this);
    help->setIcon(lineIcon("help", Tone::Secondary));
    help->setIconSize({iconSize, iconSize});
    help->setAccessibleName(tr("Help"));
    help->setToolTip(tr("Help (F1)"));
    help->setFocusPolicy(Qt::TabFocus);
    top->addWidget(help);
    layout->addLayout(top);
    layout->addSpacing(14);

    const std::array<std::pair<const char*, QString>, places> lines{{{"jobs", tr("Jobs")},
                                                                     {"files", tr("Files")},
                                                                     {"results", tr("Results")},
                                                                     {"keys", tr("Keys")},
                                                                     {"settings", tr("Settings")}}};
    m_group = new QButtonGroup(this);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const QKeySequence shortcut(Qt::CTRL | Qt::Key(Qt::Key_1 + static_cast<int>(i)));
        m_buttons[i] =
            new NavButton(lines[i].first, lines[i].second, shortcut.toString(QKeySequence::NativeText), this);
        m_group->addButton(m_buttons[i], static_cast<int>(i));
        layout->addWidget(m_buttons[i]);
    }
    setTabOrder(m_buttons.back(), help);
    layout->addStretch(1);
    layout->addWidget(rule(this));
    layout->addSpacing(space8);
    m_machine = label({}, "caption", this);
    m_machine->setTextFormat(Qt::RichText);
    m_machine->setContentsMargins(10, 0, 0, 0);
    layout->addWidget(m_machine);

    connect(m_group, &QButtonGroup::idClicked, this, [this](int id) { Q_EMIT chosen(static_cast<Place>(id)); });
    connect(help, &QToolButton::clicked, this,
            [this, help] { Q_EMIT helpWanted(help->mapToGlobal(QPoint(0, help->height()))); });
    connect(&session.machine, &views::MachineView::changed, this, &Navigation::showMachine);
    for (views::PageView* view :
         {static_cast<views::PageView*>(&session.jobs), static_cast<views::PageView*>(&session.run),
          static_cast<views::PageView*>(&session.results)})
        connect(view, &views::PageView::changed, this, &Navigation::showBadges);
    showMachine();
    showBadges();
}

void Navigation::setPlace(Place place) {
    button(place)->setChecked(true);
}

/// A run stays in sight wherever one goes.
void Navigation::showBadges() {
    if (m_session.run.running())
        button(Place::Jobs)
            ->setBadge(tr("%1 %").arg(m_session.run.percent()), tr("%1 is running").arg(m_session.run.facts().jobName));
    else if (const int waiting = m_session.jobs.waiting(); waiting > 0)
        button(Place::Jobs)
            ->setBadge(count(static_cast<quint64>(waiting)), tr("%n job(s) wait for you", nullptr, waiting));
    else
        button(Place::Jobs)->setBadge({}, {});
    const int unseen = m_session.results.results()->unseen();
    button(Place::Results)
        ->setBadge(unseen > 0 ? count(static_cast<quint64>(unseen)) : QString(),
                   unseen > 0 ? tr("%n new result(s)", nullptr, unseen) : QString());
}

void Navigation::showMachine() {
    const views::MachineFacts& facts = m_session.machine.facts();
    if (!facts.hasKeys) {
        m_machine->setText(tr("This machine has no keys yet."));
        return;
    }
    QStringList lines{tr("This machine: %1").arg(u"<b>"_s + facts.name.toHtmlEscaped() + u"</b>"_s)};
    const QStringList words = facts.words.split(u' ', Qt::SkipEmptyParts);
    lines.append(spacedWords(words.mid(0, 3).join(u' ')));
    lines.append(spacedWords(words.mid(3).join(u' ')));
    lines.append(facts.registered ? tr("registered with %1").arg(facts.platformName.toHtmlEscaped())
                                  : tr("not registered with a platform"));
    m_machine->setText(leaded(lines.join(u"<br>"_s)));
    m_machine->setToolTip(tr("Fingerprint of this machine's recipient key"));
}

} // namespace sealwright::ui
