#include "ui/run/run_page.h"

#include "ui/common/band.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/run/receipt_card.h"
#include "ui/run/step_list.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealwright::ui {

using namespace Qt::StringLiterals;

RunPage::RunPage(views::RunView& view, QWidget* parent) : Page(tr("Sealing and sending"), parent), m_view(view) {
    m_progress = makeProgress();
    m_receipt = new ReceiptCard(this);
    content()->addWidget(m_progress);
    content()->addWidget(m_receipt);
    content()->addStretch(1);
    m_back = button(tr("Back to jobs"), this);
    auto* bottom = new QHBoxLayout;
    bottom->addStretch(1);
    bottom->addWidget(m_back);
    content()->addLayout(bottom);
    connect(m_back, &QPushButton::clicked, this, [this] { m_view.leave(); });
    connect(&m_view, &views::PageView::changed, this, &RunPage::show);
    connect(&m_view, &views::RunView::receiptShown, this, &RunPage::show);
    show();
}

void RunPage::showStraight() {
    using Straight = views::RunFacts::Straight;
    const views::RunFacts& facts = m_view.facts();
    band()->setVisible(facts.straight != Straight::No);
    const QString meaning = tr("Nothing is put on this computer's disk, and what was sent is read back to be compared. "
                               "If this is interrupted, it has to begin again.");
    if (facts.straight == Straight::NoRoom)
        band()->say(Band::Kind::Info,
                    tr("Sealed and sent in one go: the disk has %1 free, and %2 may be needed.")
                        .arg(sizeText(facts.roomFree), sizeText(facts.roomNeeded)),
                    meaning);
    else if (facts.straight == Straight::Wished)
        band()->say(Band::Kind::Info, tr("Sealed and sent in one go."), meaning);
}

QWidget* RunPage::makeProgress() {
    auto* card = new Card(this);
    m_steps = new StepList(m_view, card);
    m_bar = new QProgressBar(card);
    m_bar->setTextVisible(false);
    m_bar->setRange(0, 1000);
    m_bar->setAccessibleName(tr("Progress of the step"));
    m_rate = label({}, "secondary", card);
    m_pause = button(tr("Pause"), card);
    m_cancel = button(tr("Cancel"), card);
    auto* bottom = new QHBoxLayout;
    bottom->addWidget(m_rate, 1, Qt::AlignTop);
    bottom->addWidget(m_pause);
    bottom->addWidget(m_cancel);
    auto* layout = new QVBoxLayout(card);
    layout->setContentsMargins(space16, space16, space16, space16);
    layout->setSpacing(space12);
    layout->addWidget(m_steps);
    layout->addWidget(m_bar);
    layout->addLayout(bottom);
    connect(m_pause, &QPushButton::clicked, this, [this] { m_view.paused() ? m_view.goOn() : m_view.pause(); });
    connect(m_cancel, &QPushButton::clicked, &m_view, &views::RunView::cancel);
    return card;
}

void RunPage::show() {
    const QString& name = m_view.facts().jobName;
    const bool running = m_view.running();
    const bool done = m_view.receipt().has_value();
    setTitle(running              ? tr("Sealing and sending %1").arg(name)
             : done               ? tr("Sent: %1").arg(name)
             : m_view.cancelled() ? tr("Cancelled: %1").arg(name)
                                  : tr("Not sent: %1").arg(name));
    if (!showFailure(m_view.failure()) && m_view.cancelled()) {
        band()->say(Band::Kind::Info, tr("Cancelled."), tr("Nothing was sent, and nothing half done was left behind."));
        band()->show();
    } else if (!m_view.failure() && running)
        showStraight();
    m_progress->setVisible(!done);
    m_receipt->setVisible(done);
    if (done)
        m_receipt->show(*m_view.receipt());
    m_steps->show();
    m_bar->setVisible(running);
    m_pause->setVisible(running);
    m_cancel->setVisible(running);
    m_rate->setVisible(running);
    if (!running)
        return;
    m_bar->setRange(0, m_view.total() > 0 ? 1000 : 0);
    if (m_view.total() > 0)
        m_bar->setValue(
            static_cast<int>(1000.0 * static_cast<double>(m_view.done()) / static_cast<double>(m_view.total())));
    m_cancel->setEnabled(!m_view.cancelling());
    m_cancel->setText(m_view.cancelling() ? tr("Cancelling…") : tr("Cancel"));
    m_pause->setEnabled(!m_view.cancelling());
    m_pause->setText(m_view.paused() ? tr("Go on") : tr("Pause"));
    QStringList parts;
    if (m_view.paused())
        parts.append(tr("Paused"));
    if (m_view.total() > 0)
        parts.append(sizeOf(m_view.done(), m_view.total()));
    if (m_view.rate() > 0)
        parts.append(rate(m_view.rate()));
    if (const auto left = m_view.secondsLeft())
        parts.append(secondsLeft(*left));
    if (!m_view.line().isEmpty())
        parts.append(tr("%n more job(s) waiting", nullptr, static_cast<int>(m_view.line().size())));
    m_rate->setText(parts.join(u" · "_s));
}

} // namespace sealwright::ui
