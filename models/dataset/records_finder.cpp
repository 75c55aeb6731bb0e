#include "models/dataset/records_finder.h"

#include "models/dataset/json_grammar.h"
#include "models/dataset/json_text.h"

#include <optional>

namespace sealwright::dataset {
namespace {

constexpr std::size_t longestName = 64u << 10; // a longer one is on nobody's way

/// The name in UTF-8; nothing where it is malformed or too long.
std::optional<std::string> nameOf(std::string_view raw) {
    JsonFault fault;
    std::size_t at = 0;
    bool escaped = false;
    std::string name;
    const bool good = raw.size() <= longestName && scanStringContent(raw, at, escaped, fault) && at == raw.size() &&
                      unescapeJson(raw, name);
    return good ? std::optional(name) : std::nullopt;
}

} // namespace

// m_depth counts the containers open that are not on the way; m_names has a name for each object on the way whose
// member is looked at, so m_names.size() - 1 of the path's names are behind us.

RecordsFinder::State RecordsFinder::feed(std::string_view piece) {
    for (const char c : piece) {
        if (m_state != State::Looking)
            break;
        byte(c);
        ++m_at;
    }
    return m_state;
}

void RecordsFinder::byte(char c) {
    if (m_inString)
        stringByte(c);
    else if (!isJsonSpace(c))
        structure(c);
}

void RecordsFinder::stringByte(char c) {
    const bool naming = m_depth == 0 && m_phase == Phase::Name;
    if (!m_escape && c == '"') {
        m_inString = false;
        if (m_depth == 0)
            m_phase = naming ? Phase::Colon : Phase::Behind;
        return;
    }
    m_escape = !m_escape && c == '\\';
    if (naming && m_names.back().size() <= longestName)
        m_names.back() += c;
}

void RecordsFinder::structure(char c) {
    if (m_phase == Phase::Begin) {
        m_names.emplace_back();
        m_phase = Phase::Name;
        if (c != '{')
            m_state = State::NotThere;
        return;
    }
    if (m_phase == Phase::First) {
        if (c == '{') {
            m_state = State::Found;
            return;
        }
        m_depth = 1;
        m_phase = Phase::Value;
    }
    if (c == '"') {
        m_inString = true;
        if (m_depth == 0 && m_phase == Phase::Name)
            m_names.back().clear();
        return;
    }
    if (m_depth > 0) {
        m_depth += c == '{' || c == '[' ? 1 : 0;
        m_depth -= c == '}' || c == ']' ? 1 : 0;
        if (m_depth == 0)
            m_phase = Phase::Behind;
        return;
    }
    if (c == '}') {
        leaveObject();
    } else if (c == ',') {
        m_phase = Phase::Name;
    } else if (c == ':' && m_phase == Phase::Colon) {
        m_phase = Phase::Value;
    } else if (m_phase == Phase::Value) {
        beginContainer(c);
    }
}

bool RecordsFinder::onTheWay() const {
    const std::optional<std::string> name = nameOf(m_names.back());
    if (m_path.empty())
        return name && *name != "link" && *name != "links";
    return name == m_path[m_names.size() - 1];
}

void RecordsFinder::beginContainer(char c) {
    const bool lastName = m_path.empty() || m_names.size() == m_path.size();
    if (c == '[' && lastName && onTheWay()) {
        m_position = m_at + 1;
        m_phase = Phase::First;
        if (!m_path.empty())
            m_state = State::Found;
    } else if (c == '{' && !lastName && onTheWay()) {
        m_names.emplace_back();
        m_phase = Phase::Name;
    } else if (c == '{' || c == '[') {
        m_depth = 1;
    } else {
        m_phase = Phase::Behind; // a number, true, false or null
    }
}

void RecordsFinder::leaveObject() {
    m_names.pop_back();
    m_phase = Phase::Behind;
    if (m_names.empty())
        m_state = State::NotThere;
}

} // namespace sealwright::dataset
