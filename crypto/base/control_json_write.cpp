#include "crypto/base/control_json.h"

namespace sealwright::crypto {

namespace {

void appendQuoted(std::string_view text, std::string& out) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\t':
            out += "\\t";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\f':
            out += "\\f";
            break;
        case '\r':
            out += "\\r";
            break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                out += "\\u00";
                out += hex[static_cast<unsigned char>(c) >> 4];
                out += hex[c & 15];
            } else {
                out += c;
            }
        }
    }
    out += '"';
}

struct Writer {
    std::string& out;

    void operator()(std::nullptr_t) const { out += "null"; }
    void operator()(bool value) const { out += value ? "true" : "false"; }
    void operator()(std::int64_t value) const { out += std::to_string(value); }
    void operator()(const JsonReal& value) const { out += value.text; }
    void operator()(const std::string& value) const { appendQuoted(value, out); }
    void operator()(const JsonArray& elements) const {
        char before = '[';
        for (const Json& element : elements) {
            out += std::exchange(before, ',');
            std::visit(*this, element.value());
        }
        out += elements.empty() ? "[]" : "]";
    }
    void operator()(const JsonObject& members) const {
        char before = '{';
        for (const auto& [name, value] : members) {
            out += std::exchange(before, ',');
            appendQuoted(name, out);
            out += ':';
            std::visit(*this, value.value());
        }
        out += members.empty() ? "{}" : "}";
    }
};

} // namespace

std::string writeControlJson(const Json& value) {
    std::string out;
    std::visit(Writer{out}, value.value());
    return out;
}

} // namespace sealwright::crypto
