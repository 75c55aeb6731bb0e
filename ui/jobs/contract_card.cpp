#include "ui/jobs/contract_card.h"

#include "ui/common/band.h"
#include "ui/common/chip.h"
#include "ui/common/fact_grid.h"
#include "ui/common/fitting_scroll.h"
#include "ui/common/flow_layout.h"
#include "ui/common/format.h"
#include "ui/common/metrics.h"
#include "ui/common/pick_file.h"
#include "ui/common/words.h"
#include "ui/jobs/decline_sheet.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sealwright::ui {
namespace {

using namespace Qt::StringLiterals;
using items::JobRow;
using items::JobStanding;

QString kindOf(const QString& mediaType) {
    if (mediaType == u"text/csv")
        return ContractCard::tr("a CSV file");
    if (mediaType == u"application/json")
        return ContractCard::tr("a JSON file");
    if (mediaType == u"application/x-ndjson")
        return ContractCard::tr("a JSON Lines file");
    return ContractCard::tr("a CSV or JSON file");
}

QString sourceOf(const JobRow& job) {
    const QString kind = kindOf(job.mediaType);
    if (job.localSource)
        return ContractCard::tr("%1 that you choose on this machine").arg(kind).toHtmlEscaped();
    QString text =
        ContractCard::tr("%1 in the storage, %2").arg(kind, fixedHtml(job.sourceBucket + u'/' + job.sourceObject));
    if (job.sourceSize)
        text += u", "_s + sizeText(*job.sourceSize).toHtmlEscaped();
    return text;
}

/// Who is told how the job goes.
QString reportsTo(const JobRow& job) {
    if (job.brokerHost.isEmpty())
        return ContractCard::tr("the platform itself").toHtmlEscaped();
    const QString host = job.brokerHost.toHtmlEscaped();
    return job.exchange.isEmpty()
               ? ContractCard::tr("the message broker %1").arg(host)
               : ContractCard::tr("the message broker %1, exchange %2").arg(host, fixedHtml(job.exchange));
}

/// What the job demands, and what it asks to be sent readable. All else starts sealed.
struct Demands {
    QStringList sealed, readable;
};

Demands demandsOf(const JobRow& job) {
    Demands demands;
    for (const auto& field : job.demands) {
        if (field.least == items::FieldState::Readable)
            demands.readable.append(field.path);
        else if (field.least == items::FieldState::Sealed)
            demands.sealed.append(field.path);
        else
            demands.sealed.append(ContractCard::tr("%1 (%2)").arg(field.path, wordFor(field.least).toLower()));
    }
    return demands;
}

} // namespace

QWidget* openersWidget(const items::Openers& openers, QWidget* parent) {
    auto* all = new QWidget(parent);
    auto* layout = new QVBoxLayout(all);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space4);
    auto* chips = new QWidget(all);
    auto* flow = new FlowLayout(chips);
    for (const items::Opener& opener : openers) {
        auto* chip = new Chip(chips);
        chip->setText(wordFor(opener));
        chip->setTone(toneOf(opener));
        chip->setToolTip(plainTip(spacedWords(opener.words) + u'\n' + opener.kid));
        flow->addWidget(chip);
    }
    layout->addWidget(chips);
    layout->addWidget(label(ContractCard::tr("Sealed data can be opened by everyone named here, and by no one else."),
                            "secondary", all));
    return all;
}

ContractCard::ContractCard(views::JobsView& view, QWidget* parent) : Card(parent), m_view(view) {
    setAccessibleName(tr("The job as a contract"));
    m_stack = new QStackedWidget(this);
    auto* nothing = label(tr("Choose a job to see who asks, what leaves, and who can open it."), "secondary", this);
    nothing->setAlignment(Qt::AlignCenter);
    m_stack->addWidget(nothing);
    m_stack->addWidget(makeContract());
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space16, space16, space16, space16);
    layout->addWidget(m_stack);
    connect(&m_view, &views::JobsView::currentChanged, this, &ContractCard::show);
    show();
}

QWidget* ContractCard::makeContract() {
    auto* contract = new QWidget(this);
    m_name = label({}, "title", contract);
    m_purpose = label({}, "secondary", contract);
    m_signed = new Chip(contract);
    m_top = new QHBoxLayout;
    m_top->setSpacing(space8);
    m_top->addWidget(m_name, 1);
    m_top->addWidget(m_signed, 0, Qt::AlignTop);

    m_band = new Band(contract);
    m_facts = new FactGrid(contract, 110);
    m_openers = new FactGrid(contract, 110);
    auto* inner = new QWidget(contract);
    auto* innerLayout = new QVBoxLayout(inner);
    innerLayout->setContentsMargins(0, 0, 0, 0);
    innerLayout->setSpacing(space12);
    innerLayout->addWidget(m_band);
    innerLayout->addWidget(m_facts);
    innerLayout->addStretch(1);

    m_primary = primaryButton({}, contract);
    m_decline = button(tr("Decline…"), contract);
    m_promise = label(tr("Nothing leaves before you have seen it."), "secondary", contract);
    m_promise->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_bar = new QProgressBar(contract);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Fetching the data"));
    m_cancel = button(tr("Cancel"), contract);
    auto* bottom = new QHBoxLayout;
    bottom->setSpacing(space16);
    bottom->addWidget(m_cancel);
    bottom->addWidget(m_primary);
    bottom->addWidget(m_decline);
    bottom->addWidget(m_promise, 1);
    bottom->addStretch(); // where there is no promise, the buttons stay as wide as their words

    auto* layout = new QVBoxLayout(contract);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space12);
    layout->addLayout(m_top);
    layout->addWidget(m_purpose);
    m_scroll = new FittingScroll(inner, contract);
    layout->addWidget(m_scroll);
    layout->addWidget(m_openers);
    layout->addStretch(1);
    layout->addWidget(m_bar);
    layout->addLayout(bottom);
    connect(m_cancel, &QPushButton::clicked, &m_view, &views::JobsView::cancelOpening);
    connect(&m_view, &views::PageView::changed, this, &ContractCard::showOpening);
    connect(m_primary, &QPushButton::clicked, this, &ContractCard::begin);
    connect(m_decline, &QPushButton::clicked, this, &ContractCard::decline);
    return contract;
}

/// Narrow, the chip stands under the name, and the promise makes room for the buttons.
void ContractCard::resizeEvent(QResizeEvent* event) {
    Card::resizeEvent(event);
    constexpr int roomy = 460;
    m_top->setDirection(width() < roomy ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_roomy = width() >= roomy;
    m_top->setStretchFactor(m_name, m_roomy ? 1 : 0);
    m_top->setAlignment(m_signed, m_roomy ? Qt::AlignTop : Qt::AlignLeft);
    if (const JobRow* job = m_view.current())
        showButtons(*job);
}

void ContractCard::show() {
    const JobRow* job = m_view.current();
    m_stack->setCurrentIndex(job ? 1 : 0);
    if (!job)
        return;
    m_name->setText(job->name);
    m_purpose->setText(u"“"_s + job->purpose + u"”"_s);
    m_purpose->setVisible(!job->purpose.isEmpty());
    const bool trusted = job->standing != JobStanding::Refused;
    m_signed->setText(trusted ? tr("Signed by the platform you know") : tr("Refused by this machine"));
    m_signed->setTone(trusted ? Tone::Sealed : Tone::Failed);
    const bool interrupted = job->standing == JobStanding::Interrupted;
    m_band->setVisible(job->failure || interrupted);
    if (job->failure)
        m_band->say(*job->failure);
    else if (interrupted)
        m_band->say(
            Band::Kind::Attention, tr("Sending it was interrupted."),
            tr("It is sealed, checked and kept here: going on sends only what is missing. Giving up removes it, "
               "here and from the storage, and hands the job back."));
    showFacts(*job);
    showButtons(*job);
    if (!isVisible())
        return;
    m_facts->layout()->activate();
    m_scroll->settle();
    m_stack->currentWidget()->layout()->activate();
}

void ContractCard::showFacts(const JobRow& job) {
    QList<Fact> facts;
    facts.append({tr("Who asks"),
                  tr("%1 (key %2)").arg(job.platform.toHtmlEscaped(), fixedHtml(spacedWords(job.platformWords))), true,
                  plainTip(job.platformKid)});
    facts.append({tr("Your data"), sourceOf(job), true});
    const Demands demands = demandsOf(job);
    const QString rest = tr("all other fields are up to you");
    facts.append({tr("Must be sealed"), demands.sealed.isEmpty() ? tr("nothing by name; all fields are up to you")
                                                                 : demands.sealed.join(u", "_s) + u" · "_s + rest});
    if (!demands.readable.isEmpty())
        facts.append({tr("Asked readable"), demands.readable.join(u", "_s)});
    facts.append({tr("Goes to"),
                  tr("%1, bucket %2, folder %3")
                      .arg(job.endpointHost.toHtmlEscaped(), fixedHtml(job.bucket), fixedHtml(job.prefix)),
                  true});
    facts.append({tr("Reports to"), reportsTo(job), true});
    facts.append({tr("Until"), tr("%1 (%2)").arg(dateTime(job.expires), fromNow(job.expires, nowSeconds()))});
    if (job.reportPending)
        facts.append({tr("Report"), tr("Not sent yet. The platform will be told as soon as it can be reached.")});
    m_facts->setFacts(facts);
    m_openers->setVisible(!job.openers.isEmpty());
    if (job.openers == m_shownOpeners)
        return;
    m_shownOpeners = job.openers;
    m_openers->clear();
    m_openers->addWidget(tr("Who can open it"), openersWidget(job.openers, m_openers));
}

void ContractCard::showButtons(const JobRow& job) {
    const bool mayStart = views::JobsView::mayStart(job.standing);
    const bool running = job.standing == JobStanding::Running;
    const bool receipt = job.standing == JobStanding::Done && job.hasReceipt;
    const bool interrupted = job.standing == JobStanding::Interrupted;
    const bool inLine = job.standing == JobStanding::InLine;
    m_primary->setVisible(mayStart || running || receipt || interrupted);
    m_primary->setText(receipt           ? tr("Show receipt")
                       : interrupted     ? tr("Go on")
                       : running         ? tr("Show the run")
                       : job.localSource ? tr("Choose file and fields…")
                                         : tr("See fields…"));
    m_decline->setVisible(views::JobsView::mayDecline(job.standing) || interrupted || inLine);
    m_decline->setText(interrupted ? tr("Give up") : inLine ? tr("Do not run it") : tr("Decline…"));
    m_promise->setVisible((mayStart || inLine) && m_roomy);
    m_promise->setText(inLine ? tr("It begins when the run before it has ended.")
                              : tr("Nothing leaves before you have seen it."));
    m_primary->setEnabled(m_view.opening().isEmpty());
    showOpening();
}

/// Fetching may take a while: how far it is stands where it was begun.
void ContractCard::showOpening() {
    const JobRow* job = m_view.current();
    const bool fetching = job && m_view.opening() == job->id && m_view.openingTotal() > 0;
    m_bar->setVisible(fetching);
    m_cancel->setVisible(fetching);
    if (!fetching)
        return;
    m_primary->hide();
    m_decline->hide();
    m_promise->show();
    m_promise->setText(tr("Fetching %1").arg(sizeOf(m_view.openingDone(), m_view.openingTotal())));
    m_bar->setRange(0, 1000);
    m_bar->setValue(static_cast<int>(1000.0 * static_cast<double>(m_view.openingDone()) /
                                     static_cast<double>(m_view.openingTotal())));
}

void ContractCard::begin() {
    const JobRow* job = m_view.current();
    if (!job)
        return;
    if (job->standing == JobStanding::Interrupted) {
        m_view.goOn(job->id);
    } else if (!views::JobsView::mayStart(job->standing)) {
        m_view.openReceipt(job->id);
    } else if (job->localSource) {
        pickFile(this, tr("Choose the data for %1").arg(job->name),
                 tr("Datasets (*.csv *.tsv *.txt *.json *.jsonl *.ndjson);;All files (*)"),
                 [this, id = job->id](const QString& path) { m_view.openFields(id, path); });
    } else {
        m_view.openFields(job->id, {});
    }
}

void ContractCard::decline() {
    const JobRow* job = m_view.current();
    if (!job)
        return;
    if (job->standing == JobStanding::Interrupted) {
        m_view.giveUp(job->id);
        return;
    }
    if (job->standing == JobStanding::InLine) {
        m_view.leaveLine(job->id);
        return;
    }
    auto* sheet = new DeclineSheet(job->name, job->platform, this);
    connect(sheet, &DeclineSheet::declined, this,
            [this, id = job->id](const QString& reason) { m_view.decline(id, reason); });
    sheet->open();
}

} // namespace sealwright::ui
