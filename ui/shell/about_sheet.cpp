#include "ui/shell/about_sheet.h"

#include "ui/common/labels.h"
#include "ui/common/metrics.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace sealwright::ui {

AboutSheet::AboutSheet(QWidget* parent) : QDialog(parent) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setWindowTitle(tr("About Sealwright"));
    setMinimumWidth(420);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(pageMargin, pageMargin, pageMargin, pageMargin);
    layout->setSpacing(space12);
    layout->addWidget(label(tr("Sealwright %1").arg(QStringLiteral(SEALWRIGHT_VERSION)), "title", this));
    layout->addWidget(label(tr("Seals datasets field by field on this machine, before they leave it."), nullptr, this));
    layout->addWidget(
        label(tr("Free software under the Apache License 2.0. The formats are open: what was sealed can be "
                 "opened by other programs too."),
              "secondary", this));
    auto* close = button(tr("Close"), this);
    layout->addWidget(close, 0, Qt::AlignRight);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
}

} // namespace sealwright::ui
