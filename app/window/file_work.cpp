#include "app/window/file_work.h"

#include "models/dataset/sniff.h"
#include "models/package/package.h"
#include "models/tasks/dataset_files.h"
#include "models/tasks/opening_keys.h"
#include "models/tasks/small_file.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace sealwright::window {

namespace {

using namespace Qt::StringLiterals;

/// A name in `folder` that nothing has yet: "x.sealed", "x (2).sealed", …
std::string freeName(const QDir& folder, const QString& base, const QString& ending) {
    for (int number = 1;; ++number) {
        const QString name = number == 1 ? base + ending : u"%1 (%2)%3"_s.arg(base).arg(number).arg(ending);
        if (!QFileInfo::exists(folder.filePath(name)))
            return folder.filePath(name).toStdString();
    }
}

QDir folderFor(const QFileInfo& source, const std::string& chosen) {
    return chosen.empty() ? source.absoluteDir() : QDir(QString::fromStdString(chosen));
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

void nameSigner(FileWritten& written, const std::string& kid, const KnownKeys& known) {
    const auto name = known.names.find(kid);
    written.signerKnown = name != known.names.end();
    if (written.signerKnown)
        written.signerName = name->second;
}

/// "patients.sealed.csv" without "sealed"; any other name with a word for what it is now.
QString restoredName(const QFileInfo& data) {
    const QString base = data.completeBaseName();
    return base.endsWith(u".sealed"_s) ? base.chopped(7) : base + u" opened"_s;
}

} // namespace

Outcome<FileLook> lookAt(const std::string& path) {
    FileLook look;
    look.path = path;
    const QFileInfo given(QString::fromStdString(path));
    look.folder = given.isDir();
    if (look.folder)
        return look;
    for (const QString& companion : {u".manifest.json"_s, u".manifest.jws"_s}) {
        const QString data = given.filePath().chopped(std::min(companion.size(), given.filePath().size()));
        if (given.fileName().endsWith(companion) && QFileInfo(data).isFile())
            look.path = data.toStdString();
    }
    const auto source = openFileSource(look.path);
    if (!source)
        return source.failed();
    look.size = (*source)->size();
    look.dataset = QFileInfo(QString::fromStdString(look.path) + u".manifest.json"_s).isFile();
    look.spreadsheet = !look.dataset && dataset::looksLikeSpreadsheet(**source);
    return look;
}

Outcome<FileWritten> sealFile(const Services& services, const std::string& path, const std::vector<std::string>& kids,
                              const std::string& folder, TaskContext& context) {
    auto recipients = recipientsOf(services, kids);
    if (!recipients)
        return recipients.failed();
    const auto keys = loadKeys(services);
    if (!keys)
        return keys.failed();
    const QFileInfo source(QString::fromStdString(path));
    SealRequest request;
    request.sources = {path};
    request.target = freeName(folderFor(source, folder), source.fileName(), u".sealed"_s);
    request.recipients = std::move(*recipients);
    request.threads = services.threads;
    const auto done = sealPackage(request, keys->sig, progressOf(context), context.cancel);
    if (!done)
        return done.failed();
    FileWritten written;
    written.target = request.target;
    return written;
}

Outcome<FileWritten> openPackageFile(const Services& services, const std::string& path, const std::string& folder,
                                     TaskContext& context) {
    auto known = knownKeys(services);
    if (!known)
        return known.failed();
    const QFileInfo package(QString::fromStdString(path));
    OpenRequest request;
    request.check.package = path;
    request.check.known = known->signers;
    request.check.threads = services.threads;
    request.targetFolder = freeName(folderFor(package, folder), package.completeBaseName(), {});
    request.allowUnknownSigner = true; // a person looks on, and is told so
    const auto facts = withDecryptionKeys<PackageFacts>(services, [&](const crypto::DecryptionKey& key) {
        return openPackage(request, key, progressOf(context), context.cancel);
    });
    if (!facts)
        return facts.failed();
    FileWritten written;
    written.target = request.targetFolder;
    if (facts->signer.known)
        nameSigner(written, facts->signer.kid, *known);
    return written;
}

Outcome<FileWritten> openDatasetFile(const Services& services, const std::string& path, const std::string& folder,
                                     TaskContext& context) {
    const auto known = knownKeys(services);
    if (!known)
        return known.failed();
    ReadFileRequest request;
    auto source = openFileSource(path);
    if (!source)
        return source.failed();
    request.data = std::move(*source);
    const std::string manifest = path + ".manifest.json";
    auto text = readSmallFile(manifest, maxManifestBytes);
    if (!text)
        return text.failed();
    auto signature = readSmallFile(signatureBeside(manifest));
    if (!signature)
        return signature.failed();
    while (!signature->empty() && (signature->back() == '\n' || signature->back() == '\r'))
        signature->pop_back();
    request.manifestText = std::move(*text);
    request.signatureText = std::move(*signature);
    request.anySigner = true; // as above
    const QFileInfo data(QString::fromStdString(path));
    const QString ending = data.suffix().isEmpty() ? QString() : u'.' + data.suffix();
    FileWritten written;
    written.target = freeName(folderFor(data, folder), restoredName(data), ending);
    auto file = FileSink::create(written.target, false);
    if (!file)
        return file.failed();
    const auto read = readDataset(services, request, file->get(), true, context);
    if (!read)
        return read.failed();
    if (auto committed = (*file)->commit(); !committed)
        return committed.failed();
    for (const pipeline::Finding& finding : read->read.findings)
        written.reported = written.reported || finding.kind != pipeline::Finding::Kind::UnknownSigner;
    if (!read->signerKid.empty())
        nameSigner(written, read->signerKid, *known);
    return written;
}

} // namespace sealwright::window
