#include "tests/platform/core/admin_desk.h"

#include <algorithm>

namespace sealwright::platform {

using crypto::Json;
using crypto::JsonObject;

namespace {

std::string textIn(const Json& body, const char* name) {
    const auto* member = body.find(name);
    return member && member->string() ? *member->string() : std::string();
}

std::int64_t numberIn(const Json& body, const char* name, std::int64_t otherwise) {
    const auto* member = body.find(name);
    return member && member->integer() ? *member->integer() : otherwise;
}

const Reply done{200, JsonObject{}, {}};

/// "/admin/jobs/ID/expire" → {"jobs", "ID", "expire"}
std::vector<std::string> partsOf(const std::string& path) {
    std::vector<std::string> parts;
    for (std::size_t from = std::string("/admin/").size(); from <= path.size();) {
        const auto to = std::min(path.find('/', from), path.size());
        parts.push_back(path.substr(from, to - from));
        from = to + 1;
    }
    parts.resize(3);
    return parts;
}

} // namespace

AdminDesk::AdminDesk(Registry& registry, JobStore& jobs, JobMaker& maker, std::string token,
                     std::function<std::string(Instant)> invitation, std::function<bool()> changeKey,
                     std::function<void(BrokerLogin)> useBroker)
    : m_registry(registry),
      m_jobs(jobs),
      m_maker(maker),
      m_token(std::move(token)),
      m_invitation(std::move(invitation)),
      m_changeKey(std::move(changeKey)),
      m_useBroker(std::move(useBroker)) {}

Reply AdminDesk::answer(const Incoming& call) {
    if (m_token.empty() || call.token != m_token)
        return problem("token.unknown");
    const auto parsed = crypto::parseControlJson(call.body.empty() ? "{}" : call.body);
    if (!parsed || !parsed->object())
        return problem("request.invalid");
    const auto parts = partsOf(call.path);
    if (parts[0] == "invitations")
        return {
            200, JsonObject{{"invitation", m_invitation(now() + numberIn(*parsed, "expires_in", secondsADay))}}, {}};
    if (parts[0] == "faults" && parts[1] == "end")
        return m_faults.clear(), done;
    if (parts[0] == "faults")
        return addFault(*parsed);
    if (parts[0] == "machines" && parts[2] == "revoke")
        return m_registry.revoke(parts[1], true), done;
    if (parts[0] == "machines" && parts[2] == "reinstate")
        return m_registry.revoke(parts[1], false), done;
    if (parts[0] == "rotate-key")
        return m_changeKey() ? done : problem("internal");
    if (parts[0] == "broker-login")
        return m_useBroker({textIn(*parsed, "user"), crypto::SecretBytes(asBytes(textIn(*parsed, "password")))}), done;
    if (parts[0] == "machines")
        return machines();
    if (parts[0] == "jobs" && parts[1].empty())
        return makeJob(*parsed);
    if (parts[0] == "jobs")
        return aboutJob(parts[1], parts[2]);
    return problem("path.unknown");
}

Reply AdminDesk::machines() const {
    crypto::JsonArray list;
    for (const auto& machine : m_registry.all())
        list.emplace_back(JsonObject{{"machine_id", machine.id}, {"name", machine.name}});
    return {200, JsonObject{{"machines", std::move(list)}}, {}};
}

Reply AdminDesk::makeJob(const Json& body) {
    const auto machine = m_registry.byId(textIn(body, "machine_id"));
    const auto *source = body.find("source"), *policy = body.find("policy");
    if (!machine || !source || !policy)
        return problem("request.invalid", "machine_id, source, policy");
    JobOrder order;
    order.name = textIn(body, "name");
    order.purpose = textIn(body, "purpose");
    order.source = *source;
    order.policy = *policy;
    order.targetBucket = textIn(body, "bucket");
    order.targetPrefix = textIn(body, "prefix");
    order.joinKeyId = textIn(body, "join_key");
    if (const auto* recipients = body.find("recipients")) {
        auto keys = crypto::jwkSetFromJson(*recipients);
        if (!keys)
            return problem("request.invalid", "recipients");
        order.recipients = std::move(*keys);
    }
    if (const auto* feedback = body.find("feedback"))
        order.feedback = *feedback;
    order.issued = now() + numberIn(body, "issued_in", 0);
    order.expires = now() + numberIn(body, "expires_in", 7 * secondsADay);
    const auto made = m_maker.make(order, *machine);
    if (const auto* wrong = std::get_if<Reply>(&made))
        return *wrong;
    const auto& job = std::get<JobRow>(made);
    return {200, JsonObject{{"job_id", job.id}, {"job", job.jws}}, {}};
}

Reply AdminDesk::aboutJob(const std::string& id, const std::string& what) {
    const auto job = m_jobs.job(id);
    if (!job)
        return problem("job.unknown");
    if (what == "expire")
        return m_jobs.setExpires(id, now() - 1), done;
    if (what == "cancel")
        return m_jobs.setState(id, JobState::Cancelled), done;
    if (what != "events")
        return problem("path.unknown");
    crypto::JsonArray events;
    for (const auto& event : m_jobs.eventsOf(id))
        if (auto body = crypto::parseControlJson(event.body, largestBody))
            events.push_back(std::move(*body));
    return {200, JsonObject{{"events", std::move(events)}, {"state", toText(job->state)}}, {}};
}

Reply AdminDesk::addFault(const Json& body) {
    const auto retryAfter = numberIn(body, "retry_after", -1);
    const auto* after = body.find("after");
    m_faults.push_back({textIn(body, "path"), static_cast<int>(numberIn(body, "status", 503)),
                        static_cast<int>(numberIn(body, "times", 1)),
                        retryAfter < 0 ? std::nullopt : std::optional(static_cast<int>(retryAfter)),
                        after && after->boolean() && *after->boolean()});
    return done;
}

Reply AdminDesk::withFaults(const Incoming& call, const std::function<Reply()>& carryOut) {
    const auto fault = std::find_if(m_faults.begin(), m_faults.end(),
                                    [&](const Fault& f) { return f.times > 0 && call.path.rfind(f.path, 0) == 0; });
    if (fault == m_faults.end())
        return carryOut();
    --fault->times;
    if (fault->after)
        carryOut();
    return fault->status == 0 ? Reply{0, {}, {}} : faultOf(fault->status, fault->retryAfter);
}

} // namespace sealwright::platform
