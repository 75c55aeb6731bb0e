#pragma once
#include "crypto/base/control_json.h"
#include "models/domain/failure.h"
#include "models/domain/time.h"

// Reading a control document member by member (FORMAT.md, "Words"): what is not listed, missing or of another kind is
// refused.
namespace sealwright {

/// FORMAT.md §9: manifest and index, and every other control document.
inline constexpr std::size_t maxManifestBytes = std::size_t{64} << 20;
inline constexpr std::size_t maxDocumentBytes = std::size_t{1} << 20;
/// A JWS compact whose payload is as long as a control document may be, and some room for its header and signature.
inline constexpr std::size_t maxJwsBytes = 1'500'000;

/// Keeps the first thing that is wrong with one document. Readers ask for everything and look once, at the end.
class DocumentCheck {
public:
    explicit DocumentCheck(Code code) : m_code(code) {}
    void refuse(std::string member);
    /// A failure of a document inside this one; `place` is put before the member that it names.
    void refuseAt(std::string_view place, const Failure& inner);
    bool ok() const { return !m_member; }
    Failure failure() const; ///< only where !ok(); facts: the member's place, as `key.recipients[2].kid`

private:
    Code m_code;
    std::optional<std::string> m_member;
};

/// The members of one object. Each getter without "Opt" refuses a missing member; all refuse a wrong kind or range and
/// then give an empty value. close() refuses every member that nobody asked for. Lives no longer than the Json.
class MemberReader {
public:
    MemberReader(DocumentCheck& check, const crypto::Json* json, std::string place);

    bool has(std::string_view name) const; ///< counts as asked for only once it is read
    bool usable() const { return m_object != nullptr; }
    const std::string& place() const { return m_place; }
    std::string placeOf(std::string_view name) const;
    void refuse(std::string_view name) { m_check.refuse(placeOf(name)); }

    const crypto::Json* any(std::string_view name);
    const crypto::Json* anyOpt(std::string_view name);
    MemberReader object(std::string_view name);
    const crypto::JsonArray& array(std::string_view name, std::size_t least, std::size_t most);
    std::string text(std::string_view name);
    std::string nonEmpty(std::string_view name);
    std::string nonEmptyOpt(std::string_view name); ///< empty where it is missing
    bool boolean(std::string_view name);
    std::uint64_t integer(std::string_view name, std::uint64_t least, std::uint64_t most);
    Instant time(std::string_view name);
    std::string uuid(std::string_view name);
    std::string hex256(std::string_view name);
    Bytes b64(std::string_view name, std::size_t size);
    std::string wrappedKey(std::string_view name); ///< b64 of 384 or 512 bytes
    void exactly(std::string_view name, std::string_view value);
    void exactly(std::string_view name, std::int64_t value);
    void close();

    DocumentCheck& check() { return m_check; }

private:
    DocumentCheck& m_check;
    const crypto::JsonObject* m_object = nullptr;
    std::string m_place;
    std::uint64_t m_asked = 0; ///< bit i: member i was asked for; no listed object has 64 members
};

std::string placeOfItem(std::string_view place, std::size_t index);

inline constexpr std::uint64_t maxInteger = std::uint64_t{1} << 53;
inline constexpr std::uint64_t maxKeyVersion = 999'999'999;
inline constexpr std::size_t maxRecipients = 1000;

} // namespace sealwright
