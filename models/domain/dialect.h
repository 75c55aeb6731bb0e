#pragma once
#include "crypto/base/control_json.h"
#include "models/domain/failure.h"

// How a data file is to be read (FORMAT.md §4).
namespace sealwright {

enum class MediaType { Csv, Json, JsonLines };

std::string_view toText(MediaType type); ///< "text/csv", "application/json", "application/x-ndjson"
/// `text/tab-separated-values` gives Csv; the caller sets the delimiter. Nothing for other types.
std::optional<MediaType> mediaTypeFromText(std::string_view text);
/// One ASCII character that can stand between fields.
std::optional<char> delimiterFromText(std::string_view text);
/// ".csv", ".json", ".jsonl"
std::string_view fileEnding(MediaType type);

struct Dialect {
    char delimiter = ',';
    bool quoting = true; ///< `"`, or none
    bool header = true;
    std::string encoding = "UTF-8";       ///< or a single-byte encoding by its IANA name
    std::optional<std::string> recordsAt; ///< JSON: "entry[]"; the empty text asks for one record
    friend bool operator==(const Dialect&, const Dialect&) = default;
};

/// What somebody asked for: members that are set overrule what is sniffed.
struct DialectWish {
    std::optional<MediaType> mediaType;
    std::optional<char> delimiter;
    std::optional<bool> quoting, header;
    std::optional<std::string> encoding, recordsAt;
};

/// Complete, as a manifest has it. DocumentInvalid (facts: the member).
Outcome<Dialect> dialectFromJson(const crypto::Json& json, MediaType type);
/// As a job has it: members may be missing; without a type those of every type are taken. The result has no mediaType.
Outcome<DialectWish> dialectWishFromJson(const crypto::Json& json, std::optional<MediaType> type);
crypto::Json toJson(const Dialect& dialect, MediaType type);

} // namespace sealwright
