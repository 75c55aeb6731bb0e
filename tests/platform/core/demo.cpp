#include "tests/platform/core/demo.h"

#include <QFile>

#include <cstdio>

namespace sealwright::platform {

using crypto::Json;
using crypto::JsonObject;

namespace {

constexpr const char* joinKey = "cohort-2026";

std::optional<Json> uploaded(Bucket& bucket, const std::string& folder, const std::string& name,
                             const char* mediaType) {
    QFile file(QString::fromStdString(folder + "/" + name));
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const auto bytes = file.readAll().toStdString();
    const auto object = "sources/" + name;
    if (!bucket.put(object, bytes, mediaType))
        return std::nullopt;
    return JsonObject{{"kind", "object"},
                      {"bucket", bucket.name()},
                      {"object", object},
                      {"media_type", mediaType},
                      {"size", std::uint64_t{bytes.size()}},
                      {"sha256", sha256Hex(bytes)}};
}

Json rule(const char* path, const char* action) {
    return JsonObject{{"path", path}, {"action", action}};
}

Json joinable(const char* path, const char* as) {
    return JsonObject{{"path", path}, {"action", "deterministic"}, {"join_as", as}};
}

Json sameForm(const char* path, const char* alphabet, int prefix, int suffix) {
    return JsonObject{
        {"path", path}, {"action", "fpe"}, {"alphabet", alphabet}, {"keep_prefix", prefix}, {"keep_suffix", suffix}};
}

Json policy(crypto::JsonArray fields) {
    return JsonObject{{"version", 1}, {"join", joinKey}, {"fields", std::move(fields)}};
}

Json registerPolicy() {
    return policy({joinable("patient_id", "patient"), rule("name", "encrypt"), joinable("email", "email"),
                   rule("birth_date", "encrypt"), sameForm("iban", "digits", 2, 0),
                   sameForm("card_number", "digits", 0, 4), rule("ward", "keep"), rule("admitted", "keep"),
                   rule("diagnosis", "keep"), rule("lab", "keep"), rule("note", "encrypt")});
}

Json laboratoryPolicy() {
    return policy({rule("$.resourceType", "keep"), rule("$.type", "keep"), rule("resource.resourceType", "keep"),
                   rule("resource.status", "keep"), rule("resource.code", "keep"),
                   joinable("resource.subject.reference", "patient"), rule("resource.subject.display", "encrypt"),
                   rule("resource.valueQuantity", "encrypt")});
}

Json wardPolicy() {
    return JsonObject{{"version", 1}, {"fields", crypto::JsonArray{rule("ward", "keep"), rule("beds", "keep")}}};
}

} // namespace

Demo::Demo(Bucket& bucket, JobMaker& maker, std::string samples, crypto::RecipientKey archive)
    : m_bucket(bucket), m_maker(maker), m_samples(std::move(samples)), m_archive(std::move(archive)) {}

bool Demo::upload() {
    m_register = uploaded(m_bucket, m_samples, "patients.csv", "text/csv");
    m_laboratory = uploaded(m_bucket, m_samples, "laboratory.json", "application/json");
    return m_register && m_laboratory;
}

void Demo::give(const JobOrder& order, const Machine& machine) {
    const auto made = m_maker.make(order, machine);
    if (const auto* wrong = std::get_if<Reply>(&made))
        std::fprintf(stderr, "demo: no job \"%s\": %s\n", order.name.c_str(),
                     crypto::writeControlJson(wrong->body).c_str());
}

void Demo::giveJobs(const Machine& machine) {
    JobOrder order;
    order.issued = now();
    order.expires = now() + 14 * secondsADay;
    order.targetBucket = m_bucket.name();

    order.name = "Ward list of your choice";
    order.purpose =
        "Bed capacity by ward, for the regional plan. You choose the file; only you and the archive can open it.";
    order.source = JsonObject{{"kind", "local"}};
    order.targetPrefix = "loader/wards/";
    order.policy = wardPolicy();
    order.recipients = crypto::JwkSet{{m_archive}, {}};
    give(order, machine);

    order.recipients.reset();
    order.joinKeyId = joinKey;
    order.name = "Laboratory values";
    order.purpose = "Laboratory values of the same patients, to be joined with the register.";
    order.source = *m_laboratory;
    order.targetPrefix = "loader/laboratory/";
    order.policy = laboratoryPolicy();
    give(order, machine);

    order.name = "Patient register, June";
    order.purpose =
        "Cohort study on length of stay. Patients are joined by sealed identifiers; nobody there reads names.";
    order.source = *m_register;
    order.targetPrefix = "loader/register/";
    order.policy = registerPolicy();
    give(order, machine);
}

} // namespace sealwright::platform
