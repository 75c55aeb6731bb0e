#include "models/dataset/unflatten.h"

#include "models/dataset/json_text.h"

#include <algorithm>
#include <unordered_map>

namespace sealwright::dataset {
namespace {

constexpr std::uint32_t none = ~std::uint32_t(0);

/// A member of the new record: a value of the old one, or an object made here.
struct Member {
    std::string name;
    std::uint32_t value = none; // a node, or none for an object
    std::vector<std::uint32_t> members;
};

class Builder {
public:
    Builder() { m_all.emplace_back(); }

    /// False where a name would be an object made here and anything else too, where a part is empty, or too deep.
    bool add(const std::string& dotted, std::uint32_t value) {
        std::uint32_t object = 0;
        std::size_t begin = 0;
        const bool nested = dotted.find('.') != std::string::npos;
        for (std::size_t dot = dotted.find('.'); dot != std::string::npos; dot = dotted.find('.', begin)) {
            if (dot == begin || (object = step(object, dotted.substr(begin, dot - begin))) == none)
                return false;
            begin = dot + 1;
        }
        if (nested && begin == dotted.size())
            return false;
        return leaf(object, dotted.substr(begin), value);
    }

    const std::vector<Member>& all() const { return m_all; }

private:
    std::uint32_t step(std::uint32_t parent, std::string name) {
        const auto [known, isNew] = m_known.emplace(key(parent, name), std::uint32_t(m_all.size()));
        if (!isNew)
            return m_all[known->second].value == none ? known->second : none;
        append(parent, std::move(name), none);
        return known->second;
    }

    bool leaf(std::uint32_t parent, std::string name, std::uint32_t value) {
        const auto [known, isNew] = m_known.emplace(key(parent, name), std::uint32_t(m_all.size()));
        if (!isNew && m_all[known->second].value == none)
            return false;
        append(parent, std::move(name), value);
        return true;
    }

    void append(std::uint32_t parent, std::string name, std::uint32_t value) {
        m_all[parent].members.push_back(std::uint32_t(m_all.size()));
        m_all.push_back({std::move(name), value, {}});
    }

    static std::string key(std::uint32_t parent, const std::string& name) {
        return std::to_string(parent) + '.' + name;
    }

    std::vector<Member> m_all;
    std::unordered_map<std::string, std::uint32_t> m_known;
};

/// Copies a value without white space.
void appendCompact(std::string_view raw, std::string& out) {
    bool inString = false;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        const char c = raw[i];
        if (inString && c == '\\')
            out += raw[i++];
        else if (c == '"')
            inString = !inString;
        else if (!inString && isJsonSpace(c))
            continue;
        out += raw[i];
    }
}

/// No recursion deeper than the nesting of JSON: add() has seen to that.
void write(const std::vector<Member>& all, std::uint32_t object, std::string_view text,
           const std::vector<JsonNode>& nodes, std::string& out) {
    char separator = '{';
    for (const std::uint32_t index : all[object].members) {
        out += separator;
        separator = ',';
        out += '"';
        escapeJson(all[index].name, out);
        out += "\":";
        if (all[index].value == none)
            write(all, index, text, nodes, out);
        else
            appendCompact(nodes[all[index].value].raw(text), out);
    }
    out += '}';
}

} // namespace

Outcome<bool> unflatten(std::string_view text, const std::vector<JsonNode>& nodes, std::string& out) {
    out.clear();
    if (nodes[0].kind != JsonKind::Object)
        return false;
    const std::uint32_t count = nodes[0].after;
    // The parser has refused names that cannot be decoded.
    const auto nameOf = [&](std::uint32_t node) {
        std::string name;
        unescapeJson(text.substr(nodes[node].nameBegin + 1u, nodes[node].nameEnd - nodes[node].nameBegin - 2u), name);
        return name;
    };
    bool changes = false;
    for (std::uint32_t node = 1; node < count && !changes; node = nodes[node].after)
        changes = nameOf(node).find('.') != std::string::npos;
    if (!changes)
        return false;
    Builder builder;
    for (std::uint32_t node = 1; node < count; node = nodes[node].after) {
        const std::string name = nameOf(node);
        if (std::count(name.begin(), name.end(), '.') >= long(maxJsonDepth))
            return fail(Failure(Code::DataJsonTooDeep));
        if (!builder.add(name, node))
            return fail(Failure(Code::DataUnflattenConflict, {name}));
    }
    write(builder.all(), 0, text, nodes, out);
    return true;
}

} // namespace sealwright::dataset
