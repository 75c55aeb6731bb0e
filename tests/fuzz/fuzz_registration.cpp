#include "models/domain/job.h"
#include "models/domain/registration.h"
#include "tests/fuzz/known_keys.h"
#include "tests/fuzz/target.h"

// Invitation, registration, its update, and proof. The first byte of an input chooses which; all but an invitation are
// signed here, by who must.
namespace sealwright::fuzz {
namespace {

constexpr std::string_view platform = "https://platform.example", challengeId = "c-1";

Instant today() {
    return fromRfc3339("2026-01-15T12:00:00Z").value();
}

void invitation(std::string_view text) {
    const auto read = parseInvitation(text, today());
    if (!read)
        return;
    must(hostOfEndpoint(read->platform).has_value() && read->platform.substr(0, 4) == "http", "a platform is a URL");
    must(!read->token.empty() && read->expires > today(), "it has a token and has not expired");
    must(read->platformKid.empty() || crypto::fingerprintWords(read->platformKid).ok(), "a kid is one");
    const crypto::Json document(crypto::JsonObject{{"format", "sealwright-invitation/1"},
                                                   {"platform", read->platform},
                                                   {"token", read->token},
                                                   {"expires", toRfc3339(read->expires)}});
    const std::string link =
        "sealwright://register?invitation=" + crypto::b64Encode(asBytes(crypto::writeControlJson(document)));
    const auto again = parseInvitation(" " + link + "\n", today());
    must(again && again->platform == read->platform && again->token == read->token, "a link says the same");
}

crypto::JwkSet offered() {
    crypto::JwkSet keys;
    keys.sig = {signer(platformSigKid).publicKey(), signer(anotherSigKid).publicKey()};
    return keys;
}

void soundRegistration(const Registration& read) {
    must(!read.machineId.empty(), "the machine has an id");
    for (const std::string& host : read.hosts)
        must(hostOfEndpoint("https://" + host) == host, "hosts are hosts with ports");
    must(!read.keys.sig.empty(), "there is a key to pin");
}

void registration(std::string_view payload) {
    const std::string jws = crypto::signJws("sealwright-registration", payload, signer(platformSigKid));
    const auto read = readRegistration(jws, platformSigKid, offered(), platform);
    must(!readRegistration(jws, anotherSigKid, offered(), platform), "another signer than the invitation's is refused");
    if (!read)
        return;
    soundRegistration(*read);
    must(read->platform == platform && read->platformKid == platformSigKid, "it is this platform's");
    must(!readRegistration(withBitTurned(jws, sumOf(jws)), platformSigKid, offered(), platform),
         "a turned bit is seen");
    must(!readUpdate(jws, *read), "a registration is not later than itself");
}

void update(std::string_view payload) {
    Registration kept;
    kept.machineId = "machine-17";
    kept.platform = platform;
    kept.keys = offered();
    kept.issued = today();
    const auto read = readUpdate(crypto::signJws("sealwright-registration", payload, signer(anotherSigKid)), kept);
    if (!read)
        return;
    soundRegistration(*read);
    must(read->machineId == kept.machineId && read->platform == kept.platform, "machine and platform stay");
    must(read->issued > kept.issued, "only what is later counts");
}

/// The 32 bytes of the known answers' challenge, so that their proofs hold here.
const crypto::SecretBytes& challengeBytes() {
    static const crypto::SecretBytes bytes = [] {
        for (const crypto::Json& one : *knownAnswers().find("registration")->array())
            if (const crypto::Json* challenge = one.find("challenge"))
                return machineKey().unwrap(*challenge->string()).value();
        return crypto::SecretBytes();
    }();
    return bytes;
}

void proof(std::string_view payload) {
    const auto& machine = signer(machineSigKid);
    const std::string jws = crypto::signJws("sealwright-proof", payload, machine);
    const auto holds = [&](std::string_view aud, const crypto::SecretBytes& bytes) {
        return checkProof(jws, machine.publicKey(), machineEncKid, aud, challengeId, bytes, today()).ok();
    };
    if (!holds(platform, challengeBytes()))
        return;
    must(!holds("https://other.example", challengeBytes()), "a proof is for one platform");
    must(!holds(platform, crypto::SecretBytes(asBytes("another challenge of 32 bytes ..."))), "and for one challenge");
}

void check(std::string_view input) {
    Choices choices(input);
    static void (*const kinds[])(std::string_view) = {invitation, registration, update, proof};
    kinds[choices.byte() % std::size(kinds)](choices.rest());
}

const Registered registered({"registration", check, "{}[]\",:\\u0ed-1a./ ", 50});

} // namespace
} // namespace sealwright::fuzz
