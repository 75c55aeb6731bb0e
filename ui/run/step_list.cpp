#include "ui/run/step_list.h"

#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/labels.h"
#include "ui/common/metrics.h"
#include "ui/common/theme.h"

#include <QGridLayout>
#include <QPainter>
#include <QPixmap>

namespace sealwright::ui {
namespace {

using views::RunStep;
using views::StepStage;

/// A tick, a dot or a cross; the word for it is in the accessible name.
QPixmap markOf(StepStage stage, qreal ratio) {
    QPixmap pixmap(QSize(iconSize, iconSize) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRect all(0, 0, iconSize, iconSize);
    if (stage == StepStage::Done)
        paintIcon(painter, all.adjusted(2, 2, -2, -2), "check", colours().sealed);
    else if (stage == StepStage::Failed)
        paintIcon(painter, all.adjusted(2, 2, -2, -2), "close", colours().failed);
    else if (stage == StepStage::Active) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours().readable);
        painter.drawEllipse(QPointF(9, 9), 5, 5);
    }
    return pixmap;
}

QString wordOf(StepStage stage) {
    switch (stage) {
    case StepStage::Waiting:
        return StepList::tr("waiting");
    case StepStage::Active:
        return StepList::tr("under way");
    case StepStage::Done:
        return StepList::tr("done");
    case StepStage::Failed:
        return StepList::tr("not finished");
    }
    return {};
}

} // namespace

StepList::StepList(views::RunView& view, QWidget* parent) : QWidget(parent), m_view(view) {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(0);
    grid->setVerticalSpacing(0);
    grid->setColumnMinimumWidth(0, 42);
    grid->setColumnMinimumWidth(1, 150);
    grid->setColumnStretch(2, 1);
    const QString names[] = {tr("Read"), tr("Seal"), tr("Check"), tr("Upload"), tr("Report")};
    for (int i = 0; i < static_cast<int>(views::runSteps); ++i) {
        auto* mark = new QLabel(this);
        mark->setContentsMargins(7, 0, 0, 0);
        auto* name = label(names[i], nullptr, this);
        name->setFont(Theme::font(Type::Body, true));
        auto* facts = label({}, "secondary", this);
        m_lines[static_cast<std::size_t>(i)] = {mark, facts};
        grid->setRowMinimumHeight(2 * i, tableRow - 1);
        grid->addWidget(mark, 2 * i, 0);
        grid->addWidget(name, 2 * i, 1);
        grid->addWidget(facts, 2 * i, 2);
        grid->addWidget(rule(this), 2 * i + 1, 0, 1, 3);
    }
}

void StepList::show() {
    for (std::size_t i = 0; i < views::runSteps; ++i) {
        const auto step = static_cast<RunStep>(i);
        m_lines[i].mark->setPixmap(markOf(m_view.stage(step), devicePixelRatioF()));
        m_lines[i].mark->setAccessibleName(wordOf(m_view.stage(step)));
        m_lines[i].facts->setText(factsOf(step));
    }
}

QString StepList::factsOf(RunStep step) const {
    const views::RunFacts& facts = m_view.facts();
    const StepStage stage = m_view.stage(step);
    const bool done = stage == StepStage::Done;
    const QString moving =
        stage == StepStage::Active && m_view.total() > 0 ? sizeOf(m_view.done(), m_view.total()) : QString();
    switch (step) {
    case RunStep::Read:
        if (done && facts.records && facts.columns)
            return tr("%1 records, %2 fields, no errors").arg(count(*facts.records), count(*facts.columns));
        return moving.isEmpty() && !done ? tr("every record, before anything is sealed") : moving;
    case RunStep::Seal:
        if (done && facts.values)
            return facts.sealedColumns
                       ? tr("%1 fields, %2 values").arg(count(*facts.sealedColumns), roundCount(*facts.values))
                       : tr("%1 values").arg(roundCount(*facts.values));
        if (moving.isEmpty() && facts.sealedColumns)
            return tr("%n field(s)", nullptr, static_cast<int>(*facts.sealedColumns));
        return moving;
    case RunStep::Check:
        if (done && facts.compared && facts.values)
            return tr("%1 of %2 values opened again and compared").arg(count(*facts.compared), count(*facts.values));
        return moving.isEmpty() && !done ? tr("every value is opened again and compared") : moving;
    case RunStep::Upload:
        if (!moving.isEmpty())
            return tr("%1 to %2").arg(moving, facts.storageHost);
        return facts.storageHost.isEmpty() ? QString() : tr("to %1").arg(facts.storageHost);
    case RunStep::Report:
        return facts.platform.isEmpty() ? QString() : tr("to %1").arg(facts.platform);
    }
    return {};
}

} // namespace sealwright::ui
