#include "models/domain/document.h"
#include "models/domain/job.h"
#include "tests/fuzz/known_keys.h"
#include "tests/fuzz/target.h"

#include <algorithm>

// Check-in jobs. The first byte of an input chooses what it is: a payload or secrets, signed and sealed here, or a JWS.
namespace sealwright::fuzz {
namespace {

/// Whom and when the known answers' jobs are for.
JobContext context() {
    return {"machine-17",
            {"storage.example:443", "mq.example:5671", "127.0.0.1:9000"},
            {signer(platformSigKid).publicKey()},
            {std::string(machineEncKid)},
            fromRfc3339("2026-01-15T12:00:00Z").value()};
}

bool hasPart(const std::string& prefix, std::string_view part) {
    return ("/" + prefix).find("/" + std::string(part) + "/") != std::string::npos;
}

void soundJob(const Job& job, const JobContext& context) {
    must(isUuid(job.jobId) && isUuid(job.datasetId), "ids are UUIDs");
    must(job.machineId == context.machineId, "it is for this machine");
    must(job.expires > job.issued && job.expires - job.issued <= 30 * secondsADay, "it lives at most 30 days");
    must(job.issued <= context.now + 300, "it is not of the future");
    const auto listed = [&](const std::string& url) {
        const auto host = hostOfEndpoint(url);
        return host && std::count(context.hosts.begin(), context.hosts.end(), *host) == 1;
    };
    must(listed(job.endpoint) && (!job.feedback.amqp || listed(job.feedback.url)), "hosts are listed");
    must(job.targetPrefix.substr(0, 7) == "loader/" && job.targetPrefix.back() == '/', "the prefix is the loader's");
    must(!hasPart(job.targetPrefix, "") && !hasPart(job.targetPrefix, ".") && !hasPart(job.targetPrefix, ".."),
         "and leads nowhere else");
    must(!job.object || job.mediaType, "an object has a type");
    must(job.key.madeByPlatform() == job.key.recipients.empty(), "a key has one of two forms");
    must(job.key.recipients.size() < maxRecipients, "there are not too many recipients");
    must(job.platformKid == platformSigKid, "it is the platform's");
    for (const MediaType type : {MediaType::Csv, MediaType::Json, MediaType::JsonLines})
        must(objectsOf(job, type).data.find(job.targetPrefix + job.jobId + ".") == 0, "objects lie below the prefix");
}

void asJws(std::string_view jws) {
    const JobContext known = context();
    const auto job = readJob(jws, known);
    const auto taken = acceptJob(jws, known);
    must(job || !taken, "what is taken up can be shown");
    if (!job)
        return;
    soundJob(*job, known);
    must(job->jws == jws, "the replay memory has it as it came");
    must(!readJob(withBitTurned(jws, sumOf(jws)), known), "a bit turned is noticed");
    if (!taken)
        return;
    must(taken->expires > known.now, "nothing expired is taken up");
    must(!taken->key.madeByPlatform() || taken->key.kid == machineEncKid, "the key is wrapped for this machine");
}

void asSecrets(std::string_view plaintext) {
    Job job;
    job.secretsJwe = crypto::encryptJwe(crypto::SecretBytes(asBytes(plaintext)), machineKey().publicKey()).value();
    const auto secrets = openJobSecrets(job, machineKey());
    if (!secrets) {
        must(secrets.error().code == Code::JobInvalid, "what was sealed for this machine is opened");
        return;
    }
    const auto document = crypto::parseControlJson(plaintext);
    const crypto::Json* storage = document ? document->find("storage") : nullptr;
    const crypto::Json* key = storage ? storage->find("secret_key") : nullptr;
    must(key && key->string() && asText(secrets->storage.secretKey.reveal()) == *key->string(), "it is the document's");
    must(!secrets->storage.accessKey.empty(), "there is an access key");
}

void check(std::string_view input) {
    Choices choices(input);
    const unsigned choice = choices.byte() % 4;
    if (choice == 0)
        asJws(choices.rest());
    else if (choice == 1 && choices.rest().size() <= maxDocumentBytes)
        asSecrets(choices.rest());
    else
        asJws(crypto::signJws("sealwright-job", choices.rest(), signer(platformSigKid)));
}

const Registered registered({"job", check, "{}[]\",:\\u0ed-1a./ ", 20});

} // namespace
} // namespace sealwright::fuzz
