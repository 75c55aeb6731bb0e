#pragma once
#include "app/window/desk.h"

#include <map>

namespace sealwright::window {

/// The Files page: seals whatever is dropped, opens packages; each line is a task of its own.
class FilesController : public QObject {
    Q_OBJECT
public:
    FilesController(Desk& desk, QObject* parent);
    /// Who can be chosen: this machine, and everybody in the address book with a recipient key.
    void loadPeople();

private:
    void describe(int id);
    void seal(int id, const QStringList& kids, const QString& folder);
    void open(int id, const QString& folder);
    template <class T>
    void work(int id, std::function<Outcome<T>(TaskContext&)> run, std::function<void(items::FileRow&, T&)> done);

    Desk& m_desk;
    views::FilesView& m_view;
    std::map<int, Task*> m_tasks;
};

} // namespace sealwright::window
