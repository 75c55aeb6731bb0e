#pragma once
#include "models/domain/failure.h"

#include <deque>
#include <unordered_map>

namespace sealwright::dataset {

/// A field path's number in one PathTable: 0, 1, 2, … Equal texts have equal numbers, so a vector indexed by it can
/// hold what is known about a path.
using PathId = std::uint32_t;

/// A place in the tree of names; several may have one path (an array of a member "" and a record that is an array).
using PathNode = std::uint32_t;

/// The paths seen so far (FORMAT.md §4), found again by name without allocating. One per worker; not thread-safe.
class PathTable {
public:
    PathTable();

    static constexpr PathNode record = 0;   ///< path "": inside a record
    static constexpr PathNode envelope = 1; ///< path "$": outside the records

    /// The place of member `name` (unescaped, UTF-8) below `parent`. `after` is the place of the member before it in
    /// the same object, or `parent` for the first: the guess that names come in the same order as last time.
    PathNode member(PathNode parent, std::string_view name, PathNode after);
    /// The place of every element below `parent`.
    PathNode element(PathNode parent);

    PathId id(PathNode node) const { return m_nodes[node].id; }
    /// Escaped as in a policy. Stable as long as the table lives.
    const std::string& text(PathId id) const { return m_texts[id]; }
    std::size_t size() const { return m_texts.size(); } ///< numbers given out
    /// Counts a path that has had a value of its own; false once the table is full.
    bool noteLeaf(PathId id);
    /// More than 100,000 paths with values (FORMAT.md §9), or more than that many could reasonably need: 64 MiB in all.
    /// It does not grow any more then: new names get a place that is not theirs, so whatever is read must be refused.
    bool full() const;
    /// The number of a path by its text, if it was seen.
    std::optional<PathId> find(std::string_view text) const;

private:
    struct Node {
        PathId id = 0;
        PathNode following = 0;  // which sibling came next last time; 0 is none
        PathNode firstChild = 0; // which child came first last time
        PathNode elements = 0;
        std::string_view name;
    };
    struct Key {
        PathNode parent;
        std::string_view name;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const {
            return std::hash<std::string_view>()(key.name) ^ (key.parent * std::size_t(0x9E3779B97F4A7C15u));
        }
    };
    PathNode add(std::string text);
    PathNode lookUp(PathNode parent, std::string_view name);

    std::vector<Node> m_nodes;
    std::deque<std::string> m_names, m_texts; // what nodes and keys look into: their addresses stay; m_names has those
                                              // names that do not stand in their path as they are
    std::unordered_map<Key, PathNode, KeyHash> m_children;
    std::unordered_map<std::string_view, PathId> m_ids;
    std::vector<bool> m_isLeaf;
    std::size_t m_leaves = 0, m_bytes = 0;
};

} // namespace sealwright::dataset
