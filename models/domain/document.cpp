#include "models/domain/document.h"

#include "crypto/base/b64.h"

#include <algorithm>

namespace sealwright {
namespace {

bool isHex256(std::string_view text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(),
                                            [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

} // namespace

void DocumentCheck::refuse(std::string member) {
    if (!m_member) {
        m_member = std::move(member);
    }
}

void DocumentCheck::refuseAt(std::string_view place, const Failure& inner) {
    std::string member(place);
    if (!inner.facts.empty() && !inner.facts.front().empty()) {
        member += '.';
        member += inner.facts.front();
    }
    refuse(std::move(member));
}

Failure DocumentCheck::failure() const {
    return Failure(m_code, {m_member.value_or(std::string())});
}

std::string placeOfItem(std::string_view place, std::size_t index) {
    return std::string(place) + "[" + std::to_string(index) + "]";
}

MemberReader::MemberReader(DocumentCheck& check, const crypto::Json* json, std::string place)
    : m_check(check), m_place(std::move(place)) {
    if (!json) {
        return; // whoever looked for it has refused already
    }
    m_object = json->object();
    if (!m_object || m_object->size() > 64) {
        m_object = nullptr;
        m_check.refuse(m_place);
    }
}

std::string MemberReader::placeOf(std::string_view name) const {
    return m_place.empty() ? std::string(name) : m_place + "." + std::string(name);
}

bool MemberReader::has(std::string_view name) const {
    return m_object && std::any_of(m_object->begin(), m_object->end(), [&](const auto& m) { return m.first == name; });
}

const crypto::Json* MemberReader::anyOpt(std::string_view name) {
    if (!m_object) {
        return nullptr;
    }
    for (std::size_t i = 0; i < m_object->size(); ++i) {
        if ((*m_object)[i].first == name) {
            m_asked |= std::uint64_t{1} << i;
            return &(*m_object)[i].second;
        }
    }
    return nullptr;
}

const crypto::Json* MemberReader::any(std::string_view name) {
    const crypto::Json* found = anyOpt(name);
    if (!found) {
        refuse(name);
    }
    return found;
}

MemberReader MemberReader::object(std::string_view name) {
    return MemberReader(m_check, any(name), placeOf(name));
}

const crypto::JsonArray& MemberReader::array(std::string_view name, std::size_t least, std::size_t most) {
    static const crypto::JsonArray none;
    const crypto::Json* found = any(name);
    const crypto::JsonArray* items = found ? found->array() : nullptr;
    if (!items || items->size() < least || items->size() > most) {
        refuse(name);
        return none;
    }
    return *items;
}

std::string MemberReader::text(std::string_view name) {
    const crypto::Json* found = any(name);
    const std::string* value = found ? found->string() : nullptr;
    if (!value) {
        refuse(name);
        return {};
    }
    return *value;
}

std::string MemberReader::nonEmpty(std::string_view name) {
    std::string value = text(name);
    if (value.empty()) {
        refuse(name);
    }
    return value;
}

std::string MemberReader::nonEmptyOpt(std::string_view name) {
    return has(name) ? nonEmpty(name) : std::string();
}

bool MemberReader::boolean(std::string_view name) {
    const crypto::Json* found = any(name);
    const bool* value = found ? found->boolean() : nullptr;
    if (!value) {
        refuse(name);
        return false;
    }
    return *value;
}

std::uint64_t MemberReader::integer(std::string_view name, std::uint64_t least, std::uint64_t most) {
    const crypto::Json* found = any(name);
    const std::int64_t* value = found ? found->integer() : nullptr;
    if (!value || *value < 0 || static_cast<std::uint64_t>(*value) < least ||
        static_cast<std::uint64_t>(*value) > most) {
        refuse(name);
        return least;
    }
    return static_cast<std::uint64_t>(*value);
}

Instant MemberReader::time(std::string_view name) {
    const std::optional<Instant> value = fromRfc3339(text(name));
    if (!value) {
        refuse(name);
    }
    return value.value_or(0);
}

std::string MemberReader::uuid(std::string_view name) {
    std::string value = text(name);
    if (!isUuid(value)) {
        refuse(name);
    }
    return value;
}

std::string MemberReader::hex256(std::string_view name) {
    std::string value = text(name);
    if (!isHex256(value)) {
        refuse(name);
    }
    return value;
}

Bytes MemberReader::b64(std::string_view name, std::size_t size) {
    const std::string value = text(name);
    crypto::Result<Bytes> bytes = crypto::b64Decode(value);
    if (!bytes || bytes->size() != size) {
        refuse(name);
        return Bytes(size);
    }
    return std::move(bytes).value();
}

std::string MemberReader::wrappedKey(std::string_view name) {
    std::string value = text(name);
    const crypto::Result<Bytes> bytes = crypto::b64Decode(value);
    if (!bytes || (bytes->size() != 384 && bytes->size() != 512)) {
        refuse(name);
    }
    return value;
}

void MemberReader::exactly(std::string_view name, std::string_view value) {
    if (text(name) != value) {
        refuse(name);
    }
}

void MemberReader::exactly(std::string_view name, std::int64_t value) {
    const crypto::Json* found = any(name);
    if (!found || !found->integer() || *found->integer() != value) {
        refuse(name);
    }
}

void MemberReader::close() {
    if (!m_object) {
        return;
    }
    for (std::size_t i = 0; i < m_object->size(); ++i) {
        if (!(m_asked >> i & 1)) {
            refuse((*m_object)[i].first);
            return;
        }
    }
}

} // namespace sealwright
