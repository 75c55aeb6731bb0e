#include "models/dataset/unflatten.h"

#include "models/dataset/json_grammar.h"
#include "models/dataset/json_text.h"

#include <algorithm>
#include <deque>
#include <unordered_map>

namespace sealwright::dataset {
namespace {

constexpr std::uint32_t none = ~std::uint32_t(0);
constexpr std::uint32_t leafMark = none - 1;
constexpr std::uint32_t madeBit = std::uint32_t(1) << 31; // of an entry: an object made here, else a member
constexpr std::size_t maxLeaves = 100'000;                // FORMAT.md §9: columns
constexpr std::size_t maxMade = 1'000'000;                // more places than a PathTable takes

/// The name that begins with the quote at `at`: as it is written where it has no escape, else decoded in `scratch`.
std::string_view nameAt(std::string_view text, std::size_t at, std::string& scratch) {
    JsonFault fault;
    std::size_t end = at + 1;
    bool escaped = false;
    scanStringContent(text, end, escaped, fault);
    const std::string_view content = text.substr(at + 1, end - at - 1);
    if (!escaped)
        return content;
    scratch.clear();
    unescapeJson(content, scratch);
    return scratch;
}

/// Checks the record and notes where its members begin.
struct TopMembers {
    std::string_view text;
    std::vector<std::uint32_t> begins = {}; ///< each member's name
    std::size_t root = 0;
    unsigned opened = 0;
    bool isObject = false, dotted = false;
    std::string scratch = {};

    bool open(JsonKind kind, std::size_t begin, bool, JsonFault&) {
        if (opened++ == 0) {
            root = begin;
            isObject = kind == JsonKind::Object;
        }
        return true;
    }
    bool close(std::size_t, JsonFault&) {
        --opened;
        return true;
    }
    bool scalar(JsonKind, std::size_t, std::size_t, bool, JsonFault&) { return true; }
    bool name(std::size_t begin, std::size_t end, bool escaped, JsonFault& fault) {
        std::string_view content = text.substr(begin + 1, end - begin - 2);
        if (escaped) {
            scratch.clear();
            if (!unescapeJson(content, scratch)) {
                fault = {Code::DataJsonLoneSurrogate, begin};
                return false;
            }
            content = scratch;
        }
        if (opened == 1 && isObject) {
            begins.push_back(std::uint32_t(begin));
            dotted = dotted || content.find('.') != std::string_view::npos;
        }
        return true;
    }
};

/// The new record as objects whose entries are chained in order.
class Builder {
public:
    explicit Builder(const TopMembers& members)
        : m_text(members.text), m_begins(members.begins), m_next(members.begins.size(), none) {
        m_made.emplace_back();
    }

    /// False with a code: DataUnflattenConflict where a name would be an object made here and anything else too, or
    /// where a part is empty.
    bool add(std::uint32_t member, Code& code) {
        std::string_view dotted = nameAt(m_text, m_begins[member], m_scratch);
        if (std::size_t(std::count(dotted.begin(), dotted.end(), '.')) >= maxJsonDepth) {
            code = Code::DataJsonTooDeep;
            return false;
        }
        code = Code::DataUnflattenConflict;
        std::uint32_t object = 0;
        std::size_t begin = 0;
        const bool nested = dotted.find('.') != std::string_view::npos;
        for (std::size_t dot = dotted.find('.'); dot != std::string_view::npos; dot = dotted.find('.', begin)) {
            if (dot == begin || (object = step(object, dotted.substr(begin, dot - begin))) == none)
                return false;
            begin = dot + 1;
        }
        if ((nested && begin == dotted.size()) || !leaf(object, dotted.substr(begin), member))
            return false;
        code = Code::DataTooManyColumns;
        return m_leaves <= maxLeaves && m_made.size() <= maxMade;
    }

    std::string nameOf(std::uint32_t member) {
        std::string scratch;
        return std::string(nameAt(m_text, m_begins[member], scratch));
    }

    void write(std::string& out) { write(0, out); }

private:
    struct Made {
        std::string_view name;
        std::uint32_t first = none, last = none, next = none;
    };
    struct Key {
        std::uint32_t parent;
        std::string_view name;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const {
            return std::hash<std::string_view>()(key.name) ^ (key.parent * std::size_t(0x9E3779B97F4A7C15u));
        }
    };

    /// The name, where it stays: in the text, or kept here.
    std::string_view kept(std::string_view name) {
        const bool inText = name.data() >= m_text.data() && name.data() <= m_text.data() + m_text.size();
        return inText ? name : std::string_view(m_decoded.emplace_back(name));
    }

    std::uint32_t step(std::uint32_t parent, std::string_view name) {
        if (const auto known = m_known.find({parent, name}); known != m_known.end())
            return known->second == leafMark ? none : known->second;
        const auto made = std::uint32_t(m_made.size());
        m_made.push_back({kept(name)});
        m_known.emplace(Key{parent, m_made.back().name}, made);
        append(parent, madeBit | made);
        return made;
    }

    bool leaf(std::uint32_t parent, std::string_view name, std::uint32_t member) {
        if (const auto known = m_known.find({parent, name}); known == m_known.end()) {
            m_known.emplace(Key{parent, kept(name)}, leafMark);
            ++m_leaves;
        } else if (known->second != leafMark) {
            return false;
        }
        append(parent, member);
        return true;
    }

    std::uint32_t& next(std::uint32_t entry) {
        return (entry & madeBit) != 0 ? m_made[entry & ~madeBit].next : m_next[entry];
    }

    void append(std::uint32_t parent, std::uint32_t entry) {
        Made& object = m_made[parent];
        const std::uint32_t last = std::exchange(object.last, entry);
        (last == none ? object.first : next(last)) = entry;
    }

    /// No recursion deeper than the nesting of JSON: add() has seen to that.
    void write(std::uint32_t object, std::string& out) {
        char separator = '{';
        for (std::uint32_t entry = m_made[object].first; entry != none; entry = next(entry)) {
            out += separator;
            separator = ',';
            out += '"';
            if ((entry & madeBit) != 0) {
                escapeJson(m_made[entry & ~madeBit].name, out);
                out += "\":";
                write(entry & ~madeBit, out);
                continue;
            }
            const std::string_view dotted = nameAt(m_text, m_begins[entry], m_scratch);
            escapeJson(dotted.substr(dotted.find_last_of('.') + 1), out);
            out += "\":";
            writeValue(m_begins[entry], out);
        }
        out += '}';
    }

    /// The value of the member whose name begins at `at`, without white space.
    void writeValue(std::size_t at, std::string& out) const {
        JsonFault fault;
        bool escaped = false;
        const auto skipString = [&] {
            ++at;
            scanStringContent(m_text, at, escaped, fault);
            ++at;
        };
        skipString();
        at = skipJsonSpace(m_text, skipJsonSpace(m_text, at) + 1);
        for (unsigned depth = 0; at < m_text.size();) {
            const char c = m_text[at];
            if (depth == 0 && (c == ',' || c == '}' || c == ']'))
                return; // behind a number or a word
            if (c == '"') {
                const std::size_t begin = at;
                skipString();
                out.append(m_text.substr(begin, at - begin));
                continue;
            }
            ++at;
            if (isJsonSpace(c))
                continue;
            out += c;
            depth += c == '{' || c == '[' ? 1 : 0;
            depth -= c == '}' || c == ']' ? 1 : 0;
        }
    }

    const std::string_view m_text;
    const std::vector<std::uint32_t>& m_begins;
    std::vector<std::uint32_t> m_next; ///< by member: the entry behind it in its object
    std::vector<Made> m_made;
    std::deque<std::string> m_decoded;
    std::unordered_map<Key, std::uint32_t, KeyHash> m_known;
    std::size_t m_leaves = 0;
    std::string m_scratch;
};

Err<Failure> failAt(Code code, std::size_t at, std::vector<std::string> facts = {}) {
    Where where;
    where.byte = at;
    return fail({code, where, std::move(facts)});
}

} // namespace

Outcome<bool> unflatten(std::string_view record, unsigned depth, std::string& out) {
    out.clear();
    TopMembers members{record};
    JsonFault fault;
    if (!walkJson(record, 0, depth, members, fault))
        return failAt(fault.code, fault.at);
    if (!members.dotted)
        return false;
    Builder builder(members);
    for (std::uint32_t member = 0; member < members.begins.size(); ++member) {
        Code code{};
        if (!builder.add(member, code)) {
            const bool conflict = code == Code::DataUnflattenConflict;
            return failAt(code, members.root,
                          conflict ? std::vector{builder.nameOf(member)} : std::vector<std::string>());
        }
    }
    out.reserve(record.size());
    builder.write(out);
    return true;
}

} // namespace sealwright::dataset
