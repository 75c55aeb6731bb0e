#include "ui/common/pick_file.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace sealwright::ui {
namespace {

QFileDialog* dialogFor(QWidget* parent, const QString& title, QFileDialog::FileMode mode) {
    auto* dialog = new QFileDialog(parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowModality(Qt::WindowModal);
    dialog->setFileMode(mode);
    return dialog;
}

/// The folder, or where it is not there yet the nearest one above.
QString nearestFolder(const QString& folder) {
    QDir dir(folder);
    while (!dir.exists() && !dir.isRoot())
        dir.setPath(QFileInfo(dir.path()).path());
    return dir.path();
}

void openOne(QFileDialog* dialog, std::function<void(const QString&)> then) {
    QObject::connect(dialog, &QFileDialog::fileSelected, dialog->parentWidget(), std::move(then));
    dialog->open();
}

} // namespace

void pickFile(QWidget* parent, const QString& title, const QString& filter, std::function<void(const QString&)> then) {
    auto* dialog = dialogFor(parent, title, QFileDialog::ExistingFile);
    if (!filter.isEmpty())
        dialog->setNameFilter(filter);
    openOne(dialog, std::move(then));
}

void pickFiles(QWidget* parent, const QString& title, std::function<void(const QStringList&)> then) {
    auto* dialog = dialogFor(parent, title, QFileDialog::ExistingFiles);
    QObject::connect(dialog, &QFileDialog::filesSelected, parent, std::move(then));
    dialog->open();
}

void pickFolder(QWidget* parent, const QString& title, const QString& start, std::function<void(const QString&)> then) {
    auto* dialog = dialogFor(parent, title, QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    if (!start.isEmpty())
        dialog->setDirectory(nearestFolder(start));
    openOne(dialog, std::move(then));
}

void pickTarget(QWidget* parent, const QString& title, const QString& suggestion,
                std::function<void(const QString&)> then) {
    auto* dialog = dialogFor(parent, title, QFileDialog::AnyFile);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QFileInfo target(suggestion);
    if (target.isAbsolute())
        dialog->setDirectory(nearestFolder(target.absolutePath()));
    dialog->selectFile(target.fileName());
    openOne(dialog, std::move(then));
}

} // namespace sealwright::ui
