#pragma once
#include <QString>

#include <cstddef>
#include <optional>
#include <vector>

namespace sealwright::items {

/// One thing to do to a list, in the words of QAbstractItemModel.
struct RowStep {
    enum class Kind { Remove, Move, Insert };
    Kind kind = Kind::Remove;
    int at = 0;    ///< first row, as the list is before this step
    int count = 1; ///< a move is of one row
    int to = 0;    ///< of a move: the row it is put before, counted before the step
    friend bool operator==(const RowStep&, const RowStep&) = default;
};

/// What makes the rows `from` the rows `to`, each named by its id, in as few steps as rows that stay can stay where
/// they are. What is inserted is taken from `to` at the step's own row. Nothing where that takes more than `most`
/// steps, or an id stands there twice: then the list is better set as a whole.
std::optional<std::vector<RowStep>> rowSteps(const std::vector<QString>& from, const std::vector<QString>& to,
                                             std::size_t most);

} // namespace sealwright::items
