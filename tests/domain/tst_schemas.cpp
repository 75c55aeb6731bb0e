#include "tests/support/json_schema.h"
#include "tests/support/vector_rows.h"

#include "crypto/base/b64.h"

using namespace sealwright;
using tests::JsonSchema;

namespace {

constexpr const char* folder = SEALWRIGHT_SOURCE_DIR "/resources/schemas";

/// What a schema can see of a refused document: its members. Signatures, times, lists and data are beyond it.
const std::set<std::string> membersOfJobs{
    "unknown member",          "unknown member deep down",    "member in another case", "member missing",
    "null where text belongs", "number that is no integer",   "number beyond 2^53",     "time with an offset",
    "time with a fraction",    "UUID in upper case",          "other format",           "path in a local source",
    "target outside loader/",  "target without a last slash", "target with ..",         "target with an empty part",
    "both forms of key"};
const std::set<std::string> beyondPolicies{
    "duplicate member",     "two rules for one path", "path that is nowhere in the data",
    "path of another case", "fpe on a container",     "fpe on a number",
    "unflatten for CSV"};
const std::set<std::string> membersOfManifests{"held slot with a wrapped key",
                                               "unknown member",
                                               "unknown member of a field",
                                               "member in another case",
                                               "number that is no integer",
                                               "other format",
                                               "time with an offset",
                                               "UUID in upper case",
                                               "run id of 15 bytes",
                                               "kind of a package",
                                               "no runs",
                                               "unknown slot alg",
                                               "unknown action"};

nlohmann::json payloadOf(const std::string& jws) {
    const std::size_t first = jws.find('.') + 1;
    const auto bytes = crypto::b64Decode(jws.substr(first, jws.find('.', first) - first));
    return nlohmann::json::parse(asText(*bytes), nullptr, false);
}

std::string nameOf(const vectors::json& vector) {
    return vector.at("name").get<std::string>();
}

} // namespace

class TestSchemas : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jobs_data() { vectors::rows("jobs", 36); }
    void jobs() {
        const auto& vector = vectors::current("jobs");
        const auto payload = payloadOf(vector.at("job").get<std::string>());
        if (payload.is_discarded()) {
            return; // a BOM: no JSON for a schema to see
        }
        QCOMPARE(JsonSchema(folder, "job.schema.json").accepts(payload), !membersOfJobs.contains(nameOf(vector)));
    }

    void policies_data() { vectors::rows("policies_refused", 30); }
    void policies() {
        const auto& vector = vectors::current("policies_refused");
        const bool fits = !vector.contains("error") || beyondPolicies.contains(nameOf(vector));
        const auto policy = nlohmann::json::parse(vector.at("policy").get<std::string>());
        QCOMPARE(JsonSchema(folder, "policy.schema.json").accepts(policy), fits);
    }

    void manifests_data() { vectors::rows("datasets_refused", 78); }
    void manifests() {
        const auto& vector = vectors::current("datasets_refused");
        const auto manifest = nlohmann::json::parse(vector.at("manifest").get<std::string>());
        QCOMPARE(JsonSchema(folder, "manifest.schema.json").accepts(manifest),
                 !membersOfManifests.contains(nameOf(vector)));
    }

    void datasetsOfEveryKind() {
        const auto& good = vectors::all().at("datasets_refused").at(0);
        JsonSchema schema(folder, "manifest.schema.json");
        for (const auto& vector : vectors::all().at("datasets")) {
            if (vector.contains("dataset")) {
                auto manifest = nlohmann::json::parse(good.at("manifest").get<std::string>());
                manifest["dataset"] = vector.at("dataset");
                manifest["runs"] = vector.at("runs");
                QVERIFY2(schema.accepts(manifest), nameOf(vector).c_str());
            }
        }
    }

    void packages() {
        JsonSchema schema(folder, "manifest.schema.json");
        auto manifest =
            nlohmann::json::parse(vectors::all().at("datasets_refused").at(0).at("manifest").get<std::string>());
        manifest["kind"] = "package";
        manifest.erase("dataset");
        manifest.erase("policy");
        manifest["runs"][0].erase("records");
        manifest["runs"][0].erase("source_check");
        QVERIFY(!schema.accepts(manifest));
        manifest["package"] = {{"cipher", "A256GCM"}, {"compression", "zstd"}};
        QVERIFY(schema.accepts(manifest));
    }

    void registrations_data() { vectors::rows("registration", 22); }
    void registrations() {
        const auto& vector = vectors::current("registration");
        const std::string text = vector.at("text").get<std::string>();
        if (vector.at("kind") == "registration") {
            QVERIFY(JsonSchema(folder, "registration.schema.json").accepts(payloadOf(text)));
        } else if (vector.at("kind") == "invitation" && text.front() == '{') {
            const bool fits =
                nameOf(vector) != "invitation, unknown member" && nameOf(vector) != "invitation, other format";
            QCOMPARE(JsonSchema(folder, "invitation.schema.json").accepts(nlohmann::json::parse(text)), fits);
        }
    }

    void grants() {
        JsonSchema schema(folder, "grant.schema.json");
        const std::string bytes32(43, 'A');
        nlohmann::json grant{{"format", "sealwright-grant/1"},
                             {"dataset_id", "3f2b8c1e-9d4a-4c7e-8f10-5a6b7c8d9e0f"},
                             {"key_version", 1},
                             {"issued", "2026-01-15T12:00:00Z"},
                             {"from", bytes32},
                             {"to", bytes32},
                             {"fields", nlohmann::json::array({{{"run_id", std::string(22, 'A')},
                                                                {"path", "a"},
                                                                {"mode", "g"},
                                                                {"key", bytes32},
                                                                {"commitment", bytes32}}})}};
        QVERIFY(schema.accepts(grant));
        grant["fields"][0]["mode"] = "s";
        QVERIFY(!schema.accepts(grant)); // 64 bytes there
        grant["fields"][0]["key"] = std::string(86, 'A');
        QVERIFY(schema.accepts(grant));
        grant["note"] = "x";
        QVERIFY(!schema.accepts(grant));
    }
};

QTEST_GUILESS_MAIN(TestSchemas)
#include "tst_schemas.moc"
