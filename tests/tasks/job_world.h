#pragma once
#include "models/tasks/event_delivery.h"
#include "models/tasks/job_run.h"
#include "tests/tasks/fake_world.h"

#include <QDir>

#include <set>

// One job over fakes, for tests of what a run does and tells.
namespace sealwright::tests {

using crypto::Json;
using crypto::JsonArray;
using crypto::JsonObject;
inline constexpr const char* jobId = "0b9a5a0e-5f0f-4a53-9d3f-3f7c1c1f7a01";
inline constexpr const char* canary = "Magdalena-Canary";

/// Keys and a job, made once; every world starts from copies of them.
struct Givens {
    crypto::SigningKey platform;
    std::map<SecretStore::Place, crypto::SecretBytes> secrets;
    std::vector<KeyRecord> records;
    std::string jws, localJws; ///< of data in the store, of a file of the owner's
};

inline constexpr std::string_view storageSecrets = R"({"storage":{"access_key":"a","secret_key":"s"}})";

inline std::string jobText(const crypto::RecipientKey& machine, Json policy, Json source, Instant issued = now() - 60,
                           Instant expires = now() + 3600, std::string_view secretText = storageSecrets,
                           const std::string& id = jobId) {
    const auto dek = crypto::wrapKey(crypto::freshDek(), machine);
    const auto secrets = crypto::encryptJwe(crypto::SecretBytes(asBytes(secretText)), machine);
    return crypto::writeControlJson(JsonObject{
        {"format", "sealwright-job/1"},
        {"job_id", id},
        {"machine_id", "m-1"},
        {"dataset_id", "7d6b9d0c-31d4-4e0a-8f1f-6b8c2f0e9a11"},
        {"name", "Patients"},
        {"issued", toRfc3339(issued)},
        {"expires", toRfc3339(expires)},
        {"source", std::move(source)},
        {"target", JsonObject{{"bucket", "out"}, {"prefix", "loader/a/"}}},
        {"storage", JsonObject{{"endpoint", "http://127.0.0.1:9000"}, {"region", "us-east-1"}}},
        {"key",
         JsonObject{
             {"version", 1}, {"id", "dek-1"}, {"kid", machine.kid}, {"alg", "RSA-OAEP-256"}, {"wrapped_key", *dek}}},
        {"policy", std::move(policy)},
        {"feedback", JsonObject{{"kind", "rest"}}},
        {"secrets", *secrets}});
}

inline const Givens& givens() {
    static const Givens made = [] {
        FakeWorld world;
        Givens all{crypto::SigningKey::generate().value(), {}, {}, {}, {}};
        const MachineKeys keys = sharedKeys();
        (void)storeKeys(world.services, keys);
        all.secrets = std::move(world.secrets->kept);
        all.records = world.ledger->keyRecords;
        const Json policy(
            JsonObject{{"version", 1},
                       {"fields", JsonArray{Json(JsonObject{{"path", "ward"}, {"action", "keep"}}),
                                            Json(JsonObject{{"path", "name"}, {"action", "deterministic"}})}}});
        const auto signedJob = [&](Json source) {
            return crypto::signJws("sealwright-job", jobText(keys.dec.publicKey(), policy, std::move(source)),
                                   all.platform);
        };
        all.jws = signedJob(
            JsonObject{{"kind", "object"}, {"bucket", "in"}, {"object", "patients.csv"}, {"media_type", "text/csv"}});
        all.localJws = signedJob(JsonObject{{"kind", "local"}});
        return all;
    }();
    return made;
}

struct JobWorld : FakeWorld {
    explicit JobWorld(bool goesStraight = false) : straight(goesStraight) {
        for (const auto& [entry, secret] : givens().secrets)
            secrets->kept.insert_or_assign(entry, secret.clone());
        secrets->kept.insert_or_assign(SecretStore::Entry::AccessToken, crypto::SecretBytes(asBytes("token")));
        ledger->keyRecords = givens().records;
        PinnedRegistration pinned;
        pinned.registration.machineId = "m-1";
        pinned.registration.platform = "http://127.0.0.1:7001";
        pinned.registration.keys.sig = {givens().platform.publicKey()};
        pinned.registration.hosts = {"127.0.0.1:7001", "127.0.0.1:9000"};
        pinned.platformName = "127.0.0.1:7001";
        ledger->pinned = pinned;
        store->objects["in/patients.csv"] =
            std::string("name,ward,born\n") + canary + ",3,1970-01-01\nOtto,4,\n\"Li, Wei\",3,1999-12-31\n";
        api->entry = {jobId, JobState::Pending, givens().jws, now()};
    }
    Outcome<Receipt> run() {
        RunRequest request;
        request.jobId = jobId;
        request.straightThrough = straight;
        return runJob(services, request, context);
    }
    const bool straight; ///< run() seals straight into the store
    /// Objects of the target bucket.
    long stored() const {
        return std::count_if(store->objects.begin(), store->objects.end(),
                             [](const auto& one) { return one.first.rfind("out/", 0) == 0; });
    }
    bool spoolIsEmpty() const {
        constexpr auto all = QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot;
        return QDir(folder.path()).isEmpty(all) && QDir(kept.path()).isEmpty(all);
    }
    std::size_t waiting() const { return ledger->profile.events.size(); }
    /// Events of that kind that the platform has, or will have.
    long heard(const std::string& kind) const {
        std::set<std::string> ids;
        for (const auto& event : platform->events())
            if (event.kind == kind)
                ids.insert(event.eventId);
        for (const WaitingEvent& event : ledger->profile.events)
            if (toText(event.kind) == kind)
                ids.insert(event.message.eventId);
        return static_cast<long>(ids.size());
    }
    /// A member of the last event of that kind, sent or not.
    std::string told(const std::string& kind, const char* member) const {
        auto events = platform->events();
        for (const WaitingEvent& event : ledger->profile.events)
            events.push_back({std::string(toText(event.kind)), {}, 0, event.message.body});
        for (auto event = events.rbegin(); event != events.rend(); ++event)
            if (event->kind == kind)
                return event->text(member);
        return {};
    }
    std::string state() const {
        const auto found = ledger->profile.jobRecords.find(jobId);
        return found == ledger->profile.jobRecords.end() ? "none" : std::string(toText(found->second.state));
    }
};

/// An event of that job.
inline JobEvent eventOf(JobEvent::Kind kind, const char* id) {
    JobEvent made;
    made.kind = kind;
    made.eventId = id;
    made.jobId = jobId;
    made.machineId = "m-1";
    made.at = now();
    made.reason = "data.json.syntax";
    return made;
}

} // namespace sealwright::tests
