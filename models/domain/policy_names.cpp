#include "models/domain/policy_names.h"

#include <algorithm>
#include <array>

namespace sealwright {
namespace {

constexpr std::array<std::string_view, 7> actions{"keep",      "mask",    "fpe", "deterministic",
                                                  "pseudonym", "encrypt", "drop"};
constexpr std::array<std::string_view, 2> algorithms{"AES-256-GCM", "ChaCha20-Poly1305"};
constexpr std::array<std::string_view, 6> alphabets{"digits", "lower", "upper", "alnum", "alnum-upper", "hex-lower"};

template <class Enum, std::size_t N>
std::optional<Enum> fromText(const std::array<std::string_view, N>& words, std::string_view text) {
    const auto found = std::find(words.begin(), words.end(), text);
    if (found == words.end()) {
        return std::nullopt;
    }
    return static_cast<Enum>(found - words.begin());
}

} // namespace

std::string_view toText(Action action) {
    return actions[static_cast<std::size_t>(action)];
}

std::optional<Action> actionFromText(std::string_view text) {
    return fromText<Action>(actions, text);
}

std::string_view toText(Algorithm algorithm) {
    return algorithms[static_cast<std::size_t>(algorithm)];
}

std::optional<Algorithm> algorithmFromText(std::string_view text) {
    return fromText<Algorithm>(algorithms, text);
}

std::string_view toText(EmptyRule rule) {
    return rule == EmptyRule::Keep ? "keep" : "encrypt";
}

bool isAlphabet(std::string_view name) {
    return std::find(alphabets.begin(), alphabets.end(), name) != alphabets.end();
}

} // namespace sealwright
