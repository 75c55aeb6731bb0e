#pragma once
#include <algorithm>
#include <cstdint>

namespace sealwright::insight {

/// What is measured of one field's values without keeping any of them.
struct FieldMeasure {
    std::uint64_t values = 0;                   ///< occurrences, nulls and empties included
    std::uint64_t nulls = 0;                    ///< JSON nulls
    std::uint64_t empties = 0;                  ///< texts of length 0
    std::uint64_t minLength = 0, maxLength = 0; ///< in bytes, of all but nulls

    void add(bool isNull, bool isEmpty, std::uint64_t length) {
        ++values;
        if (isNull) {
            ++nulls;
            return;
        }
        const bool first = values - nulls == 1;
        minLength = first ? length : std::min(minLength, length);
        maxLength = std::max(maxLength, length);
        if (isEmpty)
            ++empties;
    }

    void add(const FieldMeasure& other) {
        const bool mine = values != nulls, its = other.values != other.nulls;
        if (its)
            minLength = mine ? std::min(minLength, other.minLength) : other.minLength;
        maxLength = std::max(maxLength, other.maxLength);
        values += other.values;
        nulls += other.nulls;
        empties += other.empties;
    }
};

} // namespace sealwright::insight
