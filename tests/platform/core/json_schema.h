#pragma once
#include "crypto/base/control_json.h"

#include <optional>

namespace sealwright::platform {

/// The part of JSON Schema 2020-12 that the contract uses: $ref into the document, type, const, enum, required,
/// properties, additionalProperties (false), items, minItems, minLength, maxLength, pattern, minimum, maximum, oneOf.
/// What only describes (description, examples, title, format) is passed over; any other keyword fails, so that no rule
/// goes unheeded.
class JsonSchema {
public:
    /// `document` is borrowed.
    explicit JsonSchema(const crypto::Json& document) : m_document(document) {}

    /// Nothing where `value` fits, else the place and the keyword that it breaks: "/keys/0/kid pattern".
    std::optional<std::string> mismatch(const crypto::Json& schema, const crypto::Json& value) const;

private:
    std::optional<std::string> check(const crypto::Json& schema, const crypto::Json& value,
                                     const std::string& place) const;
    const crypto::Json* resolve(const std::string& pointer) const;
    const crypto::Json& m_document;
};

} // namespace sealwright::platform
