#include "models/dataset/path_table.h"

#include "models/domain/path.h"

namespace sealwright::dataset {
namespace {

constexpr std::size_t maxLeaves = 100'000; // FORMAT.md §9: columns
constexpr std::size_t maxBytes = 64u << 20;
constexpr std::size_t placeBytes = 256; // what a place takes beside its name and path, about

} // namespace

PathTable::PathTable() {
    add({});
    add("$");
}

PathNode PathTable::add(std::string text) {
    Node node;
    m_bytes += placeBytes;
    if (const auto known = m_ids.find(text); known != m_ids.end()) {
        node.id = known->second;
    } else {
        node.id = PathId(m_texts.size());
        m_bytes += text.size();
        m_ids.emplace(m_texts.emplace_back(std::move(text)), node.id);
    }
    m_nodes.push_back(node);
    return PathNode(m_nodes.size() - 1);
}

PathNode PathTable::lookUp(PathNode parent, std::string_view name) {
    if (const auto known = m_children.find({parent, name}); known != m_children.end())
        return known->second;
    if (full())
        return record;
    std::string path;
    path.reserve(text(m_nodes[parent].id).size() + 1 + name.size());
    path = text(m_nodes[parent].id);
    if (parent != record)
        path += '.';
    appendEscapedName(name, path);
    const PathNode node = add(std::move(path));
    const std::string& whole = text(m_nodes[node].id);
    if (std::string_view(whole).ends_with(name)) {
        m_nodes[node].name = std::string_view(whole).substr(whole.size() - name.size());
    } else {
        m_nodes[node].name = m_names.emplace_back(name);
        m_bytes += name.size();
    }
    m_children.emplace(Key{parent, m_nodes[node].name}, node);
    return node;
}

PathNode PathTable::member(PathNode parent, std::string_view name, PathNode after) {
    const PathNode guess = after == parent ? m_nodes[parent].firstChild : m_nodes[after].following;
    if (guess != 0 && m_nodes[guess].name == name)
        return guess;
    const PathNode found = lookUp(parent, name);
    (after == parent ? m_nodes[parent].firstChild : m_nodes[after].following) = found;
    return found;
}

PathNode PathTable::element(PathNode parent) {
    if (m_nodes[parent].elements == 0) {
        if (full())
            return record;
        const PathNode node = add(text(m_nodes[parent].id) + "[]");
        m_nodes[parent].elements = node;
    }
    return m_nodes[parent].elements;
}

std::optional<PathId> PathTable::find(std::string_view text) const {
    const auto known = m_ids.find(text);
    return known == m_ids.end() ? std::nullopt : std::optional(known->second);
}

bool PathTable::noteLeaf(PathId id) {
    if (id >= m_isLeaf.size())
        m_isLeaf.resize(m_texts.size());
    if (!m_isLeaf[id]) {
        m_isLeaf[id] = true;
        ++m_leaves;
    }
    return !full();
}

bool PathTable::full() const {
    return m_leaves > maxLeaves || m_bytes > maxBytes;
}

} // namespace sealwright::dataset
