#pragma once
#include "ui/common/sheet.h"

namespace sealwright::ui {

/// Asks why a job is declined: the platform gets the reason, so it cannot be empty.
class DeclineSheet : public Sheet {
    Q_OBJECT
public:
    DeclineSheet(const QString& job, const QString& platform, QWidget* parent);

Q_SIGNALS:
    void declined(const QString& reason);
};

} // namespace sealwright::ui
