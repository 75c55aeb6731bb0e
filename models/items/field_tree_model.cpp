#include "models/items/field_tree_model.h"

#include "models/domain/policy.h"
#include "models/items/field_path.h"

#include <QHash>

#include <algorithm>

namespace sealwright::items {

struct FieldTreeModel::Node {
    QString name, path;
    Node* parent = nullptr;
    int row = 0;
    int leaf = -1; ///< position in m_leaves
    std::vector<std::unique_ptr<Node>> children;
};

FieldTreeModel::FieldTreeModel(QObject* parent) : QAbstractItemModel(parent), m_root(std::make_unique<Node>()) {}
FieldTreeModel::~FieldTreeModel() = default;

void FieldTreeModel::setLeaves(std::vector<FieldLeaf> leaves) {
    beginResetModel();
    m_leaves = std::move(leaves);
    m_root = std::make_unique<Node>();
    m_nested = false;
    QHash<QString, Node*> known;
    for (int i = 0; i < static_cast<int>(m_leaves.size()); ++i) {
        Node* at = m_root.get();
        const QStringList steps = pathSteps(m_leaves[static_cast<std::size_t>(i)].path);
        m_nested = m_nested || steps.size() > 1;
        for (const QString& step : steps) {
            Node*& next = known[step];
            if (!next) {
                auto made = std::make_unique<Node>();
                made->name = lastName(step);
                made->path = step;
                made->parent = at;
                made->row = static_cast<int>(at->children.size());
                next = made.get();
                at->children.push_back(std::move(made));
            }
            at = next;
        }
        at->leaf = i;
    }
    endResetModel();
    Q_EMIT choicesChanged();
}

FieldTreeModel::Node* FieldTreeModel::nodeOf(const QModelIndex& index) const {
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
}

void FieldTreeModel::collect(const Node* node, std::vector<int>& out) const {
    if (node->leaf >= 0)
        out.push_back(node->leaf);
    for (const auto& child : node->children)
        collect(child.get(), out);
}

std::vector<int> FieldTreeModel::leavesUnder(const QModelIndexList& indexes) const {
    std::vector<int> found;
    for (const QModelIndex& index : indexes)
        if (index.isValid())
            collect(nodeOf(index), found);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

bool FieldTreeModel::mayTake(const FieldLeaf& leaf, const FieldChoice& choice) const {
    if (choice.state == FieldState::SameForm && choice.alphabet.isEmpty())
        return false;
    return !leaf.demanded || !isWeaker(ruleOf(leaf.path, choice), ruleOf(leaf.path, leaf.demand));
}

bool FieldTreeModel::allows(const QModelIndexList& indexes, const FieldChoice& choice) const {
    const auto touched = leavesUnder(indexes);
    return !touched.empty() && std::all_of(touched.begin(), touched.end(), [&](int leaf) {
        return mayTake(m_leaves[static_cast<std::size_t>(leaf)], choice);
    });
}

int FieldTreeModel::choose(const QModelIndexList& indexes, const FieldChoice& choice) {
    int changed = 0;
    for (const int position : leavesUnder(indexes)) {
        FieldLeaf& leaf = m_leaves[static_cast<std::size_t>(position)];
        if (leaf.choice == choice || !mayTake(leaf, choice))
            continue;
        leaf.choice = choice;
        ++changed;
    }
    if (changed > 0) {
        announce({});
        Q_EMIT choicesChanged();
    }
    return changed;
}

/// Containers show what is below them, so a change is told for every row.
void FieldTreeModel::announce(const QModelIndex& parent) {
    const int rows = rowCount(parent);
    if (rows == 0)
        return;
    Q_EMIT dataChanged(index(0, 0, parent), index(rows - 1, 0, parent));
    for (int row = 0; row < rows; ++row)
        announce(index(row, 0, parent));
}

QModelIndex FieldTreeModel::index(int row, int column, const QModelIndex& parent) const {
    const Node* above = nodeOf(parent);
    if (row < 0 || column != 0 || parent.column() > 0 || row >= static_cast<int>(above->children.size()))
        return {};
    return createIndex(row, 0, above->children[static_cast<std::size_t>(row)].get());
}

QModelIndex FieldTreeModel::parent(const QModelIndex& child) const {
    if (!child.isValid())
        return {};
    Node* above = nodeOf(child)->parent;
    return above == m_root.get() ? QModelIndex() : createIndex(above->row, 0, above);
}

int FieldTreeModel::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int FieldTreeModel::columnCount(const QModelIndex&) const {
    return 1;
}

QVariant FieldTreeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const Node* node = nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return node->name;
    case PathRole:
        return node->path;
    case LeafRole:
        return node->leaf >= 0 && node->children.empty();
    default:
        break;
    }
    std::vector<int> below;
    collect(node, below);
    const auto leafAt = [&](int i) -> const FieldLeaf& { return m_leaves[static_cast<std::size_t>(i)]; };
    switch (role) {
    case StateRole: {
        const FieldState first = leafAt(below.front()).choice.state;
        const bool agree =
            std::all_of(below.begin(), below.end(), [&](int i) { return leafAt(i).choice.state == first; });
        return agree ? static_cast<int>(first) : -1;
    }
    case DemandedRole:
        return std::any_of(below.begin(), below.end(), [&](int i) { return leafAt(i).demanded; });
    case DemandRole:
        return below.size() == 1 && leafAt(below.front()).demanded
                   ? static_cast<int>(leafAt(below.front()).demand.state)
                   : -1;
    case KeepsRole:
        return below.size() == 1
                   ? static_cast<int>(leafAt(below.front()).choice.keepPrefix + leafAt(below.front()).choice.keepSuffix)
                   : 0;
    case LeavesRole:
        return static_cast<int>(below.size());
    default:
        return {};
    }
}

} // namespace sealwright::items
