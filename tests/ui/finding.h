#pragma once
#include <QApplication>
#include <QPushButton>
#include <QTableView>

// What a person finds by looking at the window; nothing where it is not there.
namespace sealwright::tests {

/// The button in sight whose words begin so.
inline QPushButton* buttonNamed(const QWidget* in, const QString& beginning) {
    for (auto* button : in->findChildren<QPushButton*>())
        if (button->text().startsWith(beginning) && button->isVisible())
            return button;
    return nullptr;
}
/// The window of its own, a sheet or a menu, that is shown.
template <class T>
T* topLevel() {
    for (QWidget* widget : QApplication::topLevelWidgets())
        if (auto* found = qobject_cast<T*>(widget); found && found->isVisible())
            return found;
    return nullptr;
}
/// The table that a screen reader calls so.
inline QTableView* table(const QWidget* in, const QString& name) {
    for (auto* found : in->findChildren<QTableView*>())
        if (found->accessibleName() == name)
            return found;
    return nullptr;
}

} // namespace sealwright::tests
