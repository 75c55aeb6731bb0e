#pragma once
#include "models/views/session.h"

#include <QFrame>

#include <array>

class QButtonGroup;
class QLabel;

namespace sealwright::ui {

class NavButton;

enum class Place { Jobs, Files, Results, Keys, Settings };
inline constexpr int places = 5;

/// The left side: where one can go, what waits there, and which machine this is.
class Navigation : public QFrame {
    Q_OBJECT
public:
    Navigation(views::Session& session, QWidget* parent);
    void setPlace(Place place);
    NavButton* button(Place place) const { return m_buttons[static_cast<std::size_t>(place)]; }

Q_SIGNALS:
    void chosen(sealwright::ui::Place place);
    void helpWanted(const QPoint& at);

private:
    void showBadges();
    void showMachine();

    views::Session& m_session;
    std::array<NavButton*, places> m_buttons{};
    QButtonGroup* m_group;
    QLabel* m_machine;
};

} // namespace sealwright::ui
