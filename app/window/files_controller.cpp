#include "app/window/files_controller.h"

#include "models/dataset/sniff.h"
#include "models/package/package.h"
#include "models/tasks/machine.h"

#include <QDir>
#include <QFileInfo>

namespace sealwright::window {

namespace {

/// A name in `folder` that nothing has yet: "x.sealed", "x (2).sealed", …
QString freeName(const QDir& folder, const QString& base, const QString& ending) {
    for (int number = 1;; ++number) {
        const QString name =
            number == 1 ? base + ending : QStringLiteral("%1 (%2)%3").arg(base).arg(number).arg(ending);
        if (!QFileInfo::exists(folder.filePath(name)))
            return folder.filePath(name);
    }
}

/// The machine's own key and those of the address book, by kid.
Outcome<std::vector<PackageRecipient>> recipientsOf(const Services& services, const std::vector<std::string>& kids) {
    std::vector<PackageRecipient> recipients;
    const auto add = [&](const std::string& kid, const std::string& jwk, const std::string& name) -> Outcome<void> {
        if (std::find(kids.begin(), kids.end(), kid) == kids.end())
            return {};
        const auto keys = readPublicKeys(jwk);
        if (!keys || keys->enc.empty())
            return fail(Code::ProfileFailed);
        recipients.push_back({keys->enc.front(), name});
        return {};
    };
    const auto own = services.ledger->keys();
    const auto facts = machineFacts(services, false);
    const auto addresses = services.ledger->addresses();
    if (!own || !facts || !addresses)
        return fail(Code::ProfileFailed);
    for (const KeyRecord& key : *own)
        if (!key.signing)
            if (auto added = add(key.kid, key.publicJwk, facts->name); !added)
                return added.failed();
    for (const AddressEntry& entry : *addresses)
        if (!entry.signing)
            if (auto added = add(entry.kid, entry.jwk, entry.name); !added)
                return added.failed();
    return recipients;
}

PackageProgress progressOf(TaskContext& context) {
    return [&context](std::uint64_t done, std::uint64_t total) {
        context.progress({Step::Seal, done, total, 0, 0, 0});
    };
}

} // namespace

FilesController::FilesController(Desk& desk, QObject* parent)
    : QObject(parent), m_desk(desk), m_view(desk.session.files) {
    connect(&m_view, &views::FilesView::describeWanted, this, &FilesController::describe);
    connect(&m_view, &views::FilesView::sealWanted, this, &FilesController::seal);
    connect(&m_view, &views::FilesView::openWanted, this, &FilesController::open);
    connect(&m_view, &views::FilesView::cancelWanted, this, [this](int id) {
        if (const auto task = m_tasks.find(id); task != m_tasks.end())
            task->second->cancel();
    });
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

void FilesController::describe(int id) {
    const items::FileRow* row = m_view.files()->find(id);
    if (!row || row->folder || row->work == items::FileRow::Work::Open)
        return;
    carryOut<bool>(
        this,
        [path = row->path.toStdString()](TaskContext&) -> Outcome<bool> {
            const auto source = openFileSource(path);
            if (!source)
                return source.failed();
            return dataset::looksLikeSpreadsheet(**source);
        },
        [this, id](bool& spreadsheet) {
            if (const items::FileRow* now = m_view.files()->find(id)) {
                items::FileRow known = *now;
                known.spreadsheet = spreadsheet;
                m_view.update(known);
            }
        },
        [](const Failure&) {}); // sealing says it, should it stay so
}

template <class T>
void FilesController::work(int id, std::function<Outcome<T>(TaskContext&)> run,
                           std::function<void(items::FileRow&, T&)> done) {
    const auto change = [this, id](const std::function<void(items::FileRow&)>& set) {
        if (const items::FileRow* row = m_view.files()->find(id)) {
            items::FileRow next = *row;
            set(next);
            m_view.update(next);
        }
    };
    change([](items::FileRow& row) {
        row.stage = items::FileRow::Stage::Working;
        row.failure.reset();
    });
    Task* task = carryOut<T>(
        this, std::move(run),
        [this, id, change, done](T& result) {
            m_tasks.erase(id);
            change([&](items::FileRow& row) {
                row.stage = items::FileRow::Stage::Done;
                done(row, result);
            });
        },
        [this, id, change](const Failure& failure) {
            m_tasks.erase(id);
            change([&](items::FileRow& row) {
                const bool cancelled = failure.code == Code::Cancelled;
                row.stage = cancelled ? items::FileRow::Stage::Cancelled : items::FileRow::Stage::Failed;
                if (!cancelled)
                    row.failure = failure;
            });
        });
    m_tasks[id] = task;
    connect(task, &Task::progressed, this, [change](const TaskProgress& progress) {
        change([&](items::FileRow& row) {
            row.done = progress.done;
            row.total = progress.total;
        });
    });
}

void FilesController::seal(int id, const QStringList& kids, const QString& folder) {
    const items::FileRow* row = m_view.files()->find(id);
    if (!row)
        return;
    const QFileInfo source(row->path);
    SealRequest request;
    request.sources = {row->path.toStdString()};
    request.target =
        freeName(QDir(folder.isEmpty() ? source.absolutePath() : folder), source.fileName(), QStringLiteral(".sealed"))
            .toStdString();
    request.threads = m_desk.services.threads;
    std::vector<std::string> chosen;
    for (const QString& kid : kids)
        chosen.push_back(kid.toStdString());
    work<SealedPackage>(
        id,
        [services = m_desk.services, request, chosen](TaskContext& context) mutable -> Outcome<SealedPackage> {
            auto recipients = recipientsOf(services, chosen);
            if (!recipients)
                return recipients.failed();
            request.recipients = std::move(*recipients);
            const auto keys = loadKeys(services);
            if (!keys)
                return keys.failed();
            return sealPackage(request, keys->sig, progressOf(context), context.cancel);
        },
        [target = request.target](items::FileRow& line, SealedPackage&) { line.result = text(target); });
}

void FilesController::open(int id, const QString& folder) {
    const items::FileRow* row = m_view.files()->find(id);
    if (!row)
        return;
    const QFileInfo package(row->path);
    OpenRequest request;
    request.check.package = row->path.toStdString();
    request.check.threads = m_desk.services.threads;
    request.targetFolder =
        freeName(QDir(folder.isEmpty() ? package.absolutePath() : folder), package.completeBaseName(), {})
            .toStdString();
    request.allowUnknownSigner = true; // a person looks on, and is told so
    work<PackageFacts>(
        id,
        [services = m_desk.services, request](TaskContext& context) mutable -> Outcome<PackageFacts> {
            auto known = knownKeys(services);
            if (!known)
                return known.failed();
            request.check.known = std::move(known->signers);
            const auto keys = loadKeys(services);
            if (!keys)
                return keys.failed();
            return openPackage(request, keys->dec, progressOf(context), context.cancel);
        },
        [this, target = request.targetFolder](items::FileRow& line, PackageFacts& facts) {
            line.result = text(target);
            const auto known = knownKeys(m_desk.services);
            if (!facts.signer.known || !known)
                return;
            const auto name = known->names.find(facts.signer.kid);
            line.signer = name == known->names.end() ? QString()
                          : name->second.empty()     ? m_desk.session.machine.facts().name
                                                     : text(name->second);
        });
}

} // namespace sealwright::window
