#pragma once
#include <QDialog>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace sealwright::ui {

/// A dialog of the product: asks one thing, says what will happen, and its buttons are verbs. Window-modal, shown with
/// open(), gone when it is closed. Return means the verb only where that is enabled.
class Sheet : public QDialog {
    Q_OBJECT
public:
    Sheet(const QString& title, const QString& explanation, const QString& verb, QWidget* parent);

    QVBoxLayout* body() const { return m_body; }
    QPushButton* verbButton() const { return m_verb; }
    void setVerbEnabled(bool enabled);
    /// Another word than "Cancel" for leaving it as it is.
    void setLeaveText(const QString& text);

protected:
    void showEvent(QShowEvent* event) override; ///< as high as its text needs

private:
    QVBoxLayout* m_body;
    QPushButton* m_leave;
    QPushButton* m_verb;
};

} // namespace sealwright::ui
