#include "tests/platform/core/json_schema.h"

#include <QRegularExpression>

#include <algorithm>

namespace sealwright::platform {

using crypto::Json;

namespace {

bool isOfType(const Json& value, std::string_view type) {
    return (type == "object" && value.object()) || (type == "array" && value.array()) ||
           (type == "string" && value.string()) || (type == "integer" && value.integer()) ||
           (type == "boolean" && value.boolean()) || (type == "null" && value.isNull());
}

bool matches(const std::string& pattern, const std::string& text) {
    const QRegularExpression expression(QString::fromStdString(pattern), QRegularExpression::DontCaptureOption);
    return expression.isValid() && expression.match(QString::fromStdString(text)).hasMatch();
}

bool onlyDescribes(std::string_view keyword) {
    return keyword == "description" || keyword == "examples" || keyword == "title" || keyword == "format";
}

/// Keywords about one scalar or about a size. Nothing where the keyword is none of them.
std::optional<bool> checkSimple(const std::string& keyword, const Json& rule, const Json& value) {
    const auto size = [&]() -> std::int64_t {
        if (const auto* text = value.string()) // code points, as JSON Schema counts
            return std::count_if(text->begin(), text->end(),
                                 [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
        return value.array() ? static_cast<std::int64_t>(value.array()->size()) : 0;
    };
    if (keyword == "type")
        return isOfType(value, *rule.string());
    if (keyword == "const")
        return value == rule;
    if (keyword == "enum")
        return std::find(rule.array()->begin(), rule.array()->end(), value) != rule.array()->end();
    if (keyword == "pattern")
        return !value.string() || matches(*rule.string(), *value.string());
    if (keyword == "minLength")
        return !value.string() || size() >= *rule.integer();
    if (keyword == "maxLength")
        return !value.string() || size() <= *rule.integer();
    if (keyword == "minItems")
        return !value.array() || size() >= *rule.integer();
    if (keyword == "minimum")
        return !value.integer() || *value.integer() >= *rule.integer();
    if (keyword == "maximum")
        return !value.integer() || *value.integer() <= *rule.integer();
    return std::nullopt;
}

} // namespace

const Json* JsonSchema::resolve(const std::string& pointer) const {
    const Json* at = &m_document;
    for (std::size_t from = 2; at && from <= pointer.size();) { // after "#/"
        const auto to = std::min(pointer.find('/', from), pointer.size());
        at = at->find(std::string_view(pointer).substr(from, to - from));
        from = to + 1;
    }
    return at;
}

std::optional<std::string> JsonSchema::mismatch(const Json& schema, const Json& value) const {
    return check(schema, value, "");
}

std::optional<std::string> JsonSchema::check(const Json& schema, const Json& value, const std::string& place) const {
    if (!schema.object())
        return place + " schema";
    const auto* properties = schema.find("properties");
    for (const auto& [keyword, rule] : *schema.object()) {
        const auto broken = [&] { return std::optional(place + " " + keyword); };
        if (onlyDescribes(keyword))
            continue;
        if (const auto fits = checkSimple(keyword, rule, value)) {
            if (!*fits)
                return broken();
        } else if (keyword == "$ref") {
            const auto* target = resolve(*rule.string());
            if (!target)
                return broken();
            if (auto wrong = check(*target, value, place))
                return wrong;
        } else if (keyword == "required") {
            for (const auto& name : *rule.array())
                if (value.object() && !value.find(*name.string()))
                    return std::optional(place + " required " + *name.string());
        } else if (keyword == "properties") {
            for (const auto& [name, inner] : *rule.object())
                if (const auto* member = value.find(name))
                    if (auto wrong = check(inner, *member, place + "/" + name))
                        return wrong;
        } else if (keyword == "additionalProperties") {
            for (const auto& member : value.object() ? *value.object() : crypto::JsonObject())
                if (!properties || !properties->find(member.first))
                    return std::optional(place + "/" + member.first + " not listed");
        } else if (keyword == "items") {
            for (std::size_t i = 0; value.array() && i < value.array()->size(); ++i)
                if (auto wrong = check(rule, (*value.array())[i], place + "/" + std::to_string(i)))
                    return wrong;
        } else if (keyword == "oneOf") {
            const auto fitting = std::count_if(rule.array()->begin(), rule.array()->end(),
                                               [&](const Json& one) { return !check(one, value, place); });
            if (fitting != 1)
                return broken();
        } else {
            return std::optional(place + " keyword " + keyword);
        }
    }
    return std::nullopt;
}

} // namespace sealwright::platform
