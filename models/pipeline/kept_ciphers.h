#pragma once
#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace sealwright::pipeline {

/// Expanded keys of one worker, by a number of whose they are. As long as the numbers stay below `most`, each has its
/// own; beyond, those that are equal modulo `most` take turns in one, which is keyed anew for each.
template <class Cipher>
class KeptCiphers {
public:
    explicit KeptCiphers(std::size_t most) : m_most(most) {}

    struct Place {
        std::uint64_t owner = 0;
        std::optional<Cipher> cipher; ///< of `owner`, or not there; who fills it sets both
    };
    Place& place(std::uint64_t number) {
        const auto at = static_cast<std::size_t>(number % m_most);
        if (at >= m_places.size())
            m_places.resize(std::min(std::max(at + 1, 2 * m_places.size()), m_most));
        return m_places[at];
    }

private:
    std::size_t m_most;
    std::vector<Place> m_places;
};

/// How many each worker keeps, so that all together take some ten MB whatever the number of workers.
constexpr std::size_t keptCiphers(unsigned workers) {
    return std::clamp<std::size_t>(8192 / std::max(workers, 1u), 32, 1024);
}

} // namespace sealwright::pipeline
