#pragma once
#include "crypto/keys/derive.h"
#include "crypto/keys/public_keys.h"
#include "models/domain/dialect.h"
#include "models/domain/policy.h"
#include "models/domain/time.h"

// The manifest (FORMAT.md §5).
namespace sealwright {

struct RecipientSlot {
    std::string kid;
    std::string alg;        ///< "RSA-OAEP-256", "held", or a reserved wrapping service
    std::string wrappedKey; ///< b64; empty with "held"
    std::string name;       ///< what the writer calls it; never shown as fact (§5)
    bool held() const { return alg == "held"; }
};

struct JoinKeyInfo {
    std::string id;
    std::uint32_t version = 1;
    Bytes commitment; ///< 32
    std::vector<RecipientSlot> recipients;
};

struct RunInfo {
    crypto::RunId runId{};
    Bytes commitment; ///< 32
    std::optional<std::uint64_t> records;
    std::optional<Bytes> sourceCheck; ///< 32
};

struct ContentEntry {
    std::string name;
    std::uint64_t size = 0;
    std::string digest; ///< hex
    std::optional<std::string> sha256;
};

enum class FieldType { Text, Number, Boolean, Json, Mixed, Null };
std::string_view toText(FieldType type);

struct FieldInfo {
    std::string path;
    FieldType type = FieldType::Text;
    Action action = Action::Encrypt;
    Algorithm algorithm = Algorithm::Aes256Gcm; ///< stands with encrypt
    std::string joinAs, alphabet;
    std::uint32_t keepPrefix = 0, keepSuffix = 0; ///< stand with fpe and mask
    std::uint64_t values = 0, keptEmpty = 0, errors = 0;
    friend bool operator==(const FieldInfo&, const FieldInfo&) = default;
};

struct DatasetInfo {
    MediaType mediaType = MediaType::Csv;
    Dialect dialect;
    bool unflattened = false;
    bool byteExact = true;
    std::vector<FieldInfo> fields; ///< in order of first appearance
};

struct PackageInfo {
    std::string cipher = "A256GCM";
    bool zstd = false;
};

struct Manifest {
    bool isPackage = false;
    std::string datasetId; ///< UUID
    Instant created = 0;
    std::string tool;
    std::string jobId; ///< or empty
    std::uint32_t keyVersion = 1;
    std::string keyId; ///< or empty
    std::vector<RecipientSlot> recipients;
    std::optional<JoinKeyInfo> joinKey;
    std::vector<RunInfo> runs;
    std::vector<ContentEntry> content;
    std::optional<DatasetInfo> dataset;
    std::optional<PackageInfo> package;
    std::optional<Policy> policy;
    std::optional<crypto::Json> metadata;
};

/// DocumentInvalid (facts: the member), DocumentTooLarge. Every limit of §9 is held.
Outcome<Manifest> parseManifest(std::string_view text);
std::string writeManifest(const Manifest& manifest);
/// What writeManifest() writes, once parseManifest() has taken it: what no reader would accept must never be signed and
/// stored. UsageTooManyRecipients, DataManifestTooLarge, DataManifestRefused (facts: the member).
Outcome<std::string> writeReadableManifest(const Manifest& manifest);
/// The members `dataset` and `runs` alone, as JSON (known answers compare them).
crypto::Json toJson(const DatasetInfo& dataset);
crypto::Json toJson(const std::vector<RunInfo>& runs);

/// The version that a token of this mode carries: the join key's in mode s where there is one, else the key's.
std::uint32_t tokenVersion(const Manifest& manifest, crypto::Mode mode);

} // namespace sealwright
