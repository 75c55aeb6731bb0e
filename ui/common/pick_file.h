#pragma once
#include <QStringList>

#include <functional>

class QWidget;

// File dialogs, window-modal and without a nested event loop. `then` is called once, and not at all where nothing was
// chosen; never after `parent` has gone.
namespace sealwright::ui {

void pickFile(QWidget* parent, const QString& title, const QString& filter, std::function<void(const QString&)> then);
void pickFiles(QWidget* parent, const QString& title, std::function<void(const QStringList&)> then);
void pickFolder(QWidget* parent, const QString& title, const QString& start, std::function<void(const QString&)> then);
/// The person is asked before an existing file is chosen.
void pickTarget(QWidget* parent, const QString& title, const QString& suggestion,
                std::function<void(const QString&)> then);

} // namespace sealwright::ui
