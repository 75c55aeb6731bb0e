#pragma once
#include "crypto/keys/private_keys.h"
#include "models/domain/cancel.h"
#include "models/domain/manifest.h"

#include <functional>

// Sealed packages, `X.sealed` (FORMAT.md §6). Every call works in the calling thread and on `threads` workers that it
// joins before it returns; none may be made on the GUI thread. Paths are UTF-8. Memory does not grow with the size of
// files.
namespace sealwright {

/// Bytes done and in all; called on any worker, one call at a time, at most some hundred times.
using PackageProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

struct PackageEntry {
    std::string path;       ///< inside the package, parts joined by `/`; a folder's ends in `/`
    std::uint64_t size = 0; ///< plain
    std::optional<Instant> modified;
    bool isFolder() const { return !path.empty() && path.back() == '/'; }
};

struct PackageRecipient {
    crypto::RecipientKey key;
    std::string name; ///< what the writer calls it (FORMAT.md §5); may be empty
};

struct SealRequest {
    /// Files and folders. Each stands in the package under its last name; a folder with all that is below it.
    std::vector<std::string> sources;
    std::string target;
    std::vector<PackageRecipient> recipients; ///< equal kids count once
    std::string tool = "sealwright/" SEALWRIGHT_VERSION;
    bool zstd = false;
    bool replaceTarget = false;
    unsigned threads = 0; ///< 0: as many as there are cores
};

struct SealedPackage {
    std::string datasetId;
    std::vector<PackageEntry> entries;
    std::uint64_t plainBytes = 0, packageBytes = 0;
    std::string signerKid;
    std::vector<RecipientSlot> recipients;
};

/// Writes `target` whole or not at all: under a temporary name beside it, synced, then renamed. Never follows a
/// symbolic link. UsageNoRecipient, FileExists, FileNotFound, FileNoPermission, FileNoSpace, FileFailed,
/// DataNotReadable (facts: path), DataChangedWhileRead (facts: path), PackageSymlink (facts: path),
/// PackagePathNotPortable (facts: path, and the path that it collides with), UsageTooManyRecipients,
/// PackageTooManyFiles (before anything is sealed, where it can be foreseen), DataManifestRefused, Cancelled.
Outcome<SealedPackage> sealPackage(const SealRequest& request, const crypto::SigningKey& signer,
                                   const PackageProgress& progress, const Cancel& cancel);

/// Who signed, as far as that can be told.
struct PackageSigner {
    std::string kid;    ///< as the signature names it
    bool known = false; ///< one of the keys given, and the signature fits; else nothing about `kid` is proved
};

/// What the package says about itself, all of it compared with its bytes.
struct PackageFacts {
    Manifest manifest;
    PackageSigner signer;
    std::uint64_t packageBytes = 0;
    std::uint64_t payloads = 0;
    std::optional<std::vector<PackageEntry>> entries; ///< only with a key
};

struct PackageCheck {
    std::string package;
    std::vector<crypto::VerificationKey> known;
    unsigned threads = 0;
};

/// Without a key: layout, manifest, signature, and size and digest of every entry. With one: the index and every
/// segment too. Nothing is written. An unknown signer is no failure here (see PackageFacts::signer). FileNotFound …,
/// PackageLayout (facts: entry), DocumentInvalid (facts: member), AuthBadSignature, AuthManifestMismatch (facts:
/// entry), KeyNotForThis, AuthWrongKey, AuthAltered, AuthTruncated, AuthTrailingData (facts: path), PackageUnsafePath
/// (facts: path, and the one it collides with), PackageTooLarge (facts: path), Cancelled.
Outcome<PackageFacts> verifyPackage(const PackageCheck& check, const crypto::DecryptionKey* key,
                                    const PackageProgress& progress, const Cancel& cancel);

/// verifyPackage() without a key: what can be known about it by anybody.
inline Outcome<PackageFacts> inspectPackage(const PackageCheck& check, const PackageProgress& progress,
                                            const Cancel& cancel) {
    return verifyPackage(check, nullptr, progress, cancel);
}

struct OpenRequest {
    PackageCheck check;
    std::string targetFolder; ///< made where it is missing
    bool allowUnknownSigner = false;
};

/// All of the package's files into `targetFolder`, or nothing: they are written below a temporary folder in it and
/// moved when everything has been compared; what has been moved is withdrawn where a later one fails. Nothing that
/// exists is replaced: FileExists (facts: path). AuthUnknownSigner (facts: kid) unless allowed; else as
/// verifyPackage().
Outcome<PackageFacts> openPackage(const OpenRequest& request, const crypto::DecryptionKey& key,
                                  const PackageProgress& progress, const Cancel& cancel);

} // namespace sealwright
