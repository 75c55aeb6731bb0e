#include "crypto/stream/digest.h"
#include "models/package/package.h"
#include "models/package/stored_part.h"
#include "models/package/zip_layout.h"
#include "tests/fuzz/known_keys.h"
#include "tests/fuzz/memory_file.h"
#include "tests/package/folder_contents.h"

#include <QTemporaryDir>

// Whole packages, opened to a folder. The first byte of an input chooses what it is: the package's bytes; or the index
// and what the payloads hold, sealed and signed here, so that only what is inside an authentic package can be wrong.
namespace sealwright::fuzz {
namespace {

using namespace package;

std::string sealedStream(std::string_view plaintext, const std::string& name) {
    std::string stored;
    const auto sink = [](void* out, ByteView bytes) {
        static_cast<std::string*>(out)->append(asText(bytes));
        return true;
    };
    auto sealer = crypto::StreamSealer::make(crypto::derivePayloadKey(knownDek(), knownRun(), name), sink, &stored);
    must(sealer->write(asBytes(plaintext)) && sealer->finish(), "sealed");
    return stored;
}

/// A ZIP that grows entry by entry.
struct Zip {
    std::string bytes;
    std::vector<ZipEntry> entries;
    void add(std::string name, std::string_view content) {
        ZipEntry entry;
        entry.name = std::move(name);
        entry.size = content.size();
        entry.crc = crcOf(asBytes(content));
        place(entry, bytes.size());
        bytes += localHeader(entry);
        bytes += content;
        entries.push_back(std::move(entry));
    }
};

std::string authentic(const std::vector<std::string_view>& parts, bool zstd) {
    static const std::string wrapped = crypto::wrapKey(knownDek(), machineKey().publicKey()).value();
    Manifest manifest;
    manifest.isPackage = true;
    manifest.datasetId = *knownAnswers().find("dataset_id")->string();
    manifest.recipients = {{std::string(machineEncKid), "RSA-OAEP-256", wrapped, {}}};
    manifest.runs.push_back({knownRun(), crypto::commitment(knownDek(), knownRun()), {}, {}});
    manifest.package = PackageInfo{"A256GCM", zstd};
    Zip zip;
    zip.add(std::string(mimetypeName), mimetype);
    for (std::size_t i = 1; i <= parts.size(); ++i) {
        const std::string name = i < parts.size() ? payloadName(i) : std::string(indexName);
        const std::string stored = sealedStream(parts[i % parts.size()], name);
        crypto::BlockDigest digest(crypto::packageBlock);
        digest.update(asBytes(stored));
        manifest.content.push_back({name, stored.size(), digest.finish(), {}});
        zip.add(name, stored);
    }
    const std::string document = writeManifest(manifest);
    zip.add(std::string(manifestName), document);
    zip.add(std::string(signatureName), crypto::signDetached("sealwright-manifest", document, signer(machineSigKid)));
    return zip.bytes + centralDirectory(zip.entries, zip.bytes.size());
}

/// In memory where the system has such a place: what is opened is synced.
const QTemporaryDir& scratch() {
    const QString memory = QStringLiteral("/dev/shm");
    static const QTemporaryDir folder((QDir(memory).exists() ? memory : QDir::tempPath()) +
                                      QStringLiteral("/fuzz-package-XXXXXX"));
    return folder;
}

/// All of the package's files and nothing else, or nothing at all; and nothing beside the folder.
void opensToItsFolder(std::string_view bytes) {
    const MemoryFile file(bytes);
    const PackageCheck check{file.path(), knownSigners(), 1};
    const OpenRequest request{check, scratch().filePath(QStringLiteral("in/out")).toStdString(), false};
    const auto facts = inspectPackage(check, {}, Cancel());
    const auto opened = openPackage(request, machineKey(), {}, Cancel());
    const auto found = tests::contentsOf(scratch().path());
    if (!opened) {
        must(found.empty() || (found.size() == 1 && found.begin()->first == "in/"), "nothing is left behind");
        return;
    }
    must(facts && facts->signer.known && facts->payloads == opened->payloads, "what opens can be looked at");
    must(found.size() == opened->entries->size() || opened->entries->empty(), "its files are there");
    for (const PackageEntry& entry : *opened->entries) {
        const auto there = found.find("in/out/" + entry.path);
        must(there != found.end() && (entry.isFolder() || there->second.size() == entry.size), "each as it was sealed");
    }
    must(!openPackage(request, machineKey(), {}, Cancel()) || opened->entries->empty(), "nothing is replaced");
    must(QDir(scratch().filePath(QStringLiteral("in"))).removeRecursively(), "removed");
}

void check(std::string_view input) {
    Choices choices(input);
    const unsigned choice = choices.byte() % 3;
    if (choice == 0)
        opensToItsFolder(choices.rest());
    else
        opensToItsFolder(authentic(partsOf(choices.rest()), choice == 2));
}

const Registered registered({"package", check, "{}[]\",:\\./acCONu0d1\x1e", 5});

} // namespace
} // namespace sealwright::fuzz
