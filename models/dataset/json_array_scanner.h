#pragma once
#include "models/dataset/record_scanner.h"

namespace sealwright::dataset {

/// The elements of a JSON array, from behind its opening bracket. Only strings and brackets are followed; what is
/// between two commas is a record, whatever it holds, and JsonReader refuses what is none.
class JsonArrayScanner : public RecordScanner {
public:
    void scan(Chunk& chunk, bool last) override;
    void restart() override;
    bool finished() const override { return m_finished; }

private:
    void take(Chunk& chunk, std::size_t at);
    void endElement(Chunk& chunk, std::size_t end, std::size_t next, bool closes);

    std::uint64_t m_depth = 0;
    std::size_t m_behindEscape = 0; // a byte in front of this place is escaped
    bool m_inString = false, m_any = false, m_finished = false;
};

} // namespace sealwright::dataset
