#include "ui/keys/machine_card.h"

#include "ui/common/chip.h"
#include "ui/common/fact_grid.h"
#include "ui/common/format.h"
#include "ui/common/metrics.h"
#include "ui/common/pick_file.h"
#include "ui/common/sheet.h"
#include "ui/common/theme.h"
#include "ui/keys/passphrase_sheet.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealwright::ui {
namespace {

using views::KeyHealth;

QString wordFor(KeyHealth health, qint64 checkedAt) {
    switch (health) {
    case KeyHealth::None:
        return MachineCard::tr("No keys yet");
    case KeyHealth::Unknown:
        return MachineCard::tr("Not checked yet");
    case KeyHealth::Healthy:
        return MachineCard::tr("Healthy, checked %1").arg(fromNow(checkedAt, nowSeconds()));
    case KeyHealth::Missing:
        return MachineCard::tr("Missing from the keystore");
    case KeyHealth::Locked:
        return MachineCard::tr("Locked");
    case KeyHealth::Denied:
        return MachineCard::tr("Keychain does not let us in");
    case KeyHealth::NoService:
        return MachineCard::tr("No keychain is running");
    case KeyHealth::Failed:
        return MachineCard::tr("Cannot be read");
    }
    return {};
}

Tone toneOf(KeyHealth health) {
    switch (health) {
    case KeyHealth::Healthy:
        return Tone::Sealed;
    case KeyHealth::None:
    case KeyHealth::Unknown:
        return Tone::Secondary;
    case KeyHealth::Locked:
    case KeyHealth::Denied:
    case KeyHealth::NoService:
        return Tone::Readable;
    case KeyHealth::Missing:
    case KeyHealth::Failed:
        return Tone::Failed;
    }
    return Tone::Secondary;
}

} // namespace

MachineCard::MachineCard(views::Session& session, QWidget* parent)
    : Card(parent), m_session(session), m_view(session.keys) {
    m_health = new Chip(this);
    m_facts = new FactGrid(this, 110);
    m_none = label(
        tr("This machine has no keys yet. They are made when you register with a platform, or here; their private "
           "halves never leave this machine."),
        "secondary", this);
    m_make = primaryButton(tr("Make keys"), this);
    m_share = button(tr("Share my recipient key…"), this);
    m_restore = button(tr("Restore from a recovery kit…"), this);
    m_rotate = button(tr("Rotate keys…"), this);
    m_unlock = button({}, this);
    auto* top = new QHBoxLayout;
    top->addWidget(label(tr("This machine"), "cardTitle", this), 1, Qt::AlignTop); // in line with the card beside it
    top->addWidget(m_health);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space16);
    buttons->addWidget(m_make);
    buttons->addWidget(m_unlock);
    buttons->addWidget(m_share);
    buttons->addWidget(m_rotate);
    buttons->addWidget(m_restore);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space16, space16, space16, space16);
    layout->setSpacing(space12);
    layout->addLayout(top);
    layout->addWidget(m_none);
    layout->addWidget(m_facts);
    layout->addStretch(1);
    layout->addLayout(buttons);

    connect(m_make, &QPushButton::clicked, this, [this] { m_view.makeKeys(m_session.registration.suggestedName()); });
    connect(m_share, &QPushButton::clicked, this, [this] {
        pickTarget(this, tr("Save this machine's recipient key for others"),
                   tr("%1.jwks").arg(m_session.machine.facts().name),
                   [this](const QString& path) { m_view.share(path); });
    });
    connect(m_rotate, &QPushButton::clicked, this, &MachineCard::askToRotate);
    connect(m_unlock, &QPushButton::clicked, &m_view, &views::KeysView::checkNow);
    connect(m_restore, &QPushButton::clicked, this, [this] {
        pickFile(this, tr("Choose the recovery kit"), {}, [this](const QString& path) {
            auto* sheet = new PassphraseSheet(PassphraseSheet::Purpose::OpenKit, this);
            connect(sheet, &PassphraseSheet::given, this,
                    [this, path](const views::Passphrase& passphrase) { m_view.restoreKit(path, passphrase); });
            sheet->open();
        });
    });
    connect(&m_view, &views::PageView::changed, this, &MachineCard::show);
    connect(&Theme::instance(), &Theme::changed, this, &MachineCard::show); // rich text holds a colour of the theme
    show();
}

void MachineCard::show() {
    const bool has = m_view.recipientKey().has_value();
    m_health->setText(wordFor(m_view.health(), m_view.checkedAt()));
    m_health->setTone(toneOf(m_view.health()));
    m_none->setVisible(!has);
    m_make->setVisible(!has);
    m_make->setEnabled(!m_view.busy());
    m_make->setText(m_view.busy() ? tr("Making keys…") : tr("Make keys"));
    m_restore->setVisible(!has || m_view.health() == KeyHealth::Missing);
    m_share->setVisible(has);
    m_rotate->setVisible(has && m_view.health() == KeyHealth::Healthy);
    m_rotate->setEnabled(!m_view.busy());
    m_rotate->setText(m_view.busy() ? tr("One moment…") : tr("Rotate keys…"));
    const bool shut = m_view.health() == KeyHealth::Locked;
    m_unlock->setVisible(has && m_view.health() != KeyHealth::Healthy && m_view.health() != KeyHealth::Unknown);
    m_unlock->setText(shut ? tr("Unlock…") : tr("Look again"));
    m_facts->clear();
    if (m_view.recipientKey())
        addKey(tr("Recipient key"), *m_view.recipientKey());
    if (m_view.signingKey())
        addKey(tr("Signing key"), *m_view.signingKey());
    if (m_view.formerPairs() > 0)
        m_facts->addText(tr("Earlier keys"),
                         tr("%n pair(s), kept to open what was sealed for them", nullptr, m_view.formerPairs()));
}

void MachineCard::askToRotate() {
    const views::MachineFacts& facts = m_session.machine.facts();
    auto* sheet = new Sheet(
        tr("Rotate this machine's keys?"),
        (facts.registered
             ? tr("New keys are made, and %1 is shown by the old ones that they are yours. ").arg(facts.platformName)
             : tr("New keys are made. ")) +
            tr("From then on data is sealed for the new ones and signed with them. The old ones stay here and open "
               "what "
               "was sealed for them.\n\nPeople who seal for this machine need its new recipient key. The recovery kit "
               "that you have does not hold the new keys: make another one afterwards, and keep it."),
        tr("Rotate keys"), this);
    connect(sheet, &QDialog::accepted, &m_view, &views::KeysView::rotate);
    sheet->open();
}

void MachineCard::addKey(const QString& name, const views::KeyFacts& key) {
    const QString facts = tr("%1, made %2, kept in %3").arg(key.algorithm, longDate(key.made), key.place);
    const QString second =
        QStringLiteral("<span style=\"color:%1\">%2</span>").arg(colours().secondary.name(), facts.toHtmlEscaped());
    m_facts->addHtml(name, leaded(fixedHtml(spacedWords(key.words)) + QStringLiteral("<br>") + second))
        ->setToolTip(plainTip(key.kid));
}

} // namespace sealwright::ui
