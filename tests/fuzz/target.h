#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

// A fuzz target is one file, fuzz_<name>.cpp: what must hold for any bytes whatever of one parser or decoder, as a
// function. fuzz_main.cpp drives one of them by libFuzzer; tst_replay.cpp drives all of them over their seeds, in every
// build. Seeds are in corpus/<name>.
namespace sealwright::fuzz {

struct Target {
    const char* name;
    void (*check)(std::string_view input);
    std::string_view alphabet; ///< bytes that mean something here: the replay changes seeds with them
    int changes = 100;         ///< changed copies of each seed in the replay; fewer where one input takes long
};

/// All that are linked into this program.
inline std::vector<Target>& targets() {
    static std::vector<Target> all;
    return all;
}

struct Registered {
    explicit Registered(const Target& target) { targets().push_back(target); }
};

/// Ends the process where it does not hold: libFuzzer then keeps the input.
inline void must(bool holds, const char* what) {
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

/// Takes choices off an input's front; zeros where it has ended.
class Choices {
public:
    explicit Choices(std::string_view input) : m_left(input) {}
    unsigned byte() {
        if (m_left.empty())
            return 0;
        const unsigned value = static_cast<unsigned char>(m_left.front());
        m_left.remove_prefix(1);
        return value;
    }
    std::size_t below(std::size_t bound) {
        const std::size_t value = std::size_t{byte()} << 8 | byte();
        return bound == 0 ? 0 : value % bound;
    }
    std::string_view rest() const { return m_left; }
    bool ended() const { return m_left.empty(); }

private:
    std::string_view m_left;
};

/// Separates the parts of an input that has several: no text of ours may hold it.
inline constexpr char separator = '\x1e';

/// The input cut at every separator; at least one part.
inline std::vector<std::string_view> partsOf(std::string_view input) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = input.find(separator);
        parts.push_back(input.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        input.remove_prefix(end + 1);
    }
}

/// `text` with one bit turned; where is chosen by `choice`, anywhere in it. Not of an empty text.
inline std::string withBitTurned(std::string_view text, std::size_t choice) {
    std::string turned(text);
    char& byte = turned[choice / 8 % text.size()];
    byte = static_cast<char>(byte ^ (1 << choice % 8));
    return turned;
}

/// A number that every byte of a text has a share in: chooses places in it that are the same in each run.
inline std::size_t sumOf(std::string_view text) {
    std::size_t sum = 0;
    for (const char c : text)
        sum = sum * 31 + static_cast<unsigned char>(c);
    return sum;
}

} // namespace sealwright::fuzz
