#pragma once
#include "crypto/base/bytes.h"
#include "crypto/base/error.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

// JSON of control documents (manifest, job, policy, JWK …), as strict as FORMAT.md "Words" says. Data is never read
// with this: models/dataset reads data, where every byte's place matters.
namespace sealwright::crypto {

class Json;
using JsonArray = std::vector<Json>;
using JsonMember = std::pair<std::string, Json>;
/// Members keep the order in which they were written.
using JsonObject = std::vector<JsonMember>;

/// A number that is not an integer within ±2^53; only `metadata` may hold one. The text is as written.
struct JsonReal {
    std::string text;
    friend bool operator==(const JsonReal&, const JsonReal&) = default;
};

class Json {
public:
    using Value = std::variant<std::nullptr_t, bool, std::int64_t, JsonReal, std::string, JsonArray, JsonObject>;

    Json() : m_value(nullptr) {}
    Json(std::nullptr_t) : m_value(nullptr) {}
    Json(bool value) : m_value(value) {}
    Json(std::int64_t value) : m_value(value) {}
    Json(int value) : m_value(std::int64_t{value}) {}
    Json(std::uint64_t value) : m_value(static_cast<std::int64_t>(value)) {}
    Json(JsonReal value) : m_value(std::move(value)) {}
    Json(std::string value) : m_value(std::move(value)) {}
    Json(std::string_view value) : m_value(std::string(value)) {}
    Json(const char* value) : m_value(std::string(value)) {}
    Json(JsonArray value) : m_value(std::move(value)) {}
    Json(JsonObject value) : m_value(std::move(value)) {}

    const bool* boolean() const { return std::get_if<bool>(&m_value); }
    const std::int64_t* integer() const { return std::get_if<std::int64_t>(&m_value); }
    const std::string* string() const { return std::get_if<std::string>(&m_value); }
    std::string* string() { return std::get_if<std::string>(&m_value); }
    const JsonArray* array() const { return std::get_if<JsonArray>(&m_value); }
    const JsonObject* object() const { return std::get_if<JsonObject>(&m_value); }
    JsonObject* object() { return std::get_if<JsonObject>(&m_value); }
    bool isNull() const { return std::holds_alternative<std::nullptr_t>(m_value); }
    const Value& value() const { return m_value; }

    /// The member of that name, or null where this is no object or has none.
    const Json* find(std::string_view name) const;

    friend bool operator==(const Json&, const Json&) = default;

private:
    Value m_value;
};

/// UTF-8 without BOM, no duplicate member names at any depth, no lone surrogates, nesting at most 256, integers as
/// `-?(0|[1-9][0-9]*)` within ±2^53; other numbers become JsonReal, which every typed reader refuses.
/// `maxBytes` is FORMAT.md §9 (64 MiB for manifest and index, 1 MiB for all others), checked before parsing;
/// LimitReached beyond, and for more than 5,000,000 values, which are counted before any is built: each takes some 50
/// bytes here; else BadEncoding.
Result<Json> parseControlJson(std::string_view text, std::size_t maxBytes = 1u << 20);

/// Compact, UTF-8, members in their order, only `"`, `\` and control characters escaped.
std::string writeControlJson(const Json& value);

} // namespace sealwright::crypto
