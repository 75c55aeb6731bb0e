#pragma once
#include "app/window/desk.h"

#include <QHash>
#include <QPointer>

namespace sealwright::window {

/// The Jobs page: list, decline, and the way to fields and receipts.
class JobsController : public QObject {
    Q_OBJECT
public:
    JobsController(Desk& desk, QObject* parent);

    void refresh();
    /// As last listed; null where there is none of that id.
    const BoardJob* find(const std::string& jobId) const;
    const Board& board() const { return m_board; }

Q_SIGNALS:
    void fieldsWanted(const QString& jobId, const QString& path);
    void platformHeard(); ///< it was asked for jobs, and answered or not: what it says of this machine is kept

private:
    void decline(const QString& id, const QString& reason);
    void giveUp(const QString& id);
    bool isRunHere(const QString& jobId) const;
    void showLine();

    Desk& m_desk;
    views::JobsView& m_view;
    Board m_board;
    QHash<QString, items::JobStanding> m_before; ///< how jobs stood that wait in line now
    QPointer<Task> m_task;
    bool m_again = false; ///< asked for while it was being listed
};

} // namespace sealwright::window
