#pragma once
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace sealwright::pipeline {

/// The next ordinal of each path outside the records (FORMAT.md §4). An envelope comes in two parts at most, which two
/// workers may hold at the same time: the second waits for the first.
class EnvelopeOrdinals {
public:
    /// Waits until part `part` may begin; false where a part before it failed.
    bool begin(unsigned part);
    void end(unsigned part, bool well);
    std::map<std::string, std::uint64_t> next; ///< between begin() and end() alone

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    unsigned m_done = 0;
    bool m_failed = false;
};

/// Counts the ordinals of one field: they begin anew in each record, and go on from one part of the envelope to the
/// next.
class OrdinalCounter {
public:
    static constexpr std::uint64_t none = ~std::uint64_t{0};
    static constexpr std::uint64_t envelope = none - 1;

    /// The next ordinal in `record` (a row, or `envelope`), which is not used up yet.
    std::uint64_t peek(std::uint64_t record) {
        if (record != m_record) {
            m_record = record;
            m_next = 0;
        }
        return m_next;
    }
    void use() { ++m_next; }
    void carryOn(std::uint64_t next) {
        m_record = envelope;
        m_next = next;
    }
    bool inEnvelope() const { return m_record == envelope; }

private:
    std::uint64_t m_record = none, m_next = 0;
};

} // namespace sealwright::pipeline
