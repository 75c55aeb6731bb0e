#include "models/domain/policy.h"

#include "models/domain/document.h"
#include "models/domain/policy_names.h"

#include <unordered_set>

namespace sealwright {
namespace {

bool pads(Action action) {
    return action == Action::Encrypt || action == Action::Deterministic;
}

bool joins(Action action) {
    return action == Action::Deterministic || action == Action::Fpe || action == Action::Pseudonym;
}

bool keepsParts(Action action) {
    return action == Action::Fpe || action == Action::Mask;
}

std::optional<EmptyRule> emptyRuleOpt(MemberReader& in, std::string_view name) {
    if (!in.has(name)) {
        return std::nullopt;
    }
    const std::string value = in.text(name);
    if (value == "keep") {
        return EmptyRule::Keep;
    }
    if (value != "encrypt") {
        in.refuse(name);
    }
    return EmptyRule::Encrypt;
}

std::optional<std::uint32_t> paddingOpt(MemberReader& in) {
    const crypto::Json* value = in.anyOpt("padding");
    if (!value) {
        return std::nullopt;
    }
    if (const std::string* text = value->string()) {
        if (*text != "none") {
            in.refuse("padding");
        }
        return 0;
    }
    MemberReader to(in.check(), value, in.placeOf("padding"));
    const auto bytes = static_cast<std::uint32_t>(to.integer("to", 1, 65536));
    to.close();
    return bytes;
}

std::uint32_t countOpt(MemberReader& in, std::string_view name) {
    return in.has(name) ? static_cast<std::uint32_t>(in.integer(name, 0, 0xffffffff)) : 0;
}

FieldRule readRule(MemberReader& in) {
    FieldRule rule;
    rule.path = in.text("path");
    if (hasTooManySteps(rule.path)) {
        in.refuse("path");
    }
    const std::optional<Action> action = actionFromText(in.text("action"));
    if (!action) {
        in.refuse("action");
        return rule;
    }
    rule.action = *action;
    rule.nulls = emptyRuleOpt(in, "nulls");
    rule.empty = emptyRuleOpt(in, "empty");
    if (in.has("on_error")) {
        const std::string value = in.text("on_error");
        if (value != "fail" && value != "null") {
            in.refuse("on_error");
        }
        rule.onError = value == "null" ? OnError::Null : OnError::Fail;
    }
    if (rule.action == Action::Encrypt && in.has("algorithm")) {
        const std::optional<Algorithm> algorithm = algorithmFromText(in.text("algorithm"));
        if (!algorithm) {
            in.refuse("algorithm");
        }
        rule.algorithm = algorithm.value_or(Algorithm::Aes256Gcm);
    }
    if (pads(rule.action)) {
        rule.padTo = paddingOpt(in);
    }
    if (joins(rule.action)) {
        rule.joinAs = in.nonEmptyOpt("join_as");
    }
    if (rule.action == Action::Fpe) {
        rule.alphabet = in.text("alphabet");
        if (!isAlphabet(rule.alphabet)) {
            in.refuse("alphabet");
        }
    }
    if (keepsParts(rule.action)) {
        rule.keepPrefix = countOpt(in, "keep_prefix");
        rule.keepSuffix = countOpt(in, "keep_suffix");
    }
    in.close();
    return rule;
}

/// The path of the rule that a place such as `fields[3].padding` lies in, as far as it has one.
std::string pathAt(const crypto::Json& json, std::string_view place) {
    const crypto::Json* fields = json.find("fields");
    if (!fields || !fields->array()) {
        return {};
    }
    for (std::size_t i = 0; i < fields->array()->size(); ++i) {
        const std::string item = placeOfItem("fields", i);
        if (place.substr(0, item.size()) == item) {
            const crypto::Json* path = (*fields->array())[i].find("path");
            return path && path->string() ? *path->string() : std::string();
        }
    }
    return {};
}

crypto::Json paddingJson(std::uint32_t padTo) {
    if (padTo == 0) {
        return "none";
    }
    return crypto::JsonObject{{"to", std::int64_t{padTo}}};
}

crypto::Json ruleJson(const FieldRule& rule, const Policy& policy) {
    crypto::JsonObject out{{"path", rule.path}, {"action", toText(rule.action)}};
    if (rule.action == Action::Encrypt) {
        out.emplace_back("algorithm", toText(rule.algorithm));
    }
    out.emplace_back("nulls", toText(rule.nulls.value_or(policy.nulls)));
    out.emplace_back("empty", toText(rule.empty.value_or(policy.empty)));
    if (pads(rule.action)) {
        out.emplace_back("padding", paddingJson(rule.padTo.value_or(policy.padTo)));
    }
    if (joins(rule.action) && !rule.joinAs.empty()) {
        out.emplace_back("join_as", rule.joinAs);
    }
    if (rule.action == Action::Fpe) {
        out.emplace_back("alphabet", rule.alphabet);
    }
    if (keepsParts(rule.action)) {
        out.emplace_back("keep_prefix", std::int64_t{rule.keepPrefix});
        out.emplace_back("keep_suffix", std::int64_t{rule.keepSuffix});
    }
    out.emplace_back("on_error", rule.onError == OnError::Null ? "null" : "fail");
    return out;
}

} // namespace

const FieldRule* Policy::ruleFor(std::string_view path) const {
    for (const FieldRule& rule : fields) {
        if (rule.path == path) {
            return &rule;
        }
    }
    return nullptr;
}

Outcome<Policy> policyFromJson(const crypto::Json& json) {
    DocumentCheck check(Code::PolicyInvalid);
    MemberReader in(check, &json, {});
    Policy policy;
    in.exactly("version", std::int64_t{1});
    if (in.has("default")) {
        const std::optional<Action> action = actionFromText(in.text("default"));
        if (action != Action::Encrypt && action != Action::Keep) {
            in.refuse("default");
        }
        policy.defaultAction = action.value_or(Action::Encrypt);
    }
    policy.nulls = emptyRuleOpt(in, "nulls").value_or(EmptyRule::Encrypt);
    policy.empty = emptyRuleOpt(in, "empty").value_or(EmptyRule::Encrypt);
    policy.padTo = paddingOpt(in).value_or(16);
    policy.unflatten = in.has("unflatten") && in.boolean("unflatten");
    policy.join = in.nonEmptyOpt("join");
    std::unordered_set<std::string> seen;
    if (in.has("fields")) {
        const crypto::JsonArray& fields = in.array("fields", 0, 1'000'000);
        for (std::size_t i = 0; i < fields.size() && check.ok(); ++i) {
            MemberReader item(check, &fields[i], placeOfItem("fields", i));
            policy.fields.push_back(readRule(item));
            if (check.ok() && !seen.insert(policy.fields.back().path).second) {
                return fail({Code::PolicyPathTwice, {policy.fields.back().path}});
            }
        }
    }
    in.close();
    if (!check.ok()) {
        Failure failure = check.failure();
        failure.facts.push_back(pathAt(json, failure.facts.front()));
        return fail(std::move(failure));
    }
    return policy;
}

Outcome<Policy> parsePolicy(std::string_view text) {
    const crypto::Result<crypto::Json> json = crypto::parseControlJson(text);
    if (!json) {
        return fail({Code::PolicyInvalid, {"", ""}});
    }
    return policyFromJson(*json);
}

crypto::Json toJson(const Policy& policy) {
    crypto::JsonObject out{{"version", 1},
                           {"default", toText(policy.defaultAction)},
                           {"nulls", toText(policy.nulls)},
                           {"empty", toText(policy.empty)},
                           {"unflatten", policy.unflatten},
                           {"padding", paddingJson(policy.padTo)}};
    if (!policy.join.empty()) {
        out.emplace_back("join", policy.join);
    }
    crypto::JsonArray fields;
    fields.reserve(policy.fields.size());
    for (const FieldRule& rule : policy.fields) {
        fields.push_back(ruleJson(rule, policy));
    }
    out.emplace_back("fields", std::move(fields));
    return out;
}

} // namespace sealwright
