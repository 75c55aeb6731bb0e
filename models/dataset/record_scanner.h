#pragma once
#include "models/dataset/chunk.h"

#include <optional>

namespace sealwright::dataset {

/// Finds where records end in bytes that arrive piece by piece. Positions count from the bytes' beginning, which is
/// always the beginning of a record. A byte that was looked at is not looked at again.
class RecordScanner {
public:
    virtual ~RecordScanner() = default;

    /// Goes on where it was, over all of chunk.bytes. `last`: nothing follows, so that what is left is a record too.
    /// Counts into chunk.rows and, for JSON, notes where records stand.
    virtual void scan(Chunk& chunk, bool last) = 0;
    /// The bytes in front of cut() are given out; counting begins there.
    virtual void restart() = 0;
    /// An array's closing bracket stands at cut(); nothing more is to be scanned.
    virtual bool finished() const { return false; }

    std::size_t cut() const { return m_cut; }               ///< behind the last record that ended; 0 where none did
    std::size_t firstLength() const { return m_first; }     ///< of the first record that ended
    std::size_t openLength() const { return m_at - m_cut; } ///< seen of the record under way

protected:
    std::size_t m_at = 0; // looked at up to here
    std::size_t m_cut = 0, m_first = 0;
};

} // namespace sealwright::dataset
