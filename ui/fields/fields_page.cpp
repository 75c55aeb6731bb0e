#include "ui/fields/fields_page.h"

#include "ui/common/band.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/common/sheet.h"
#include "ui/common/words.h"
#include "ui/fields/field_list.h"
#include "ui/fields/preview_tables.h"
#include "ui/fields/reading_menu.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealwright::ui {
namespace {

using namespace Qt::StringLiterals;
using items::FieldState;
using views::SourceFacts;

bool isCsv(const views::FieldsView& view) {
    return view.source().kind == SourceFacts::Kind::Csv;
}

QString delimiterName(QChar delimiter) {
    switch (delimiter.unicode()) {
    case u',':
        return FieldsPage::tr("comma");
    case u';':
        return FieldsPage::tr("semicolon");
    case u'\t':
        return FieldsPage::tr("tab");
    case u'|':
        return FieldsPage::tr("vertical bar");
    default:
        return FieldsPage::tr("delimiter %1").arg(delimiter);
    }
}

QString factsOf(const views::FieldsView& view) {
    const SourceFacts& source = view.source();
    QStringList figures;
    if (view.fieldCount() > 0)
        figures.append(isCsv(view) ? FieldsPage::tr("%n column(s)", nullptr, view.fieldCount())
                                   : FieldsPage::tr("%n field(s)", nullptr, view.fieldCount()));
    if (source.records)
        figures.append(*source.records == 1 ? FieldsPage::tr("1 record")
                                            : FieldsPage::tr("%1 records").arg(count(*source.records)));
    else if (view.fieldCount() > 0)
        figures.append(FieldsPage::tr("counting records…"));
    figures.append(sizeText(source.size));
    QStringList form;
    if (source.kind == SourceFacts::Kind::Csv) {
        form << delimiterName(source.delimiter) << source.encoding
             << (source.header ? FieldsPage::tr("with header") : FieldsPage::tr("without header"));
        if (!source.quoting)
            form << FieldsPage::tr("without quotes");
    } else {
        form << (source.kind == SourceFacts::Kind::Json ? FieldsPage::tr("JSON") : FieldsPage::tr("JSON Lines"));
        if (!source.recordsAt.isEmpty())
            form << FieldsPage::tr("records in %1").arg(source.recordsAt);
    }
    QString facts = figures.join(u", "_s) + u" · "_s + form.join(u", "_s);
    if (view.fieldCount() > view.mostColumns)
        facts += u" · "_s +
                 FieldsPage::tr("the tables show the first %1; the list has them all").arg(count(view.mostColumns));
    return facts;
}

/// The first few by name, the rest as a number.
QString named(const QStringList& paths) {
    constexpr qsizetype most = 8;
    if (paths.size() <= most)
        return paths.join(u", "_s);
    return FieldsPage::tr("%1 and %n more", nullptr, static_cast<int>(paths.size() - most))
        .arg(paths.mid(0, most).join(u", "_s));
}

/// A guess is not told to the second.
QString roughly(quint64 seconds) {
    return seconds < 4 ? FieldsPage::tr("a few seconds") : duration(seconds);
}

QString strong(const QString& text) {
    return u"<b>"_s + text.toHtmlEscaped() + u"</b>"_s;
}

} // namespace

FieldsPage::FieldsPage(views::FieldsView& view, QWidget* parent) : Page(tr("Fields"), parent), m_view(view) {
    m_reading = button(tr("How it is read…"), this);
    corner()->addWidget(m_reading);
    connect(m_reading, &QPushButton::clicked, this,
            [this] { makeReadingMenu(m_view, this)->popup(m_reading->mapToGlobal(m_reading->rect().bottomLeft())); });
    auto* columns = new QHBoxLayout;
    columns->setSpacing(space16);
    auto* list = new FieldList(view, this);
    list->setFixedWidth(300);
    columns->addWidget(list);
    columns->addWidget(new PreviewTables(view, this), 1);
    content()->addLayout(columns, 1);

    m_foot = label({}, "secondary", this);
    m_foot->setTextFormat(Qt::RichText);
    auto* back = button(tr("Back"), this);
    m_start = primaryButton(tr("Seal and send…"), this);
    auto* bottom = new QHBoxLayout;
    bottom->setSpacing(space16);
    bottom->addWidget(m_foot, 1);
    bottom->addWidget(back);
    bottom->addWidget(m_start);
    content()->addLayout(bottom);

    connect(back, &QPushButton::clicked, this, [this] { m_view.leave(); });
    connect(m_start, &QPushButton::clicked, this, &FieldsPage::confirm);
    connect(&m_view, &views::PageView::changed, this, &FieldsPage::show);
    connect(&m_view, &views::FieldsView::opened, this, &FieldsPage::show);
    show();
}

void FieldsPage::show() {
    setTitle(tr("Fields of %1").arg(m_view.source().name));
    setFacts(factsOf(m_view));
    m_reading->setVisible(m_view.source().kind != SourceFacts::Kind::JsonLines);
    if (!showFailure(m_view.failure()))
        showBand();
    showFoot();
    m_start->setEnabled(m_view.ready());
}

void FieldsPage::showBand() {
    const int all = m_view.fieldCount();
    band()->setVisible(all > 0);
    if (all == 0)
        return;
    const QStringList readable = m_view.withState(FieldState::Readable);
    if (readable.isEmpty()) {
        band()->say(Band::Kind::Good,
                    isCsv(m_view) ? tr("No column is sent readable.") : tr("No field is sent readable."),
                    tr("Everything is sealed, masked or left out."));
        return;
    }
    const auto sent = static_cast<quint64>(readable.size());
    const QString counted =
        (isCsv(m_view) ? tr("%1 of %2 columns are sent readable:") : tr("%1 of %2 fields are sent readable:"))
            .arg(count(sent), count(static_cast<quint64>(all)));
    const QString rest = readable.size() == all ? tr("%1. Nothing is sealed.")
                                                : tr("%1. Everything else is sealed, masked or left out.");
    band()->say(Band::Kind::Attention, counted, rest.arg(named(readable)));
}

void FieldsPage::showFoot() {
    QStringList leaves{isCsv(m_view) ? tr("the column names") : tr("the field names and shape of each record"),
                       tr("the order and number of records")};
    const quint32 step = m_view.job().policy.padTo;
    leaves.append(step > 1 ? tr("lengths in steps of %1").arg(step) : tr("the length of each value"));
    if (const QStringList equal = m_view.recognisable(); !equal.isEmpty())
        leaves.append(tr("which values of %1 are equal").arg(named(equal)));
    QStringList who;
    for (const items::Opener& opener : m_view.job().openers)
        who.append(strong(nameInSentence(opener)));
    QString text = tr("Also leaves: %1.").arg(listing(leaves).toHtmlEscaped());
    if (!who.isEmpty())
        text += u' ' + tr("Can be opened by %1.").arg(listing(who));
    if (const quint64 bytes = m_view.estimatedSize(); bytes > 0) {
        const auto seconds = m_view.estimatedSeconds();
        text += u' ' + (seconds ? tr("About %1, %2.").arg(sizeText(bytes), roughly(*seconds))
                                : tr("About %1.").arg(sizeText(bytes)));
    }
    m_foot->setText(leaded(text));
}

void FieldsPage::confirm() {
    const QStringList readable = m_view.withState(FieldState::Readable);
    const QString sent =
        readable.isEmpty() ? tr("Nothing is sent readable.") : tr("Sent readable: %1.").arg(named(readable));
    QStringList who;
    for (const items::Opener& opener : m_view.job().openers)
        who.append(nameInSentence(opener));
    auto* sheet =
        new Sheet(tr("Seal and send %1?").arg(m_view.source().name),
                  tr("It is sealed here, opened again and compared, and then sent to %1. %2 It can be opened by %3. "
                     "What has been sent cannot be taken back.")
                      .arg(m_view.job().storageHost, sent, listing(who)),
                  tr("Seal and send"), this);
    auto* straight = checkBox(tr("In one go, with nothing put on this computer's disk"), sheet);
    const QString means = tr(
        "What was sent is read back to be compared. If this is interrupted, it has to begin again; otherwise it goes "
        "on where it was. Where the disk has no room it is done like this anyway.");
    straight->setAccessibleDescription(means);
    auto* meaning = paragraph(means, "secondary", sheet);
    meaning->setIndent(iconSize + space4); // under the box's text
    auto* choice = new QVBoxLayout;
    choice->setSpacing(space4);
    choice->addWidget(straight);
    choice->addWidget(meaning);
    sheet->body()->addLayout(choice);
    connect(sheet, &QDialog::accepted, &m_view, [this, straight] { m_view.start(straight->isChecked()); });
    sheet->open();
}

} // namespace sealwright::ui
