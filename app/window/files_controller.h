#pragma once
#include "app/window/file_work.h"

#include "app/window/desk.h"

#include <QPointer>

#include <deque>

namespace sealwright::window {

/// The Files page: seals whatever is dropped, opens packages and datasets. Each line is a task of its own, one after
/// the other: every one of them uses all the processor's cores.
class FilesController : public QObject {
    Q_OBJECT
public:
    FilesController(Desk& desk, QObject* parent);
    /// Who can be chosen: this machine, and everybody in the address book with a recipient key.
    void loadPeople();

private:
    using Work = std::function<Outcome<FileWritten>(TaskContext&)>;
    void describe(int id);
    void seal(int id, const QStringList& kids, const QString& folder);
    void open(int id, const QString& folder);
    void cancel(int id);
    void queue(int id, Work work);
    void next();
    void change(int id, const std::function<void(items::FileRow&)>& set);
    void end(int id, const FileWritten& written);
    void stop(int id, const Failure& failure);

    Desk& m_desk;
    views::FilesView& m_view;
    std::deque<std::pair<int, Work>> m_waiting;
    QPointer<Task> m_task;
    int m_working = 0; ///< the line that m_task is about
};

} // namespace sealwright::window
