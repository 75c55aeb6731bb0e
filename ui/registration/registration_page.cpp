#include "ui/registration/registration_page.h"

#include "ui/common/band.h"
#include "ui/common/fact_grid.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/common/pick_file.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealwright::ui {
namespace {

using Phase = views::RegistrationView::Phase;

QVBoxLayout* cardLayout(QWidget* card) {
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(space24, space24, space24, space24);
    layout->setSpacing(space12);
    return layout;
}

QHBoxLayout* buttonRow(std::initializer_list<QWidget*> buttons) {
    auto* row = new QHBoxLayout;
    row->setSpacing(space12);
    for (QWidget* one : buttons)
        row->addWidget(one);
    row->addStretch(1);
    return row;
}

} // namespace

RegistrationPage::RegistrationPage(views::Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_view(session.registration) {
    setAccessibleName(tr("Register with a platform"));
    auto* column = new QWidget(this);
    column->setMaximumWidth(640);
    m_band = new Band(column);
    m_band->hide();
    m_phases = {makePaste(), makeInvited(), makeWorking(), makeComparing(), makeDone()};

    auto* inner = new QVBoxLayout(column);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(space16);
    auto* top = new QHBoxLayout;
    top->addWidget(label(tr("Register with a platform"), "title", column), 1);
    m_close = linkButton(tr("Cancel"), column);
    top->addWidget(m_close);
    inner->addLayout(top);
    inner->addWidget(m_band);
    for (QWidget* card : m_phases)
        inner->addWidget(card);
    inner->addStretch(1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(90, 88, 90, space24);
    layout->addWidget(column);

    connect(m_close, &QPushButton::clicked, this, &RegistrationPage::leave);
    connect(&m_view, &views::PageView::changed, this, &RegistrationPage::show);
    show();
}

void RegistrationPage::leave() {
    if (m_view.phase() == Phase::Done) {
        Q_EMIT finished(false);
        return;
    }
    m_view.cancel();
    Q_EMIT left();
}

QWidget* RegistrationPage::makePaste() {
    auto* card = new Card(this);
    auto* layout = cardLayout(card);
    layout->addWidget(label(tr("The invitation"), "cardTitle", card));
    layout->addWidget(label(tr("Paste the link that you were sent, or choose the file."), "secondary", card));
    m_text = new QPlainTextEdit(card);
    m_text->setPlaceholderText(QStringLiteral("sealwright://register?invitation=…"));
    m_text->setAccessibleName(tr("Link or text of the invitation"));
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(96);
    layout->addWidget(m_text);
    auto* read = primaryButton(tr("Read invitation"), card);
    auto* choose = button(tr("Choose file…"), card);
    read->setEnabled(false);
    layout->addLayout(buttonRow({read, choose}));
    layout->addStretch(1);
    connect(m_text, &QPlainTextEdit::textChanged, this,
            [this, read] { read->setEnabled(!m_text->toPlainText().trimmed().isEmpty()); });
    connect(read, &QPushButton::clicked, this, [this] { m_view.paste(m_text->toPlainText()); });
    connect(choose, &QPushButton::clicked, this, [this] {
        pickFile(this, tr("Choose the invitation"), tr("Invitations (*.json *.txt *.invitation);;All files (*)"),
                 [this](const QString& path) { m_view.readFile(path); });
    });
    return card;
}

QWidget* RegistrationPage::makeInvited() {
    auto* card = new Card(this);
    auto* layout = cardLayout(card);
    layout->addWidget(label(tr("You were invited"), "cardTitle", card));
    m_invitation = new FactGrid(card);
    layout->addWidget(m_invitation);
    layout->addWidget(label(tr("Name of this machine"), "secondary", card));
    m_name = new QLineEdit(card);
    m_name->setMaxLength(64);
    m_name->setAccessibleName(tr("Name of this machine"));
    layout->addWidget(m_name);
    layout->addWidget(
        label(tr("The platform sees this name. The keys are made here; their private halves never leave this "
                 "machine."),
              "caption", card));
    m_ca = button(tr("Choose certificate authority…"), card);
    m_caName = label({}, "secondary", card);
    layout->addLayout(buttonRow({m_ca, m_caName}));
    m_join = primaryButton(tr("Make keys and register"), card);
    auto* other = button(tr("Another invitation"), card);
    layout->addLayout(buttonRow({m_join, other}));
    layout->addStretch(1);
    connect(m_ca, &QPushButton::clicked, this, [this] {
        pickFile(this, tr("Choose the platform's certificate authority"),
                 tr("Certificates (*.pem *.crt *.cer);;All files (*)"), [this](const QString& path) {
                     m_caPath = path;
                     m_caName->setText(QFileInfo(path).fileName());
                 });
    });
    connect(m_name, &QLineEdit::textChanged, this,
            [this](const QString& name) { m_join->setEnabled(!name.trimmed().isEmpty()); });
    connect(m_name, &QLineEdit::returnPressed, m_join, &QPushButton::click);
    connect(m_join, &QPushButton::clicked, this, [this] { m_view.join(m_name->text(), m_caPath); });
    connect(other, &QPushButton::clicked, &m_view, &views::RegistrationView::restart);
    return card;
}

QWidget* RegistrationPage::makeWorking() {
    auto* card = new Card(this);
    auto* layout = cardLayout(card);
    layout->addWidget(label(tr("Registering"), "cardTitle", card));
    layout->addWidget(
        label(tr("This machine makes its keys and proves to the platform that it holds them. If your keychain "
                 "asks for permission, please allow it."),
              "secondary", card));
    auto* bar = new QProgressBar(card);
    bar->setRange(0, 0);
    bar->setTextVisible(false);
    bar->setAccessibleName(tr("Registering"));
    layout->addWidget(bar);
    layout->addStretch(1);
    return card;
}

QWidget* RegistrationPage::makeComparing() {
    auto* card = new Card(this);
    auto* layout = cardLayout(card);
    layout->addWidget(label(tr("Is this the platform's key?"), "cardTitle", card));
    layout->addWidget(
        label(tr("The invitation does not say which key is the platform's. Compare these six words with the "
                 "platform, by phone or on paper, not by the way the invitation came."),
              "secondary", card));
    m_words = label({}, "words", card);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_words->setContentsMargins(0, space8, 0, space8);
    layout->addWidget(m_words);
    m_platform = new FactGrid(card, 110);
    layout->addWidget(m_platform);
    auto* accept = primaryButton(tr("The words are the same"), card);
    auto* refuse = button(tr("They differ"), card);
    layout->addLayout(buttonRow({accept, refuse}));
    layout->addStretch(1);
    connect(accept, &QPushButton::clicked, &m_view, &views::RegistrationView::acceptPlatform);
    connect(refuse, &QPushButton::clicked, this, [this] {
        m_view.refusePlatform();
        Q_EMIT left();
    });
    return card;
}

QWidget* RegistrationPage::makeDone() {
    auto* card = new Card(this);
    auto* layout = cardLayout(card);
    layout->addWidget(label(tr("Registered"), "cardTitle", card));
    m_doneText = label({}, nullptr, card);
    layout->addWidget(m_doneText);
    m_offer = label(tr("Make a recovery kit now: if this machine is lost, nothing sealed only for it can be opened "
                       "without one."),
                    "secondary", card);
    layout->addWidget(m_offer);
    m_kit = primaryButton(tr("Make a recovery kit…"), card);
    m_later = button(tr("Show my jobs"), card);
    layout->addLayout(buttonRow({m_kit, m_later}));
    layout->addStretch(1);
    connect(m_kit, &QPushButton::clicked, this, [this] { Q_EMIT finished(true); });
    connect(m_later, &QPushButton::clicked, this, [this] { Q_EMIT finished(false); });
    return card;
}

void RegistrationPage::show() {
    m_band->setVisible(m_view.failure().has_value());
    if (m_view.failure())
        m_band->say(*m_view.failure());
    const Phase phase = m_view.phase();
    const int shown = static_cast<int>(phase);
    const bool entered = shown != m_shown;
    m_shown = shown;
    for (int i = 0; i < static_cast<int>(m_phases.size()); ++i)
        m_phases[static_cast<std::size_t>(i)]->setVisible(i == shown);
    if (!entered)
        return;
    m_close->setText(phase == Phase::Done ? tr("Close") : tr("Cancel"));
    // Where something is typed it is typed at once; of the answers none is chosen beforehand.
    setFocusProxy(phase == Phase::Paste ? static_cast<QWidget*>(m_text) : phase == Phase::Invited ? m_name : nullptr);
    setFocus();
    if (phase == Phase::Paste) {
        m_text->clear();
    } else if (phase == Phase::Invited) {
        const views::InvitationFacts& facts = m_view.invitation();
        m_invitation->clear();
        m_invitation->addText(tr("Platform"), facts.platformHost);
        m_invitation->addText(tr("Valid until"),
                              tr("%1 (%2)").arg(dateTime(facts.expires), fromNow(facts.expires, nowSeconds())));
        m_invitation->addText(tr("Its key"), facts.namesTheKey
                                                 ? tr("named by the invitation")
                                                 : tr("not named: you will be asked to compare six words"));
        m_ca->setVisible(facts.wantsCa);
        m_caName->setVisible(facts.wantsCa);
        if (m_name->text().isEmpty())
            m_name->setText(m_view.suggestedName());
        m_join->setEnabled(!m_name->text().trimmed().isEmpty());
    } else if (phase == Phase::Comparing) {
        m_words->setText(spacedWords(m_view.platformWords()));
        m_platform->clear();
        m_platform->addWidget(tr("Whole key"), fixedLabel(m_view.platformKid()));
    } else if (phase == Phase::Done) {
        const bool hasKit = m_session.keys.kitMadeAt() > 0;
        m_doneText->setText(tr("This machine is registered with %1.").arg(m_view.platformName()));
        m_offer->setVisible(!hasKit);
        m_kit->setVisible(!hasKit);
        m_later->setText(hasKit ? tr("Show my jobs") : tr("Later, show my jobs"));
    }
}

} // namespace sealwright::ui
