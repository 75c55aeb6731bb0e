#pragma once
#include <QDialog>

namespace sealwright::ui {

/// What the program is, its version and licence.
class AboutSheet : public QDialog {
    Q_OBJECT
public:
    explicit AboutSheet(QWidget* parent);
};

} // namespace sealwright::ui
