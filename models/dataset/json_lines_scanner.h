#pragma once
#include "models/dataset/record_scanner.h"

namespace sealwright::dataset {

/// JSON Lines: lines end with LF; each that is not white space is a record (FORMAT.md §4).
class JsonLinesScanner : public RecordScanner {
public:
    void scan(Chunk& chunk, bool last) override;
    void restart() override {
        m_at -= m_cut;
        m_cut = m_first = 0;
    }

private:
    void endLine(Chunk& chunk, std::size_t end, std::size_t next);
};

} // namespace sealwright::dataset
