#include "ui/run/receipt_card.h"

#include "ui/common/band.h"
#include "ui/common/fact_grid.h"
#include "ui/common/format.h"
#include "ui/common/metrics.h"
#include "ui/common/words.h"

#include <QVBoxLayout>

namespace sealwright::ui {

using namespace Qt::StringLiterals;

ReceiptCard::ReceiptCard(QWidget* parent) : Card(parent) {
    m_title = label(tr("Receipt"), "cardTitle", this);
    m_band = new Band(this);
    m_facts = new FactGrid(this, 120); // leaves the smallest window room for the digest
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space16, space16, space16, space16);
    layout->setSpacing(space12);
    layout->addWidget(m_title);
    layout->addWidget(m_band);
    layout->addWidget(m_facts);
}

void ReceiptCard::show(const views::ReceiptFacts& receipt) {
    m_title->setText(tr("Receipt: %1").arg(receipt.jobName));
    const QString compared = tr("%1 of %2 values opened again and compared on this machine before they were signed.")
                                 .arg(count(receipt.compared), count(receipt.values));
    if (receipt.reportPending)
        m_band->say(Band::Kind::Info, tr("Sealed, checked and uploaded. The platform does not know yet."),
                    compared + u' ' +
                        tr("It will be told as soon as it can be reached, also after a restart of this program."));
    else
        m_band->say(Band::Kind::Good, tr("Sealed, checked and received."), compared);
    QStringList who;
    for (const items::Opener& opener : receipt.openers)
        who.append(nameInSentence(opener));
    const auto slash = receipt.object.lastIndexOf(u'/');
    m_facts->clear();
    m_facts->addHtml(tr("Sent"), tr("%1, %2, to %3, %4")
                                     .arg(receipt.object.mid(slash + 1).toHtmlEscaped(), sizeText(receipt.size),
                                          fixedHtml(receipt.bucket + u'/' + receipt.object.left(slash + 1)),
                                          dateTime(receipt.finished)));
    m_facts->addText(tr("Records"), count(receipt.records));
    m_facts->addWidget(tr("SHA-256"), fixedLabel(receipt.sha256, m_facts));
    m_facts->addText(tr("Can be opened by"), who.join(u", "_s));
    m_facts->addText(tr("Sent readable"), receipt.readable.isEmpty() ? tr("nothing") : receipt.readable.join(u", "_s));
    m_facts->addText(tr("Signed by"), tr("%1 (%2)").arg(receipt.signerName, spacedWords(receipt.signerWords)))
        ->setToolTip(plainTip(receipt.signerKid));
}

} // namespace sealwright::ui
