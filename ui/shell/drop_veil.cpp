#include "ui/shell/drop_veil.h"

#include "ui/common/labels.h"
#include "ui/common/metrics.h"

#include <QVBoxLayout>

namespace sealwright::ui {

DropVeil::DropVeil(QWidget* window) : QFrame(window) {
    setProperty("drop", QStringLiteral("veil"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* title = label(tr("Drop it here"), "title", this);
    auto* text = label(tr("A .sealed file is opened, an invitation is read, anything else is sealed. Nothing happens "
                          "before you say so."),
                       "secondary", this);
    for (QLabel* line : {title, text})
        line->setAlignment(Qt::AlignCenter);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(space8);
    layout->addStretch(1);
    layout->addWidget(title);
    layout->addWidget(text);
    layout->addStretch(1);
    hide();
}

void DropVeil::cover() {
    setGeometry(parentWidget()->rect().adjusted(space12, space12, -space12, -space12));
    raise();
    show();
}

} // namespace sealwright::ui
