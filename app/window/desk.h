#pragma once
#include "app/desktop/folders.h"
#include "models/items/field_path.h"
#include "models/tasks/event_delivery.h"
#include "models/tasks/job_board.h"
#include "models/tasks/services.h"
#include "models/tasks/task.h"
#include "models/views/session.h"

#include <QString>

// What the window's controllers share. Each listens to one page's …Wanted signals, carries them out as tasks, and
// answers with the page's setters. GUI thread, but for the functions that tasks run.
namespace sealwright::window {

inline QString text(const std::string& utf8) {
    return items::textOf(utf8);
}

struct Desk {
    Services services; ///< copied into tasks
    views::Session& session;
    std::string configDir; ///< as the program was started with
    /// Made since; the last is in use, tasks under way may have an older one. They go after all tasks.
    std::vector<std::unique_ptr<desktop::SpoolFolder>> spools = {};
};

/// Who can open something, as the window shows it.
items::Openers toItems(const std::vector<Opener>& openers);
/// Fingerprint words, or nothing for what is no kid.
QString wordsOf(const std::string& kid);

/// Runs `work` and gives its value to `good` or its failure to `bad`, on the GUI thread. The task belongs to `owner`
/// and goes when it has ended.
template <class T>
TaskOf<T>* carryOut(QObject* owner, std::function<Outcome<T>(TaskContext&)> work, std::function<void(T&)> good,
                    std::function<void(const Failure&)> bad) {
    auto* task = startTask<T>(owner, std::move(work));
    QObject::connect(task, &Task::ended, owner, [task, good = std::move(good), bad = std::move(bad)] {
        task->deleteLater();
        if (task->failure())
            bad(*task->failure());
        else
            good(task->result());
    });
    return task;
}

} // namespace sealwright::window
