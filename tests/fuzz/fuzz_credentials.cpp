#include "models/domain/document.h"
#include "models/domain/job.h"
#include "tests/fuzz/known_keys.h"
#include "tests/fuzz/target.h"

// New credentials for a job under way. The first byte of an input chooses what it is: a JWS, or a payload that is
// signed here, in which @ stands for secrets that are sealed for this machine.
namespace sealwright::fuzz {
namespace {

constexpr std::string_view secretKey = "the secret key of the known answers";

Instant today() {
    return fromRfc3339("2026-01-15T12:00:00Z").value();
}

Job underWay() {
    Job job;
    job.jobId = "0b9a5a0e-5f0f-4a53-9d3f-3f7c1c1f7a01";
    job.machineId = "machine-17";
    return job;
}

const std::string& sealedSecrets() {
    static const std::string jwe = [] {
        const std::string text =
            R"({"storage":{"access_key":"a","secret_key":")" + std::string(secretKey) + R"(","session_token":"t"}})";
        return crypto::encryptJwe(crypto::SecretBytes(asBytes(text)), machineKey().publicKey()).value();
    }();
    return jwe;
}

void asJws(std::string_view jws) {
    const std::vector<crypto::VerificationKey> pinned{signer(platformSigKid).publicKey()};
    const Job job = underWay();
    const auto read = readRenewedSecrets(jws, job, pinned, machineKey(), today());
    if (!read) {
        const Code code = read.error().code;
        must(code == Code::PlatformAnswerInvalid || code == Code::KeyNotForThis, "a refusal has one of two codes");
        return;
    }
    must(!read->storage.accessKey.empty() && read->storage.expires, "there is a key, and it ends");
    must(asText(read->storage.secretKey.reveal()) == secretKey, "only what is sealed for this machine is opened");
    must(!readRenewedSecrets(withBitTurned(jws, sumOf(jws)), job, pinned, machineKey(), today()),
         "a turned bit is seen");
    must(!readRenewedSecrets(jws, job, {signer(anotherSigKid).publicKey()}, machineKey(), today()),
         "who signs is pinned");
    Job other = job;
    other.jobId = "0b9a5a0e-5f0f-4a53-9d3f-3f7c1c1f7a02";
    must(!readRenewedSecrets(jws, other, pinned, machineKey(), today()), "they are for one job");
    other = job;
    other.machineId = "machine-18";
    must(!readRenewedSecrets(jws, other, pinned, machineKey(), today()), "and for one machine");
}

void check(std::string_view input) {
    Choices choices(input);
    if (choices.byte() % 4 == 0) {
        asJws(choices.rest());
        return;
    }
    std::string payload(choices.rest());
    if (const auto at = payload.find('@'); at != std::string::npos)
        payload.replace(at, 1, sealedSecrets());
    asJws(crypto::signJws("sealwright-credentials", payload, signer(platformSigKid)));
}

const Registered registered({"credentials", check, "{}[]\",:\\u0ed-1a.@ ", 30});

} // namespace
} // namespace sealwright::fuzz
