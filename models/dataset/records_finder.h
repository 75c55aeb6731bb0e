#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sealwright::dataset {

/// Looks for the array of records in an outermost JSON object that arrives piece by piece. It follows strings and
/// brackets only; what is malformed makes it find nothing or something odd, and is refused by whoever parses the bytes.
class RecordsFinder {
public:
    /// The first array at this path of members, from the outside in. No names: the array that a document has by itself
    /// (FORMAT.md §4).
    explicit RecordsFinder(std::vector<std::string> path = {}) : m_path(std::move(path)) {}

    enum class State { Looking, Found, NotThere };
    /// The next bytes of the document, from its first on; white space and a BOM before the object are the caller's.
    State feed(std::string_view piece);
    /// How many bytes were fed up to and with the array's opening bracket; only when Found. By itself the search ends
    /// behind it.
    std::uint64_t position() const { return m_position; }
    /// The names on the way, as written between their quotes; only when Found.
    const std::vector<std::string>& rawNames() const { return m_names; }

private:
    enum class Phase { Begin, Name, Colon, Value, First, Behind };
    void byte(char c);
    void stringByte(char c);
    void structure(char c);
    void beginContainer(char c);
    void leaveObject();
    bool onTheWay() const;

    std::vector<std::string> m_path, m_names; // m_names.back() is the last member's
    State m_state = State::Looking;
    Phase m_phase = Phase::Begin;
    std::uint64_t m_at = 0, m_position = 0, m_depth = 0;
    bool m_inString = false, m_escape = false;
};

} // namespace sealwright::dataset
