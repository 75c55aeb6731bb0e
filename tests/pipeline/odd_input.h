#pragma once
#include <random>
#include <string>

// Small odd inputs, made from a seed: what people's files look like at their worst.
namespace sealwright::tests {

class OddInput {
public:
    explicit OddInput(unsigned seed) : m_random(seed) {}

    unsigned below(unsigned limit) { return static_cast<unsigned>(m_random() % limit); }
    template <std::size_t N>
    const char* oneOf(const char* const (&choices)[N]) {
        return choices[below(N)];
    }

    /// Any bytes that look like CSV; often no valid one.
    std::string csvNoise() {
        static const char* const parts[] = {"a",    "\"", "\"\"", ",",     "\n",   "\r", "\r\n", " ",       "é",
                                            "\xff", "1",  "",     "\"x\"", "\n\n", ";",  "\t",   "sw1g.1.", "#2"};
        std::string text;
        for (unsigned i = below(40); i > 0; --i)
            text += oneOf(parts);
        return text;
    }

    /// Valid CSV with ragged rows, quotes, empty fields, blank lines and mixed line ends.
    std::string csv() {
        static const char* const fields[] = {"",           "x",         "\"\"", "\"a,b\"",   "\"l1\nl2\"",
                                             "\"q\"\"q\"", "5\" disk",  "é",    "123456789", "\xfe",
                                             " s ",        "\"plain\"", "0",    "null"};
        static const char* const ends[] = {"\n", "\r\n", "\r", "\n\n"};
        std::string text = below(4) == 0 ? "\xef\xbb\xbf" : "";
        const unsigned columns = 1 + below(4);
        const unsigned lines = below(12);
        for (unsigned line = 0; line < lines; ++line) {
            const unsigned count = below(5) == 0 ? 1 + below(6) : columns;
            for (unsigned i = 0; i < count; ++i) {
                if (i != 0)
                    text += ',';
                text += line == 0 && i < 4 ? std::string(1, static_cast<char>('a' + i)) : oneOf(fields);
            }
            if (line + 1 != lines || below(2) == 0)
                text += oneOf(ends);
        }
        return text;
    }

    std::string jsonValue(unsigned depth) {
        static const char* const scalars[] = {
            "1",          "-0",        "1.10",         "-1.5E+10", "12345678901234567890123", "true",
            "false",      "null",      "\"\"",         "\"x\"",    "\"\\u00e9\\n\"",          "\"\\ud800\"",
            "\"é🙂\"", "\"a\\/b\"", "\"123456789\""};
        if (depth == 0 || below(3) != 0)
            return oneOf(scalars);
        return below(2) == 0 ? jsonObject(depth - 1) : jsonArray(depth - 1);
    }

    std::string jsonObject(unsigned depth) {
        static const char* const names[] = {"a", "b", "c", "", "a.b", "d[]", "#1", "$x", "\\u0061", "é", "link"};
        std::string text = "{" + space();
        for (unsigned i = 0, n = below(5); i < n; ++i)
            text += (i ? "," + space() : "") + "\"" + oneOf(names) + "\"" + space() + ":" + space() + jsonValue(depth) +
                    space();
        return text + "}";
    }

    std::string jsonArray(unsigned depth) {
        std::string text = "[" + space();
        for (unsigned i = 0, n = below(5); i < n; ++i)
            text += (i ? "," + space() : "") + jsonValue(depth) + space();
        return text + "]";
    }

    std::string json() {
        std::string text = space();
        switch (below(4)) {
        case 0:
            return text + jsonArray(4) + space();
        case 1: {
            text += "[";
            for (unsigned i = 0, n = below(6); i < n; ++i)
                text += (i ? space() + "," : "") + space() + jsonObject(3);
            return text + space() + "]" + space();
        }
        case 2: {
            text += "{\"before\":" + jsonValue(2) + ",\"data\":[";
            for (unsigned i = 0, n = 1 + below(6); i < n; ++i)
                text += (i ? space() + "," : "") + space() + jsonObject(3);
            return text + space() + "]," + space() + "\"before\":" + jsonValue(2) + space() + "}";
        }
        default:
            return text + jsonValue(4) + space();
        }
    }

    std::string jsonLines() {
        static const char* const ends[] = {"\n", "\r\n", "\n\n", "\n \t\n"};
        std::string text;
        for (unsigned i = 0, n = below(8); i < n; ++i)
            text += (below(3) == 0 ? " " : "") + (below(5) == 0 ? oneLine(jsonValue(2)) : oneLine(jsonObject(3))) +
                    oneOf(ends);
        if (below(2) == 0)
            text += oneLine(jsonObject(2));
        return text;
    }

private:
    std::string space() {
        static const char* const spaces[] = {"", "", "", " ", "\n", "\t ", "\r\n"};
        return oneOf(spaces);
    }
    static std::string oneLine(std::string text) {
        for (char& c : text) {
            if (c == '\n' || c == '\r')
                c = ' ';
        }
        return text;
    }

    std::mt19937 m_random;
};

} // namespace sealwright::tests
