#include "models/pipeline/record_spans.h"

namespace sealwright::pipeline {
namespace {

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::size_t stringEnd(std::string_view bytes, std::size_t at) {
    for (++at; at < bytes.size() && bytes[at] != '"'; ++at) {
        if (bytes[at] == '\\')
            ++at;
    }
    return std::min(at + 1, bytes.size());
}

std::size_t valueEnd(std::string_view bytes, std::size_t at) {
    std::size_t depth = 0;
    while (at < bytes.size()) {
        const char c = bytes[at];
        if (c == '"') {
            at = stringEnd(bytes, at);
            if (depth == 0)
                return at;
            continue;
        }
        if (c == '{' || c == '[')
            ++depth;
        else if (depth == 0 && (c == ',' || isSpace(c)))
            return at;
        else if ((c == '}' || c == ']') && --depth == 0)
            return at + 1;
        ++at;
    }
    return at;
}

void addLines(std::string_view bytes, std::vector<dataset::Span>& spans) {
    for (std::size_t begin = 0; begin < bytes.size();) {
        const std::size_t end = std::min(bytes.find('\n', begin), bytes.size());
        const auto line = bytes.substr(begin, end - begin);
        if (line.find_first_not_of(" \t\r") != std::string_view::npos)
            spans.push_back({std::uint32_t(begin), std::uint32_t(end)});
        begin = end + 1;
    }
}

} // namespace

std::vector<dataset::Span> recordSpans(std::string_view bytes, bool lines) {
    std::vector<dataset::Span> spans;
    if (lines) {
        addLines(bytes, spans);
        return spans;
    }
    for (std::size_t at = 0; at < bytes.size();) {
        if (bytes[at] == ',' || isSpace(bytes[at])) {
            ++at;
            continue;
        }
        const std::size_t end = valueEnd(bytes, at);
        spans.push_back({std::uint32_t(at), std::uint32_t(end)});
        at = end;
    }
    return spans;
}

} // namespace sealwright::pipeline
