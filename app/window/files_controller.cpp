#include "app/window/files_controller.h"

#include <QFileInfo>

#include <algorithm>

namespace sealwright::window {

using items::FileRow;

FilesController::FilesController(Desk& desk, QObject* parent)
    : QObject(parent), m_desk(desk), m_view(desk.session.files) {
    connect(&m_view, &views::FilesView::describeWanted, this, &FilesController::describe);
    connect(&m_view, &views::FilesView::sealWanted, this, &FilesController::seal);
    connect(&m_view, &views::FilesView::openWanted, this, &FilesController::open);
    connect(&m_view, &views::FilesView::cancelWanted, this, &FilesController::cancel);
}

void FilesController::loadPeople() {
    items::Openers known;
    const views::MachineFacts& machine = m_desk.session.machine.facts();
    if (machine.hasKeys)
        known.append({machine.name, machine.words, machine.kid, true, false});
    if (const auto addresses = m_desk.services.ledger->addresses())
        for (const AddressEntry& entry : *addresses)
            if (!entry.signing)
                known.append({text(entry.name), wordsOf(entry.kid), text(entry.kid), false, false});
    m_view.setKnown(known);
}

void FilesController::change(int id, const std::function<void(FileRow&)>& set) {
    if (const FileRow* row = m_view.files()->find(id)) {
        FileRow next = *row;
        set(next);
        m_view.update(next);
    }
}

void FilesController::describe(int id) {
    const FileRow* row = m_view.files()->find(id);
    if (!row)
        return;
    carryOut<FileLook>(
        this, [path = row->path.toStdString()](TaskContext&) { return lookAt(path); },
        [this, id](FileLook& look) {
            change(id, [&](FileRow& line) {
                line.path = text(look.path);
                line.name = QFileInfo(line.path).fileName();
                line.folder = look.folder;
                line.spreadsheet = look.spreadsheet;
                line.dataset = look.dataset;
                if (!look.folder)
                    line.size = look.size;
                if (look.folder || look.dataset)
                    line.work = look.dataset ? FileRow::Work::Open : FileRow::Work::Seal;
            });
        },
        [this, id](const Failure& failure) {
            if (const FileRow* line = m_view.files()->find(id); line && line->stage == FileRow::Stage::Ready)
                stop(id, failure);
        });
}

void FilesController::seal(int id, const QStringList& kids, const QString& folder) {
    const FileRow* row = m_view.files()->find(id);
    if (!row)
        return;
    std::vector<std::string> chosen;
    for (const QString& kid : kids)
        chosen.push_back(kid.toStdString());
    queue(id, [services = m_desk.services, path = row->path.toStdString(), chosen, into = folder.toStdString()](
                  TaskContext& context) { return sealFile(services, path, chosen, into, context); });
}

void FilesController::open(int id, const QString& folder) {
    const FileRow* row = m_view.files()->find(id);
    if (!row)
        return;
    queue(id, [services = m_desk.services, path = row->path.toStdString(), into = folder.toStdString(),
               carry = row->dataset ? openDatasetFile : openPackageFile](TaskContext& context) {
        return carry(services, path, into, context);
    });
}

void FilesController::queue(int id, Work work) {
    change(id, [](FileRow& row) {
        row.stage = FileRow::Stage::Waiting;
        row.failure.reset();
    });
    m_waiting.emplace_back(id, std::move(work));
    next();
}

void FilesController::next() {
    if (m_task || m_waiting.empty())
        return;
    auto [id, work] = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_working = id;
    change(id, [](FileRow& row) { row.stage = FileRow::Stage::Working; });
    const auto over = [this] {
        m_task = nullptr; // it goes a little later
        next();
    };
    m_task = carryOut<FileWritten>(
        this, std::move(work),
        [this, over, line = id](FileWritten& written) {
            end(line, written);
            over();
        },
        [this, over, line = id](const Failure& failure) {
            stop(line, failure);
            over();
        });
    connect(m_task, &Task::progressed, this, [this, line = id](const TaskProgress& progress) {
        change(line, [&](FileRow& row) {
            row.done = progress.done;
            row.total = progress.total;
        });
    });
}

void FilesController::cancel(int id) {
    if (m_task && m_working == id)
        m_task->cancel();
    const auto waiting =
        std::find_if(m_waiting.begin(), m_waiting.end(), [id](const auto& one) { return one.first == id; });
    if (waiting == m_waiting.end())
        return;
    m_waiting.erase(waiting);
    stop(id, Failure(Code::Cancelled));
}

void FilesController::end(int id, const FileWritten& written) {
    change(id, [&](FileRow& row) {
        row.stage = FileRow::Stage::Done;
        row.result = text(written.target);
        if (written.signerKnown)
            row.signer = written.signerName.empty() ? m_desk.session.machine.facts().name : text(written.signerName);
        if (written.reported)
            row.failure = Failure(Code::AuthReported);
    });
}

void FilesController::stop(int id, const Failure& failure) {
    change(id, [&](FileRow& row) {
        const bool cancelled = failure.code == Code::Cancelled;
        row.stage = cancelled ? FileRow::Stage::Cancelled : FileRow::Stage::Failed;
        if (!cancelled)
            row.failure = failure;
    });
}

} // namespace sealwright::window
