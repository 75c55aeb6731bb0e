#include "models/pipeline/tally.h"

namespace sealwright::pipeline {
namespace {

enum Kind : unsigned { text = 1, number = 2, boolean = 4, json = 8, null = 16 };

unsigned kindOf(const Value& value) {
    switch (value.type) {
    case crypto::ValueType::Text:
    case crypto::ValueType::Quoted:
    case crypto::ValueType::Escaped:
        return text;
    case crypto::ValueType::Number:
        return number;
    case crypto::ValueType::Boolean:
        return boolean;
    case crypto::ValueType::Json:
        return json;
    case crypto::ValueType::Null:
        break;
    }
    return null;
}

} // namespace

void Tally::meet(const Value& value) {
    kinds |= kindOf(value);
}

void Tally::add(const Tally& other) {
    values += other.values;
    keptEmpty += other.keptEmpty;
    errors += other.errors;
    kinds |= other.kinds;
}

bool Tally::metContainer() const {
    return (kinds & json) != 0;
}

FieldType Tally::type(bool csv) const {
    if (csv)
        return FieldType::Text;
    switch (kinds & ~unsigned(null)) {
    case 0:
        return FieldType::Null;
    case text:
        return FieldType::Text;
    case number:
        return FieldType::Number;
    case boolean:
        return FieldType::Boolean;
    case json:
        return FieldType::Json;
    default:
        return FieldType::Mixed;
    }
}

void AppearanceOrder::note(const std::vector<std::uint32_t>& firstSeen) {
    for (const std::uint32_t number : firstSeen) {
        if (number >= m_seen.size())
            m_seen.resize(number + 1u);
        if (!m_seen[number]) {
            m_seen[number] = true;
            m_numbers.push_back(number);
        }
    }
}

} // namespace sealwright::pipeline
