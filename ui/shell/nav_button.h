#pragma once
#include <QAbstractButton>

namespace sealwright::ui {

/// One line of the navigation: icon, name, and a badge where something waits. Checked on the current page.
class NavButton : public QAbstractButton {
    Q_OBJECT
public:
    /// `shortcut` is told in the tooltip; it is the window's to make.
    NavButton(const char* icon, const QString& name, const QString& shortcut, QWidget* parent);
    /// "2", "40 %", or empty for none; `meaning` is what a screen reader says with it.
    void setBadge(const QString& badge, const QString& meaning);
    const QString& badge() const { return m_badge; }
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    const char* m_icon;
    QString m_badge, m_tip;
};

} // namespace sealwright::ui
