#include "app/api/answers.h"

#include <algorithm>

namespace sealwright {

using crypto::Json;

namespace {

Err<Failure> invalid(const char* member) {
    return fail({Code::PlatformAnswerInvalid, {member}});
}

/// The members of one object; remembers the first that was not as it should be.
class Members {
public:
    explicit Members(const Json& json) : m_json(json) {
        if (!json.object())
            m_wrong = "body";
    }
    std::string text(const char* name) {
        const auto* member = m_json.find(name);
        if (member && member->string())
            return *member->string();
        return refuse(name), std::string();
    }
    Instant time(const char* name) {
        const auto when = fromRfc3339(text(name));
        if (!when)
            refuse(name);
        return when.value_or(0);
    }
    std::string uuid(const char* name) {
        auto id = text(name);
        if (!isUuid(id))
            refuse(name);
        return id;
    }
    void refuse(const char* name) {
        if (!m_wrong)
            m_wrong = name;
    }
    const char* wrong() const { return m_wrong; }

private:
    const Json& m_json;
    const char* m_wrong = nullptr;
};

template <class Entry>
Outcome<std::vector<Entry>> readList(const Json& body, const char* name, Outcome<Entry> (*read)(const Json&)) {
    const auto* list = body.find(name);
    if (!list || !list->array())
        return invalid(name);
    std::vector<Entry> entries;
    for (const auto& item : *list->array()) {
        auto entry = read(item);
        if (!entry)
            return entry.failed();
        entries.push_back(std::move(*entry));
    }
    return entries;
}

Outcome<ResultEntry> readResult(const Json& body) {
    Members members(body);
    ResultEntry entry;
    entry.resultId = members.uuid("result_id");
    entry.name = members.text("name");
    entry.created = members.time("created");
    entry.data = members.text("data");
    entry.manifest = members.text("manifest");
    entry.signature = members.text("signature");
    if (members.wrong())
        return invalid(members.wrong());
    return entry;
}

} // namespace

bool isTokenText(std::string_view token) {
    return !token.empty() && std::all_of(token.begin(), token.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view("-._~+/=").find(c) != std::string_view::npos;
    });
}

Outcome<Json> readBody(const net::Answer& answer) {
    auto json = crypto::parseControlJson({answer.body.constData(), static_cast<std::size_t>(answer.body.size())},
                                         net::largeAnswer);
    if (!json || !json->object())
        return invalid("body");
    return std::move(*json);
}

Outcome<Challenge> readChallenge(const Json& body) {
    Members members(body);
    Challenge challenge{members.text("challenge_id"), members.text("challenge"), {}};
    const auto* keys = body.find("keys");
    if (members.wrong() || !keys)
        return invalid(members.wrong() ? members.wrong() : "keys");
    auto set = crypto::jwkSetFromJson(*keys);
    if (!set)
        return invalid("keys");
    challenge.platformKeys = std::move(*set);
    return challenge;
}

Outcome<JobApi::Registered> readRegistered(Json& body) {
    Members members(body);
    auto jws = members.text("registration");
    auto token = members.text("access_token");
    if (!isTokenText(token))
        members.refuse("access_token");
    JobApi::Registered registered{std::move(jws), crypto::SecretBytes(asBytes(token))};
    crypto::wipe(token);
    if (body.object())
        for (auto& [name, member] : *body.object())
            if (name == "access_token" && member.string())
                crypto::wipe(*member.string());
    if (members.wrong())
        return invalid(members.wrong());
    return registered;
}

Outcome<std::vector<std::string>> readRegistrations(const Json& body) {
    return readList<std::string>(body, "registrations", [](const Json& item) -> Outcome<std::string> {
        return item.string() ? Outcome<std::string>(*item.string()) : invalid("registrations");
    });
}

Outcome<JobEntry> readJobEntry(const Json& body) {
    Members members(body);
    JobEntry entry;
    entry.jobId = members.uuid("job_id");
    entry.jws = members.text("job");
    entry.updated = members.time("updated");
    const auto state = jobStateFromText(members.text("state"));
    if (!state)
        members.refuse("state");
    if (members.wrong())
        return invalid(members.wrong());
    entry.state = *state;
    return entry;
}

Outcome<std::vector<JobEntry>> readJobs(const Json& body) {
    return readList<JobEntry>(body, "jobs", readJobEntry);
}

Outcome<std::string> readCredentials(const Json& body) {
    Members members(body);
    auto jws = members.text("credentials");
    if (members.wrong())
        return invalid(members.wrong());
    return jws;
}

Outcome<std::vector<ResultEntry>> readResults(const Json& body) {
    return readList<ResultEntry>(body, "results", readResult);
}

} // namespace sealwright
