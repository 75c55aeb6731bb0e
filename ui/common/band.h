#pragma once
#include "models/domain/failure.h"

#include <QFrame>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace sealwright::ui {

/// What matters most on a page, as one sentence in a coloured band: the first words strong, the rest after them. A
/// failure also has "Details", which opens its code and a text to copy.
class Band : public QFrame {
    Q_OBJECT
public:
    enum class Kind { Info, Good, Attention, Failure };
    explicit Band(QWidget* parent = nullptr);

    void say(Kind kind, const QString& strong, const QString& rest = {});
    void say(const Failure& failure);
    QString text() const; ///< what is said, without marks
    Kind kind() const { return m_kind; }

private:
    void setKind(Kind kind);
    void showDetails(bool shown);

    Kind m_kind = Kind::Info;
    QString m_plain;
    QLabel* m_label;
    QPushButton* m_toggle;
    QWidget* m_details;
    QPlainTextEdit* m_detailsText;
};

} // namespace sealwright::ui
