#pragma once
#include "models/domain/manifest.h"
#include "models/pipeline/value.h"

#include <unordered_map>

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

/// The leaves of all workers in order of first appearance: each worker says which paths it met first in which item, and
/// items come in order. Used on the ordered stage alone.
class AppearanceOrder {
public:
    void note(const std::vector<std::string>& firstSeen);
    const std::vector<std::string>& paths() const { return m_paths; }

private:
    std::vector<std::string> m_paths;
    std::unordered_map<std::string, std::size_t> m_index;
};

} // namespace sealwright::pipeline
