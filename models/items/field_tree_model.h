#pragma once
#include "models/items/field_state.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace sealwright::items {

/// One leaf as the data has it, with what the job says about it.
struct FieldLeaf {
    QString path;          ///< FORMAT.md §4
    FieldChoice choice;    ///< what it starts with
    bool demanded = false; ///< the job names it (or a container above)
    FieldChoice demand;    ///< the least that is allowed, where demanded
};

/// Every field of a dataset as a tree (a list, for flat data), each leaf with one state. A container shows the state of
/// its leaves where they agree, and changing it changes them all. What the job demands can be strengthened, never
/// weakened. GUI thread.
class FieldTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role {
        PathRole = Qt::UserRole + 1, ///< QString
        StateRole,                   ///< int of FieldState, or -1 where leaves below differ
        DemandedRole,                ///< bool: this leaf, or one below
        DemandRole,                  ///< int of FieldState, or -1
        LeafRole,                    ///< bool
        KeepsRole,                   ///< int: characters that stay (Masked, SameForm)
        LeavesRole,                  ///< int: how many leaves it has, 1 for a leaf
    };
    explicit FieldTreeModel(QObject* parent = nullptr);
    ~FieldTreeModel() override;

    void setLeaves(std::vector<FieldLeaf> leaves);
    const std::vector<FieldLeaf>& leaves() const { return m_leaves; }
    bool isNested() const { return m_nested; }

    /// Could all leaves at and below these take it?
    bool allows(const QModelIndexList& indexes, const FieldChoice& choice) const;
    /// Changes every leaf at and below them that may take it; says how many changed and emits choicesChanged() once.
    int choose(const QModelIndexList& indexes, const FieldChoice& choice);
    /// Leaves at and below these, as positions in leaves(), each once and ascending.
    std::vector<int> leavesUnder(const QModelIndexList& indexes) const;

    QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    QModelIndex parent(const QModelIndex& child) const override;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    void choicesChanged();

private:
    struct Node;
    Node* nodeOf(const QModelIndex& index) const;
    void collect(const Node* node, std::vector<int>& out) const;
    bool mayTake(const FieldLeaf& leaf, const FieldChoice& choice) const;
    void announce(const QModelIndex& parent);

    std::vector<FieldLeaf> m_leaves;
    std::unique_ptr<Node> m_root;
    bool m_nested = false;
};

} // namespace sealwright::items
