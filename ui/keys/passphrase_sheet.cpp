#include "ui/keys/passphrase_sheet.h"

#include "ui/common/labels.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealwright::ui {
namespace {

/// A line edit keeps its text in one buffer of its own: overwritten by as many other characters before it is cleared.
void forget(QLineEdit* edit) {
    if (!edit)
        return;
    edit->setText(QString(edit->text().size(), QChar(u'*')));
    edit->clear();
}

} // namespace

PassphraseSheet::PassphraseSheet(Purpose purpose, QWidget* parent)
    : Sheet(purpose == Purpose::Make ? tr("Make a recovery kit") : tr("Restore from a recovery kit"),
            purpose == Purpose::Make ? tr("The kit is one file with this machine's keys under a passphrase. Keep the "
                                          "file and the passphrase in two "
                                          "places that are not this machine. Without the passphrase nobody can help.")
                                     : tr("Type the passphrase that the kit was made with."),
            purpose == Purpose::Make ? tr("Make the kit") : tr("Restore"), parent),
      m_purpose(purpose) {
    const auto line = [this](const QString& text) {
        auto* edit = new QLineEdit(this);
        edit->setEchoMode(QLineEdit::Password);
        edit->setPlaceholderText(text);
        edit->setAccessibleName(text);
        body()->addWidget(edit);
        connect(edit, &QLineEdit::textChanged, this, &PassphraseSheet::judge);
        return edit;
    };
    m_first = line(tr("Passphrase"));
    if (purpose == Purpose::Make)
        m_second = line(tr("The same once more"));
    m_hint = label({}, "caption", this);
    body()->addWidget(m_hint);
    connect(this, &QDialog::accepted, this, [this] {
        QString typed = m_first->text();
        Q_EMIT given(views::takePassphrase(typed));
    });
    judge();
    m_first->setFocus();
}

PassphraseSheet::~PassphraseSheet() {
    forget(m_first);
    forget(m_second);
}

void PassphraseSheet::judge() {
    const auto length = m_first->text().size();
    QString hint;
    if (m_purpose == Purpose::Make) {
        if (length < shortest)
            hint = tr("At least %1 characters; several words are easier to keep than signs.").arg(shortest);
        else if (m_first->text() != m_second->text())
            hint = tr("Both lines must be the same.");
    }
    m_hint->setText(hint);
    setVerbEnabled(hint.isEmpty() && length > 0);
}

} // namespace sealwright::ui
