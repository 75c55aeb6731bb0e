#include "ui/common/band.h"

#include "ui/common/error_sentences.h"
#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace sealwright::ui {

using namespace Qt::StringLiterals;

Band::Band(QWidget* parent) : QFrame(parent) {
    m_label = label({}, nullptr, this);
    m_label->setTextFormat(Qt::RichText);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_toggle = linkButton(tr("Details"), this);
    m_toggle->setCheckable(true);
    m_detailsText = new QPlainTextEdit(this);
    m_detailsText->setReadOnly(true);
    m_detailsText->setFont(Theme::fixedFont(Type::Caption));
    m_detailsText->setFixedHeight(104);
    m_detailsText->setAccessibleName(tr("Details of the failure"));
    auto* copy = linkButton(tr("Copy"), this);

    m_details = new QWidget(this);
    auto* detailsLayout = new QVBoxLayout(m_details);
    detailsLayout->setContentsMargins(0, space4, 0, 0);
    detailsLayout->setSpacing(space4);
    detailsLayout->addWidget(m_detailsText);
    detailsLayout->addWidget(copy);
    m_details->hide();
    m_toggle->hide();

    auto* line = new QHBoxLayout;
    line->setSpacing(space12);
    line->addWidget(m_label, 1);
    line->addWidget(m_toggle, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space12, space8, space12, space8);
    layout->setSpacing(0);
    layout->addLayout(line);
    layout->addWidget(m_details);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);

    connect(m_toggle, &QPushButton::toggled, this, &Band::showDetails);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_plain + u'\n' + m_detailsText->toPlainText()); });
}

/// The style sheet chooses by the property: what has it, and what stands in it, is dressed again.
void Band::setKind(Kind kind) {
    if (kind == m_kind && property("band").isValid())
        return;
    static constexpr const char* names[] = {"info", "good", "attention", "failure"};
    m_kind = kind;
    setProperty("band", QString::fromLatin1(names[static_cast<int>(kind)]));
    QList<QWidget*> all = findChildren<QWidget*>();
    all.append(this);
    for (QWidget* widget : std::as_const(all)) {
        style()->unpolish(widget);
        style()->polish(widget);
    }
}

void Band::say(Kind kind, const QString& strong, const QString& rest) {
    setKind(kind);
    m_plain = rest.isEmpty() ? strong : strong + u' ' + rest;
    m_label->setText(leaded(u"<b>"_s + strong.toHtmlEscaped() + u"</b> "_s + rest.toHtmlEscaped()));
    setAccessibleName(m_plain);
    m_toggle->setChecked(false);
    m_toggle->hide();
    m_details->hide();
}

void Band::say(const Failure& failure) {
    const ErrorSentences sentences = sentencesFor(failure);
    say(Kind::Failure, sentences.happened, sentences.meaning + u' ' + sentences.next);
    m_detailsText->setPlainText(detailsOf(failure));
    m_toggle->show();
}

QString Band::text() const {
    return m_plain;
}

void Band::showDetails(bool shown) {
    m_details->setVisible(shown);
    m_toggle->setText(shown ? tr("Hide details") : tr("Details"));
}

} // namespace sealwright::ui
