#include "models/dataset/json_reader.h"

#include "models/dataset/json_text.h"

namespace sealwright::dataset {
namespace {

constexpr std::size_t keptText = 256u << 10; // of buffers that serve many records

/// Finds the containers that reach over either end of `own`, and what is wrong with the text.
struct Outline {
    std::string_view text;
    Span own;
    std::vector<std::uint32_t>& partial;
    std::vector<std::uint32_t> begins = {};

    bool open(JsonKind, std::size_t begin, bool, JsonFault&) {
        begins.push_back(std::uint32_t(begin));
        return true;
    }
    bool close(std::size_t end, JsonFault&) {
        if (begins.back() < own.begin || end > own.end)
            partial.push_back(begins.back());
        begins.pop_back();
        return true;
    }
    bool name(std::size_t, std::size_t, bool, JsonFault&) { return true; } // judged when it is read for its path
    bool scalar(JsonKind, std::size_t, std::size_t, bool, JsonFault&) { return true; }
};

} // namespace

Outcome<void> JsonReader::joinEnvelope(const Chunk& chunk) {
    m_joined.clear();
    m_joined.reserve(chunk.before.size() + chunk.bytes.size() + chunk.after.size());
    m_joined.append(chunk.before).append(chunk.bytes).append(chunk.after);
    m_text = m_joined;
    m_from = 0;
    const std::size_t before = chunk.before.size();
    m_own = {std::uint32_t(before), std::uint32_t(before + chunk.bytes.size())};
    m_partial.clear();
    Outline outline{m_text, m_own, m_partial};
    JsonFault fault;
    if (!walkJson(m_text, 0, 0, outline, fault))
        return refusedEnvelope(fault, chunk);
    return {};
}

bool JsonReader::decodeName(std::size_t begin, std::size_t end, bool escaped, std::string_view& name,
                            JsonFault& fault) {
    name = m_text.substr(begin + 1, end - begin - 2);
    if (!escaped)
        return true;
    m_name.clear();
    if (!unescapeJson(name, m_name)) {
        fault = {Code::DataJsonLoneSurrogate, begin};
        return false;
    }
    name = m_name;
    return true;
}

void JsonReader::settle() {
    for (std::string* const text : {&m_joined, &m_name}) {
        if (text->capacity() > keptText)
            std::string().swap(*text);
    }
}

Err<Failure> JsonReader::refused(const JsonFault& fault, std::optional<std::uint64_t> record, std::uint64_t base) {
    Where where;
    where.record = record;
    where.byte = base + fault.at;
    return fail({fault.code, where});
}

Err<Failure> JsonReader::refusedEnvelope(const JsonFault& fault, const Chunk& chunk) {
    const std::size_t before = chunk.before.size();
    const std::size_t inChunk = std::min(std::max(fault.at, before) - before, chunk.bytes.size());
    return refused({fault.code, inChunk}, std::nullopt, chunk.offset);
}

} // namespace sealwright::dataset
