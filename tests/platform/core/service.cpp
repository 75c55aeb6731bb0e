#include "tests/platform/core/service.h"

namespace sealwright::platform {

using crypto::Json;

Service::Service(const Contract& contract, Registry& registry, RegistrationDesk& registration, JobDesk& jobs,
                 CredentialDesk& credentials, ResultDesk& results)
    : m_contract(contract), m_registry(registry) {
    m_handlers["beginRegistration"] = [&](const Ready& r) {
        return once(r, [&] { return registration.begin(r.body); });
    };
    m_handlers["finishRegistration"] = [&](const Ready& r) {
        return once(r, [&] { return registration.finish(r.body); });
    };
    m_handlers["readRegistrations"] = [&](const Ready& r) { return registration.statements(*r.machine); };
    m_handlers["listJobs"] = [&](const Ready& r) { return jobs.list(*r.machine); };
    m_handlers["readJob"] = [&](const Ready& r) { return jobs.read(*r.machine, r.match.parameters.at("job_id")); };
    m_handlers["sendEvent"] = [&](const Ready& r) {
        return jobs.event(*r.machine, r.match.parameters.at("job_id"), r.call.idempotencyKey, r.body, r.call.body);
    };
    m_handlers["renewCredentials"] = [&](const Ready& r) {
        return credentials.renew(*r.machine, r.match.parameters.at("job_id"));
    };
    m_handlers["listResults"] = [&](const Ready& r) { return Reply{200, results.list(*r.machine), {}}; };
}

std::vector<std::string> Service::unanswered() const {
    std::vector<std::string> ids;
    for (const auto& operation : m_contract.operations())
        if (!m_handlers.count(operation.id))
            ids.push_back(operation.id);
    return ids;
}

Reply Service::once(const Ready& ready, const std::function<Reply()>& act) {
    const auto hash = sha256Hex(ready.call.path + '\n' + ready.call.body);
    if (const auto known = m_remembered.find(ready.call.idempotencyKey); known != m_remembered.end())
        return known->second.bodyHash == hash ? known->second.reply : problem("idempotency.key-reused");
    auto reply = act();
    if (reply.good())
        m_remembered[ready.call.idempotencyKey] = {hash, reply};
    return reply;
}

Reply Service::answer(const Incoming& call) {
    const auto match = m_contract.find(call.verb, call.path);
    if (!match)
        return problem("path.unknown", call.verb + " " + call.path);
    auto reply = carryOut(call, *match);
    if (!reply.good())
        return reply;
    const auto schema = match->operation->answers.find(reply.status);
    if (schema == match->operation->answers.end() || m_contract.mismatch(*schema->second, reply.body))
        return problem("internal", "the answer is not as the contract has it");
    return reply;
}

Reply Service::carryOut(const Incoming& call, const Match& match) {
    const auto& operation = *match.operation;
    std::optional<Machine> machine;
    if (operation.needsToken) {
        machine = m_registry.byToken(call.token);
        if (!machine)
            return problem("token.unknown");
        if (machine->revoked)
            return problem("machine.revoked");
    }
    if (operation.needsIdempotencyKey && !isUuid(call.idempotencyKey))
        return problem("request.invalid", "Idempotency-Key is no UUID");
    Json body;
    if (operation.requestBody) {
        auto parsed = crypto::parseControlJson(call.body, largestBody);
        if (!parsed)
            return problem("request.invalid", "the body is no JSON");
        body = std::move(*parsed);
        if (const auto wrong = m_contract.mismatch(*operation.requestBody, body))
            return problem("request.invalid", "body" + *wrong);
    }
    return m_handlers.at(operation.id)({call, match, body, machine ? &*machine : nullptr});
}

} // namespace sealwright::platform
