#include "ui/keys/passphrase_sheet.h"

#include "ui/common/labels.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace sealwright::ui {
namespace {

/// A line edit shares its buffer with what text() gives: that is overwritten in place before it is let go. What the
/// edit let go of while somebody typed is out of reach.
void forget(QLineEdit* edit) {
    if (!edit)
        return;
    QString shared = edit->text();
    if (!shared.data_ptr().isMutable()) // none of its own: empty, or a literal
        return;
    std::fill_n(const_cast<QChar*>(shared.constData()), shared.size(), QChar(u'*'));
    edit->clear();
}

using Purpose = PassphraseSheet::Purpose;

bool isNew(Purpose purpose) {
    return purpose == Purpose::MakeKit || purpose == Purpose::MakeKeys;
}

QString titleOf(Purpose purpose) {
    switch (purpose) {
    case Purpose::MakeKit:
        return PassphraseSheet::tr("Make a recovery kit");
    case Purpose::OpenKit:
        return PassphraseSheet::tr("Restore from a recovery kit");
    case Purpose::MakeKeys:
        return PassphraseSheet::tr("Protect this machine's keys");
    case Purpose::OpenKeys:
    case Purpose::OpenKeysAgain:
        return PassphraseSheet::tr("Unlock this machine's keys");
    }
    return {};
}

QString explanationOf(Purpose purpose, const QString& place) {
    switch (purpose) {
    case Purpose::MakeKit:
        return PassphraseSheet::tr("The kit is one file with this machine's keys under a passphrase. Keep the file and "
                                   "the passphrase in two places that are not this machine. Without the passphrase "
                                   "nobody can help.");
    case Purpose::OpenKit:
        return PassphraseSheet::tr("Type the passphrase that the kit was made with.");
    case Purpose::MakeKeys:
        return PassphraseSheet::tr("The keys will lie in %1, under this passphrase. It is asked once after each start. "
                                   "Without it nobody can open what was sealed for this machine.")
            .arg(place);
    case Purpose::OpenKeys:
        return PassphraseSheet::tr("They lie in %1. The passphrase is kept in memory until the program ends.")
            .arg(place);
    case Purpose::OpenKeysAgain:
        return PassphraseSheet::tr("That was not the passphrase of the keys in %1. Capital letters and spaces count.")
            .arg(place);
    }
    return {};
}

QString verbOf(Purpose purpose) {
    switch (purpose) {
    case Purpose::MakeKit:
        return PassphraseSheet::tr("Make the kit");
    case Purpose::OpenKit:
        return PassphraseSheet::tr("Restore");
    case Purpose::MakeKeys:
        return PassphraseSheet::tr("Protect the keys");
    case Purpose::OpenKeys:
    case Purpose::OpenKeysAgain:
        return PassphraseSheet::tr("Unlock");
    }
    return {};
}

Purpose purposeOf(views::UnlockView::Wish wish) {
    switch (wish) {
    case views::UnlockView::Wish::Open:
        return Purpose::OpenKeys;
    case views::UnlockView::Wish::Again:
        return Purpose::OpenKeysAgain;
    case views::UnlockView::Wish::New:
        return Purpose::MakeKeys;
    }
    return Purpose::OpenKeys;
}

} // namespace

PassphraseSheet::PassphraseSheet(Purpose purpose, QWidget* parent, const QString& place)
    : Sheet(titleOf(purpose), explanationOf(purpose, place), verbOf(purpose), parent), m_purpose(purpose) {
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
    if (isNew(purpose))
        m_second = line(tr("The same once more"));
    m_hint = label({}, "caption", this);
    body()->addWidget(m_hint);
    if (purpose == Purpose::OpenKeys || purpose == Purpose::OpenKeysAgain)
        setLeaveText(tr("Not now"));
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
    if (isNew(m_purpose)) {
        if (length < shortest)
            hint = tr("At least %1 characters; several words are easier to keep than signs.").arg(shortest);
        else if (m_first->text() != m_second->text())
            hint = tr("Both lines must be the same.");
    }
    m_hint->setText(hint);
    setVerbEnabled(hint.isEmpty() && length > 0);
}

void showUnlocking(views::UnlockView& view, QWidget* window) {
    QObject::connect(&view, &views::UnlockView::asked, window, [&view, window] {
        auto* sheet = new PassphraseSheet(purposeOf(view.wish()), window, view.place());
        QObject::connect(&view, &views::UnlockView::settled, sheet, &QWidget::close);
        QObject::connect(sheet, &PassphraseSheet::given, &view, &views::UnlockView::give);
        QObject::connect(sheet, &QDialog::rejected, &view, &views::UnlockView::dismiss);
        sheet->open();
    });
}

} // namespace sealwright::ui
