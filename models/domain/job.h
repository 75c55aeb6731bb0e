#pragma once
#include "crypto/jose/jws.h"
#include "models/domain/dialect.h"
#include "models/domain/policy.h"
#include "models/domain/time.h"

// A check-in job, as signed by the platform (FORMAT.md §8).
namespace sealwright {

struct StorageCredentials {
    std::string accessKey;
    crypto::SecretBytes secretKey;
    crypto::SecretBytes sessionToken; ///< may be empty
    std::optional<Instant> expires;
    StorageCredentials clone() const;
};

struct ObjectSource {
    std::string bucket, object;
    std::optional<std::uint64_t> size;
    std::optional<std::string> sha256; ///< hex
};

struct JobKey {
    std::uint32_t version = 1;
    std::string id;
    std::string kid, wrappedKey;                  ///< first form: made by the platform, which keeps it
    std::vector<crypto::RecipientKey> recipients; ///< second form: this machine makes the DEK
    bool madeByPlatform() const { return !wrappedKey.empty(); }
};

struct JobJoinKey {
    std::string id;
    std::uint32_t version = 1;
    Bytes commitment;
    std::string kid, wrappedKey;
};

/// Which way the events of a job go: to the platform itself, or to a broker.
struct FeedbackAddress {
    bool amqp = false;
    std::string url, exchange, routingKey; ///< of the broker
    friend bool operator==(const FeedbackAddress&, const FeedbackAddress&) = default;
};

struct Job {
    std::string jobId, machineId, datasetId, name, purpose;
    Instant issued = 0, expires = 0;
    std::optional<ObjectSource> object; ///< else local: the owner chooses a file
    std::optional<MediaType> mediaType; ///< always with an object source
    DialectWish dialect;
    std::string targetBucket, targetPrefix;
    std::string endpoint, region;
    JobKey key;
    std::optional<JobJoinKey> joinKey;
    Policy policy;
    FeedbackAddress feedback;
    std::string secretsJwe;
    std::string platformKid; ///< of the key that signed the job
    std::string jws;         ///< as it came, for the replay memory
};

struct JobSecrets {
    StorageCredentials storage;
    std::string amqpUser; ///< empty: none for a broker
    crypto::SecretBytes amqpPassword;
    std::optional<Instant> expires = std::nullopt; ///< of renewed ones: when the first of them ends
};

/// What a machine knows when it judges a job.
struct JobContext {
    std::string machineId;
    std::vector<std::string> hosts; ///< "host:port", as the registration lists them
    std::vector<crypto::VerificationKey> pinned;
    std::vector<std::string> encKids; ///< of this machine's decryption keys, earlier ones too
    Instant now = 0;
};

/// Signature, then grammar, then times, machine, hosts, prefix (FORMAT.md §8). JobUnknownSigner (a key that is not
/// pinned), JobUnsigned, JobInvalid (facts: member), JobExpired, JobNotYet, JobTooLong, JobOtherMachine,
/// JobHostNotListed (facts: host), KeyNotForThis (wrapped for another machine's key; looked at where context.encKids
/// has any).
Outcome<Job> acceptJob(std::string_view jws, const JobContext& context);
/// For the list: same checks but for `expires` and for whom keys are wrapped, so that an old job can still be shown.
Outcome<Job> readJob(std::string_view jws, const JobContext& context);
/// A job that this machine accepted before and kept: grammar alone, for its signer may be gone by now. Never for what
/// comes from outside. JobInvalid.
Outcome<Job> readKeptJob(std::string_view jws);
/// KeyNotForThis, JobInvalid (facts: member).
Outcome<JobSecrets> openJobSecrets(const Job& job, const crypto::DecryptionKey& key);
/// New ones for a job under way, from a `sealwright-credentials` that a pinned key signed; storage.expires is always
/// set. PlatformAnswerInvalid (facts: member, "credentials" for the signature), KeyNotForThis.
Outcome<JobSecrets> readRenewedSecrets(std::string_view jws, const Job& job,
                                       const std::vector<crypto::VerificationKey>& pinned,
                                       const crypto::DecryptionKey& key, Instant now);
/// The DEK of a job whose key the platform made. KeyNotForThis.
Outcome<crypto::SecretBytes> openJobKey(const Job& job, const crypto::DecryptionKey& key);
/// The join key, its commitment compared; only where job.joinKey is set. KeyNotForThis, AuthWrongKey.
Outcome<crypto::SecretBytes> openJobJoinKey(const Job& job, const crypto::DecryptionKey& key);

/// `<prefix><job_id>.csv` and its two companions.
struct JobObjects {
    std::string data, manifest, signature;
};
JobObjects objectsOf(const Job& job, MediaType type);
JobObjects objectsBeside(std::string data); ///< that one, and its companions

/// "https://host:port" → "host:port" in lower case with the scheme's default port filled in (https, amqps, and to
/// loopback http, amqp); a path may follow. Nothing where it is no such URL, names a user, or is plain to anything but
/// loopback.
std::optional<std::string> hostOfEndpoint(std::string_view url);

} // namespace sealwright
