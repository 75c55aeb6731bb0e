#include "models/domain/manifest.h"
#include "tests/support/vector_rows.h"

using namespace sealwright;
using vectors::json;

namespace {

/// The cases of `datasets_refused` that the manifest's own text must be refused for; the pipeline's tests run the
/// others.
const std::set<std::string> atReading{"held slot with a wrapped key",
                                      "unknown member",
                                      "unknown member of a field",
                                      "member in another case",
                                      "duplicate member",
                                      "duplicate member, written with an escape",
                                      "number that is no integer",
                                      "other format",
                                      "time with an offset",
                                      "UUID in upper case",
                                      "run id of 15 bytes",
                                      "kind of a package",
                                      "no runs",
                                      "unknown slot alg",
                                      "unknown action",
                                      "field twice"};

json good() {
    return json::parse(vectors::all().at("datasets_refused").at(2).at("manifest").get<std::string>());
}

json goodPackage() {
    json manifest = good();
    manifest["kind"] = "package";
    manifest.erase("dataset");
    manifest.erase("policy");
    manifest.erase("join_key");
    manifest["runs"][0].erase("records");
    manifest["runs"][0].erase("source_check");
    manifest["package"] = {{"cipher", "A256GCM"}, {"compression", "none"}};
    return manifest;
}

std::string refusedMember(const json& manifest) {
    const auto parsed = parseManifest(manifest.dump());
    return parsed ? "none" : parsed.error().facts.empty() ? "?" : parsed.error().facts.front();
}

} // namespace

class TestManifest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void vectors_data() { vectors::rows("datasets_refused", 78); }

    void vectors() {
        const auto& vector = vectors::current("datasets_refused");
        QVERIFY(
            vectors::onlyMembers(vector, {"name", "stored", "manifest", "jws", "known", "restored", "error", "seen"}));
        const auto manifest = parseManifest(vector.at("manifest").get<std::string>());
        QCOMPARE(manifest.ok(), !atReading.contains(vector.at("name").get<std::string>()));
        if (manifest) {
            const json written = json::parse(writeManifest(*manifest));
            QVERIFY(written == json::parse(vector.at("manifest").get<std::string>()));
        } else {
            QCOMPARE(manifest.error().code, Code::DocumentInvalid);
        }
    }

    void datasetsOfTheVectorsAreWrittenAsTheyStand() {
        for (const auto& vector : vectors::all().at("datasets")) {
            if (!vector.contains("dataset")) {
                continue;
            }
            json manifest = good();
            manifest["dataset"] = vector.at("dataset");
            manifest["runs"] = vector.at("runs");
            const auto parsed = parseManifest(manifest.dump());
            QVERIFY2(parsed.ok(), vector.at("name").get<std::string>().c_str());
            QCOMPARE(crypto::writeControlJson(toJson(*parsed->dataset)), vector.at("dataset").dump());
            QCOMPARE(crypto::writeControlJson(toJson(parsed->runs)), vector.at("runs").dump());
        }
    }

    void refusals_data() {
        QTest::addColumn<QString>("pointer");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("member");
        const auto row = [](const char* pointer, const char* value, const char* member) {
            QTest::addRow("%s = %s", pointer, value)
                << QString::fromUtf8(pointer) << QString::fromUtf8(value) << QString::fromUtf8(member);
        };
        row("/created", "\"2026-02-30T00:00:00Z\"", "created");
        row("/dataset_id", "7", "dataset_id");
        row("/job_id", "\"x\"", "job_id");
        row("/key/version", "0", "key.version");
        row("/key/version", "1000000000", "key.version");
        row("/key/recipients/0/wrapped_key", "\"AAAA\"", "key.recipients[0].wrapped_key");
        row("/key/recipients/0/kid", "null", "key.recipients[0].kid");
        row("/join_key/commitment", "\"AAAA\"", "join_key.commitment");
        row("/runs/0/records", "-1", "runs[0].records");
        row("/runs/0/records", "281474976710657", "runs[0].records");
        row("/content/0/digest", "\"00\"", "content[0].digest");
        row("/content/0/size", "\"1\"", "content[0].size");
        row("/content/0/name", "\"../data\"", "content[0].name");
        row("/content/0/name", "\"..\"", "content[0].name");
        row("/content", "[]", "content");
        row("/dataset/media_type", "\"text/tab-separated-values\"", "dataset.media_type");
        row("/dataset/dialect", "{\"delimiter\":\",\"}", "dataset.dialect.delimiter");
        row("/dataset/byte_exact", "1", "dataset.byte_exact");
        row("/dataset/fields/0/algorithm", "\"AES\"", "dataset.fields[0].algorithm");
        row("/dataset/fields/0/keep_prefix", "1", "dataset.fields[0].keep_prefix");
        row("/dataset/fields/0/type", "\"date\"", "dataset.fields[0].type");
        row("/policy/padding", "{\"to\":0}", "policy.padding.to");
        row("/metadata", "[]", "metadata");
        row("/package", "{\"cipher\":\"A256GCM\",\"compression\":\"none\"}", "package");
    }

    void refusals() {
        QFETCH(QString, pointer);
        QFETCH(QString, value);
        QFETCH(QString, member);
        json manifest = good();
        manifest[json::json_pointer(pointer.toStdString())] = json::parse(value.toStdString());
        QCOMPARE(QString::fromStdString(refusedMember(manifest)), member);
    }

    void everyListedMemberIsDemanded_data() {
        QTest::addColumn<QString>("pointer");
        for (const char* pointer : {"/format",
                                    "/kind",
                                    "/dataset_id",
                                    "/created",
                                    "/tool",
                                    "/key",
                                    "/runs",
                                    "/content",
                                    "/dataset",
                                    "/policy",
                                    "/key/version",
                                    "/key/recipients",
                                    "/join_key/id",
                                    "/join_key/version",
                                    "/runs/0/run_id",
                                    "/runs/0/commitment",
                                    "/runs/0/records",
                                    "/runs/0/source_check",
                                    "/content/0/name",
                                    "/content/0/size",
                                    "/content/0/digest",
                                    "/dataset/media_type",
                                    "/dataset/dialect",
                                    "/dataset/unflattened",
                                    "/dataset/byte_exact",
                                    "/dataset/fields",
                                    "/dataset/fields/0/path",
                                    "/dataset/fields/0/type",
                                    "/dataset/fields/0/action",
                                    "/dataset/fields/0/algorithm",
                                    "/dataset/fields/0/values",
                                    "/dataset/fields/0/kept_empty",
                                    "/dataset/fields/0/errors"}) {
            QTest::newRow(pointer) << QString::fromLatin1(pointer);
        }
    }

    void everyListedMemberIsDemanded() {
        QFETCH(QString, pointer);
        json manifest = good();
        const json::json_pointer at(pointer.toStdString());
        manifest[at.parent_pointer()].erase(at.back());
        QVERIFY(!parseManifest(manifest.dump()));
    }

    void packageHasItsOwnMembers() {
        QCOMPARE(refusedMember(goodPackage()), std::string("none"));
        json manifest = goodPackage();
        manifest["package"]["cipher"] = "A128GCM";
        QCOMPARE(refusedMember(manifest), std::string("package.cipher"));
        manifest = goodPackage();
        manifest["package"]["compression"] = "gzip";
        QCOMPARE(refusedMember(manifest), std::string("package.compression"));
        manifest = goodPackage();
        manifest["runs"].push_back(good()["runs"][0]);
        QCOMPARE(refusedMember(manifest), std::string("runs"));
        manifest = goodPackage();
        manifest["content"].push_back(manifest["content"][0]);
        QCOMPARE(refusedMember(manifest), std::string("content[1].name"));
        manifest = goodPackage();
        manifest["policy"] = good()["policy"];
        QCOMPARE(refusedMember(manifest), std::string("policy"));
    }

    void limitsAreHeld() {
        json manifest = good();
        const json slot = manifest["key"]["recipients"][0];
        manifest["key"]["recipients"] = json(std::vector<json>(1000, slot));
        QCOMPARE(refusedMember(manifest), std::string("none"));
        manifest["key"]["recipients"].push_back(slot);
        QCOMPARE(refusedMember(manifest), std::string("key.recipients"));
        manifest = good();
        manifest["runs"] = json(std::vector<json>(10001, manifest["runs"][0]));
        QCOMPARE(refusedMember(manifest), std::string("runs"));
        const auto large = parseManifest(std::string((std::size_t{64} << 20) + 1, ' '));
        QCOMPARE(large.error().code, Code::DocumentTooLarge);
    }

    void whatNoReaderAcceptsIsNotWritten() {
        Manifest manifest = *parseManifest(good().dump());
        const auto codeAfter = [](const Manifest& changed) {
            const auto text = writeReadableManifest(changed);
            return text ? std::string(parseManifest(*text) ? "read again" : "not read again")
                        : std::string(stableId(text.error().code));
        };
        QCOMPARE(codeAfter(manifest), std::string("read again"));
        Manifest changed = manifest;
        changed.recipients.assign(1000, manifest.recipients.front());
        QCOMPARE(codeAfter(changed), std::string("read again"));
        changed.recipients.push_back(manifest.recipients.front());
        QCOMPARE(codeAfter(changed), std::string("usage.too-many-recipients"));
        changed = manifest;
        changed.content.front().name = "caf\xe9.csv"; // a file system's name, and no UTF-8
        QCOMPARE(codeAfter(changed), std::string("data.manifest.refused"));
        changed = manifest;
        changed.dataset->fields.push_back(changed.dataset->fields.front());
        QCOMPARE(codeAfter(changed), std::string("data.manifest.refused"));
        changed = manifest;
        changed.tool.assign(std::size_t{64} << 20, 'x');
        QCOMPARE(codeAfter(changed), std::string("data.manifest.too-large"));
    }

    void metadataIsFreeInside() {
        std::string text = good().dump();
        const std::string metadata = R"({"mean":1.50,"deep":{"list":[null,true,1e300]},"any name":"x"})";
        text.insert(text.size() - 1, ",\"metadata\":" + metadata);
        const auto manifest = parseManifest(text);
        QVERIFY(manifest.ok());
        QCOMPARE(crypto::writeControlJson(*manifest->metadata), metadata);
        QVERIFY(writeManifest(*manifest).find(metadata) != std::string::npos);
    }

    void twoRunsOfOneIdAreRefused() {
        json manifest = good();
        manifest["runs"].push_back(manifest["runs"][0]);
        QCOMPARE(refusedMember(manifest), std::string("runs[1].run_id"));
    }

    void heldAndForeignSlotsAreKept() {
        json manifest = good();
        manifest["key"]["recipients"].push_back({{"kid", "k"}, {"alg", "held"}, {"name", "platform.example"}});
        manifest["key"]["recipients"].push_back({{"kid", "arn:x"}, {"alg", "aws-kms"}, {"wrapped_key", "their text"}});
        const auto parsed = parseManifest(manifest.dump());
        QVERIFY(parsed.ok());
        QVERIFY(parsed->recipients.at(1).held());
        QCOMPARE(parsed->recipients.at(2).wrappedKey, std::string("their text"));
        QVERIFY(json::parse(writeManifest(*parsed)) == manifest);
    }

    void versionOfModeSIsTheJoinKeys() {
        auto manifest = *parseManifest(good().dump());
        manifest.keyVersion = 9;
        QCOMPARE(tokenVersion(manifest, crypto::Mode::Siv), manifest.joinKey->version);
        QCOMPARE(tokenVersion(manifest, crypto::Mode::Gcm), 9u);
        manifest.joinKey.reset();
        QCOMPARE(tokenVersion(manifest, crypto::Mode::Siv), 9u);
    }
};

QTEST_GUILESS_MAIN(TestManifest)
#include "tst_manifest.moc"
