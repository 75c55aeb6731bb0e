#pragma once
#include <QWidget>

namespace sealwright::ui {

/// The first page of a first start, and later from the help menu: three ways in.
class WelcomePage : public QWidget {
    Q_OBJECT
public:
    explicit WelcomePage(QWidget* parent = nullptr);

Q_SIGNALS:
    void invitationWanted();
    void protectWanted();
    void openWanted();
    void skipped();

private:
    QWidget* entrance(const QString& title, const QString& text, const QString& verb, void (WelcomePage::*wanted)());
};

} // namespace sealwright::ui
