#include "ui/jobs/decline_sheet.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace sealwright::ui {

DeclineSheet::DeclineSheet(const QString& job, const QString& platform, QWidget* parent)
    : Sheet(
          tr("Decline “%1”?").arg(job),
          tr("Nothing is read or sent. %1 is told, with your reason; the job cannot be taken up again.").arg(platform),
          tr("Decline"), parent) {
    auto* reason = new QPlainTextEdit(this);
    reason->setPlaceholderText(tr("Why? The platform reads this."));
    reason->setAccessibleName(tr("Reason"));
    reason->setTabChangesFocus(true);
    reason->setFixedHeight(96);
    body()->addWidget(reason);
    setVerbEnabled(false);
    connect(reason, &QPlainTextEdit::textChanged, this,
            [this, reason] { setVerbEnabled(!reason->toPlainText().trimmed().isEmpty()); });
    connect(this, &QDialog::accepted, this, [this, reason] { Q_EMIT declined(reason->toPlainText()); });
    reason->setFocus();
}

} // namespace sealwright::ui
