#include "ui/keys/kit_card.h"

#include "ui/common/band.h"
#include "ui/common/format.h"
#include "ui/common/metrics.h"
#include "ui/common/pick_file.h"
#include "ui/keys/passphrase_sheet.h"

#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace sealwright::ui {

using namespace Qt::StringLiterals;

KitCard::KitCard(views::Session& session, QWidget* parent) : Card(parent), m_session(session), m_view(session.keys) {
    m_band = new Band(this);
    m_text =
        label(tr("A recovery kit holds this machine's keys under a passphrase. You can make one once there are keys."),
              "secondary", this);
    m_make = primaryButton(tr("Make a recovery kit…"), this);
    m_make->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space16, space16, space16, space16);
    layout->setSpacing(space12);
    layout->addWidget(label(tr("Recovery kit"), "cardTitle", this));
    layout->addWidget(m_band);
    layout->addWidget(m_text);
    layout->addWidget(m_make);
    layout->addStretch(1);
    connect(m_make, &QPushButton::clicked, this, &KitCard::make);
    connect(&m_view, &views::PageView::changed, this, &KitCard::show);
    show();
}

void KitCard::show() {
    const bool keys = m_view.recipientKey().has_value();
    const bool made = m_view.kitMadeAt() > 0;
    m_band->setVisible(keys);
    m_text->setVisible(!keys);
    m_make->setVisible(keys);
    m_make->setEnabled(!m_view.busy());
    m_make->setText(m_view.busy() ? tr("One moment…") : made ? tr("Make another kit…") : tr("Make a recovery kit…"));
    m_make->setProperty("kind", made ? QString() : u"primary"_s);
    m_make->style()->unpolish(m_make);
    m_make->style()->polish(m_make);
    if (made)
        m_band->say(Band::Kind::Good, tr("Made %1.").arg(longDate(m_view.kitMadeAt())),
                    tr("Keep it and its passphrase in two places that are not this machine."));
    else if (keys)
        m_band->say(Band::Kind::Attention, tr("No recovery kit yet."),
                    tr("If this machine is lost, nothing sealed only for it can ever be opened again."));
}

void KitCard::make() {
    pickTarget(this, tr("Save the recovery kit"),
               tr("Sealwright recovery kit, %1.txt").arg(m_session.machine.facts().name), [this](const QString& path) {
                   auto* sheet = new PassphraseSheet(PassphraseSheet::Purpose::MakeKit, this);
                   connect(sheet, &PassphraseSheet::given, this,
                           [this, path](const views::Passphrase& passphrase) { m_view.makeKit(path, passphrase); });
                   sheet->open();
               });
}

} // namespace sealwright::ui
