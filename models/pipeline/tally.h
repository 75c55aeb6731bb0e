#pragma once
#include "models/domain/manifest.h"
#include "models/pipeline/value.h"

#include <vector>

namespace sealwright::pipeline {

/// What is counted of one field (FORMAT.md §5).
struct Tally {
    std::uint64_t values = 0, keptEmpty = 0, errors = 0;
    unsigned kinds = 0; ///< one bit for each kind of value met

    void meet(const Value& value);
    void add(const Tally& other);
    bool metContainer() const;
    /// In CSV every field is text.
    FieldType type(bool csv) const;
};

/// The leaves of all workers in order of first appearance, by the numbers of their fields: each worker says which it
/// met first in which item, and items come in order. Used on the ordered stage alone.
class AppearanceOrder {
public:
    void note(const std::vector<std::uint32_t>& firstSeen);
    const std::vector<std::uint32_t>& numbers() const { return m_numbers; }

private:
    std::vector<std::uint32_t> m_numbers;
    std::vector<bool> m_seen;
};

} // namespace sealwright::pipeline
