#include "crypto/jose/compact.h"

#include "crypto/base/b64.h"

namespace sealwright::crypto {

Result<std::vector<std::string_view>> splitCompact(std::string_view text, std::size_t count, std::size_t maxLength) {
    if (text.size() > maxLength) {
        return fail(Error::LimitReached);
    }
    std::vector<std::string_view> parts;
    for (std::size_t i = 0; i + 1 < count; ++i) {
        const std::size_t dot = text.find('.');
        if (dot == std::string_view::npos) {
            return fail(Error::BadEncoding);
        }
        parts.push_back(text.substr(0, dot));
        text.remove_prefix(dot + 1);
    }
    if (text.find('.') != std::string_view::npos || parts.front().size() > maxHeader) {
        return fail(Error::BadEncoding);
    }
    parts.push_back(text);
    return parts;
}

Result<CompactHeader> readHeader(std::string_view part, std::string_view alg, std::string_view thirdName) {
    const auto bytes = b64Decode(part);
    if (!bytes) {
        return bytes.failed();
    }
    const auto header = parseControlJson(asText(*bytes), maxHeader);
    if (!header || !header->object()) {
        return fail(Error::BadEncoding);
    }
    const auto text = [&](std::string_view name) {
        const Json* member = header->find(name);
        return member ? member->string() : nullptr;
    };
    const std::string* writtenAlg = text("alg");
    const std::string* kid = text("kid");
    const std::string* third = text(thirdName);
    const std::size_t expected = 3;
    if (header->object()->size() != expected || !writtenAlg || *writtenAlg != alg || !kid || !third) {
        return fail(Error::BadHeader);
    }
    return CompactHeader{*kid, *third};
}

std::string writeHeader(JsonObject members) {
    return b64Encode(asBytes(writeControlJson(Json(std::move(members)))));
}

} // namespace sealwright::crypto
