#include "models/tasks/results.h"

#include "tests/tasks/fake_world.h"

#include <QDir>
#include <QtTest>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace sealwright;
using namespace sealwright::tests;

namespace {

constexpr const char* source = "name,ward\nMagdalena,3\nOtto,4\n\"Li, Wei\",3\n";
constexpr const char* dataUrl = "https://store.example:9000/cohort/data?signed";
constexpr const char* manifestUrl = "https://store.example:9000/cohort/manifest?signed";
constexpr const char* signatureUrl = "https://store.example:9000/cohort/signature?signed";

std::string textOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

const crypto::SigningKey& platformKey() {
    static const auto key = crypto::SigningKey::generate().value();
    return key;
}

std::string signatureOf(const std::string& manifest, const crypto::SigningKey& key) {
    return crypto::signDetached("sealwright-manifest", manifest, key);
}

/// A result that waits for this machine, and a folder to save it in.
struct ResultWorld : FakeWorld {
    QTemporaryDir made, out;
    ResultEntry entry{"0b9a5a0e-5f0f-4a53-9d3f-3f7c1c1f7a01", "Patients", 0, dataUrl, manifestUrl, signatureUrl};

    explicit ResultWorld(bool forUs = true) {
        (void)storeKeys(services, sharedKeys());
        PinnedRegistration pinned;
        pinned.registration.hosts = {"store.example:9000"};
        pinned.registration.keys.sig = {platformKey().publicKey()};
        pinned.platformName = "Cohort Platform";
        ledger->pinned = pinned;

        EncryptFileRequest request;
        request.source = memorySource(source, "patients.csv");
        request.out = made.path().toStdString() + "/sealed.csv";
        request.includeSelf = forUs;
        if (!forUs)
            request.to = {sharedKeys(1).dec.publicKey()};
        (void)encryptFile(services, request, context);
        store->urls = {{dataUrl, textOf(request.out)}, {manifestUrl, textOf(request.out + ".manifest.json")}};
        signWith(platformKey());
    }
    void signWith(const crypto::SigningKey& key) {
        store->urls[signatureUrl] = signatureOf(store->urls[manifestUrl], key);
    }
    Outcome<OpenedResult> open() { return openResult(services, entry, context); }
    std::string folder() const { return out.path().toStdString(); }
    std::string target() const { return folder() + "/restored.csv"; }
    static bool isEmpty(const QTemporaryDir& folder) {
        return QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
};

/// A signed manifest that is none of a dataset.
std::string packageManifest() {
    Manifest manifest = parseManifest(ResultWorld().store->urls[manifestUrl]).value();
    manifest.isPackage = true;
    manifest.dataset.reset();
    manifest.policy.reset();
    manifest.metadata.reset();
    manifest.package = PackageInfo{};
    manifest.runs.front().records.reset();
    manifest.runs.front().sourceCheck.reset();
    manifest.content = {{"payload/1", 1, std::string(64, 'a'), {}}, {"index", 1, std::string(64, 'b'), {}}};
    return writeManifest(manifest);
}

} // namespace

class ResultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aResultIsOpenedAndSaved() {
        ResultWorld world;
        const auto opened = world.open();
        QCOMPARE(codeOf(opened), std::string("ok"));
        QCOMPARE(opened->signerKid, platformKey().kid());
        QCOMPARE(opened->signerName, std::string("Cohort Platform"));
        QCOMPARE(opened->read.findingsCount, std::uint64_t{0});
        QCOMPARE(codeOf(saveResult(world.services, *opened, world.target(), false, world.context)), std::string("ok"));
        QCOMPARE(textOf(world.target()), std::string(source));
        const auto saved = saveSealed(*opened, world.folder(), false, world.context);
        QCOMPARE(codeOf(saved), std::string("ok"));
        QCOMPARE(textOf(*saved), world.store->urls[dataUrl]);
        QCOMPARE(textOf(*saved + ".manifest.json"), world.store->urls[manifestUrl]);
        QCOMPARE(textOf(*saved + ".manifest.jws"), world.store->urls[signatureUrl]);

        world.signWith(sharedKeys().sig); // what was sealed here comes back as it was signed here
        QCOMPARE(world.open()->signerKid, sharedKeys().sig.kid());
    }

    void badInputIsRefused_data() {
        QTest::addColumn<int>("which");
        QTest::addColumn<QByteArray>("code");
        const char* const codes[][2] = {{"an unknown signer", "auth.unknown-signer"},
                                        {"the signature of something else", "auth.bad-signature"},
                                        {"an altered value", "auth.altered"},
                                        {"data cut inside a value", "auth.altered"},
                                        {"more data than was signed", "auth.altered"},
                                        {"the manifest on another host", "job.host-not-listed"},
                                        {"the signature on another host", "job.host-not-listed"},
                                        {"the data on another host", "job.host-not-listed"},
                                        {"a package's manifest", "document.invalid"},
                                        {"a manifest that is none", "document.invalid"},
                                        {"sealed for somebody else", "key.not-for-this-data"}};
        for (int i = 0; const auto& [name, code] : codes)
            QTest::newRow(name) << i++ << QByteArray(code);
    }

    void badInputIsRefused() {
        QFETCH(int, which);
        QFETCH(QByteArray, code);
        ResultWorld world(which != 10);
        auto& urls = world.store->urls;
        std::string& data = urls[dataUrl];
        const std::size_t token = data.find("sw1g.1.");
        QVERIFY(token != std::string::npos);
        const auto elsewhere = [&](std::string& url) {
            const std::string bytes = urls[url];
            url.replace(url.find("store."), 6, "other.");
            urls[url] = bytes;
        };
        const std::vector<std::function<void()>> spoils{[&] { world.signWith(sharedKeys(1).sig); },
                                                        [&] { urls[signatureUrl] = signatureOf("{}", platformKey()); },
                                                        [&] { data[token + 20] = data[token + 20] == 'A' ? 'B' : 'A'; },
                                                        [&] { data.resize(token + 20); },
                                                        [&] { data += "x\n"; },
                                                        [&] { elsewhere(world.entry.manifest); },
                                                        [&] { elsewhere(world.entry.signature); },
                                                        [&] { elsewhere(world.entry.data); },
                                                        [&] {
                                                            urls[manifestUrl] = packageManifest();
                                                            world.signWith(platformKey());
                                                        },
                                                        [&] {
                                                            urls[manifestUrl] = "[]";
                                                            world.signWith(platformKey());
                                                        },
                                                        [] {}};
        spoils[static_cast<std::size_t>(which)]();
        QCOMPARE(codeOf(world.open()), code.toStdString());
        QVERIFY(ResultWorld::isEmpty(static_cast<FakeWorld&>(world).folder));
    }

    /// Pre-signed addresses end; the platform has new ones.
    void addressesThatHaveEndedAreAskedForAgain() {
        ResultWorld world;
        world.secrets->kept.insert_or_assign(SecretStore::Entry::AccessToken, crypto::SecretBytes(asBytes("token")));
        ResultEntry fresh = world.entry;
        for (std::string ResultEntry::*url : {&ResultEntry::data, &ResultEntry::manifest, &ResultEntry::signature}) {
            const std::string old = world.entry.*url;
            fresh.*url += "-anew";
            world.store->urls[fresh.*url] = world.store->urls[old];
        }
        world.store->urls.erase(dataUrl); // the others are just good still
        world.store->ended = {dataUrl};
        QCOMPARE(codeOf(world.open()), std::string("storage.denied"));
        world.api->resultEntries = {fresh};
        QCOMPARE(codeOf(world.open()), std::string("ok"));
        for (const std::string& url : {fresh.data, fresh.manifest, fresh.signature}) {
            world.store->urls.erase(url);
            world.store->ended.insert(url);
        }
        QCOMPARE(codeOf(world.open()), std::string("storage.denied")); // new ones that have ended, too
    }

    void recordsThatAreMissingAreReportedAndNobodySignsForTheRest() {
        ResultWorld world;
        std::string& data = world.store->urls[dataUrl];
        data.resize(data.rfind('\n', data.size() - 2) + 1);
        const auto opened = world.open();
        QCOMPARE(codeOf(opened), std::string("ok"));
        QCOMPARE(opened->read.records, std::uint64_t{2});
        QVERIFY(opened->signerKid.empty() && opened->read.findingsCount > 0 && !opened->read.byteExact);
    }

    void aFullDiskLeavesNothing() {
        ResultWorld world;
        const auto spooling = [&] {
            const FullDisk full(10);
            return world.open();
        }();
        QCOMPARE(codeOf(spooling), std::string("file.no-space"));
        QVERIFY(ResultWorld::isEmpty(static_cast<FakeWorld&>(world).folder));
        const auto opened = world.open();
        QCOMPARE(codeOf(opened), std::string("ok"));
        const auto [restored, sealed] = [&] {
            const FullDisk full(10);
            return std::pair(saveResult(world.services, *opened, world.target(), false, world.context),
                             saveSealed(*opened, world.folder(), false, world.context));
        }();
        QCOMPARE(codeOf(restored), std::string("file.no-space"));
        QCOMPARE(codeOf(sealed), std::string("file.no-space"));
        QVERIFY(ResultWorld::isEmpty(world.out));
    }

    void theSealedFilesAppearTogetherOrNotAtAll() {
        ResultWorld world;
        const auto opened = world.open();
        QCOMPARE(codeOf(opened), std::string("ok"));
        for (const char* there : {".csv", ".csv.manifest.json", ".csv.manifest.jws"}) {
            const std::string path = world.folder() + "/" + world.entry.resultId + there;
            std::ofstream(path) << "mine";
            QCOMPARE(codeOf(saveSealed(*opened, world.folder(), false, world.context)), std::string("file.exists"));
            QCOMPARE(textOf(path), std::string("mine"));
            QVERIFY(std::filesystem::remove(path));
            QVERIFY(ResultWorld::isEmpty(world.out));
        }
        // Not even where something is in the way that cannot be replaced.
        const std::string folder = world.folder() + "/" + world.entry.resultId + ".csv.manifest.jws";
        QVERIFY(std::filesystem::create_directory(folder));
        QCOMPARE(codeOf(saveSealed(*opened, world.folder(), true, world.context)), std::string("file.exists"));
        QVERIFY(std::filesystem::remove(folder));
        QVERIFY(ResultWorld::isEmpty(world.out));
    }

    void savingHearsACancel() {
        ResultWorld world;
        const auto opened = world.open();
        QCOMPARE(codeOf(opened), std::string("ok"));
        world.context.cancel.cancel();
        QCOMPARE(codeOf(saveSealed(*opened, world.folder(), false, world.context)), std::string("cancelled"));
        QCOMPARE(codeOf(saveResult(world.services, *opened, world.target(), false, world.context)),
                 std::string("cancelled"));
        QVERIFY(ResultWorld::isEmpty(world.out));
    }
};

QTEST_GUILESS_MAIN(ResultsTest)
#include "tst_results.moc"
