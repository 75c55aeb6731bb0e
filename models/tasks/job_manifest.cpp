#include "models/tasks/job_manifest.h"

#include "models/tasks/sealing.h"

namespace sealwright {

pipeline::Keys JobKeys::view(const Job& job) const {
    pipeline::Keys keys;
    keys.dek = &dek;
    keys.version = job.key.version;
    keys.datasetId = job.datasetId;
    if (job.joinKey) {
        keys.joinKey = &joinKey;
        keys.joinVersion = job.joinKey->version;
    }
    return keys;
}

Outcome<JobKeys> openJobKeys(const Job& job, const MachineKeys& keys) {
    JobKeys opened;
    if (job.key.madeByPlatform()) {
        auto dek = openJobKey(job, keys.opening());
        if (!dek)
            return dek.failed();
        opened.dek = std::move(*dek);
    } else {
        opened.dek = crypto::freshDek();
    }
    if (job.joinKey) {
        auto joinKey = openJobJoinKey(job, keys.opening());
        if (!joinKey)
            return joinKey.failed();
        opened.joinKey = std::move(*joinKey);
    }
    return opened;
}

Outcome<Manifest> jobManifest(const Job& job, const PinnedRegistration& registration, const MachineKeys& keys,
                              const JobKeys& secrets, const pipeline::EncryptResult& written, crypto::Json metadata) {
    Manifest manifest;
    manifest.datasetId = job.datasetId;
    manifest.created = now();
    manifest.tool = toolName();
    manifest.jobId = job.jobId;
    manifest.keyVersion = job.key.version;
    manifest.keyId = job.key.id;

    const RecipientSlot platform{job.platformKid, "held", {}, registration.platformName};
    auto own = slotFor(secrets.dek, keys.dec.publicKey(), registration.machineName);
    if (!own)
        return own.failed();
    if (job.key.madeByPlatform()) {
        manifest.recipients.push_back(platform);
    } else {
        for (const crypto::RecipientKey& recipient : job.key.recipients) {
            if (recipient.kid == own->kid)
                continue;
            auto slot = slotFor(secrets.dek, recipient, {});
            if (!slot)
                return slot.failed();
            manifest.recipients.push_back(std::move(*slot));
        }
    }
    manifest.recipients.push_back(std::move(*own));

    if (job.joinKey) {
        auto slot = slotFor(secrets.joinKey, keys.dec.publicKey(), registration.machineName);
        if (!slot)
            return slot.failed();
        manifest.joinKey =
            JoinKeyInfo{job.joinKey->id, job.joinKey->version, job.joinKey->commitment, {platform, std::move(*slot)}};
    }
    manifest.runs.push_back(written.run);
    manifest.content.push_back(written.content);
    manifest.dataset = written.dataset;
    manifest.policy = written.policy;
    manifest.metadata = std::move(metadata);
    return manifest;
}

DialectWish overruled(const Job& job, const DialectWish& owner) {
    DialectWish wish = job.dialect;
    if (job.mediaType)
        wish.mediaType = job.mediaType;
    if (owner.mediaType)
        wish.mediaType = owner.mediaType;
    if (owner.delimiter)
        wish.delimiter = owner.delimiter;
    if (owner.quoting)
        wish.quoting = owner.quoting;
    if (owner.header)
        wish.header = owner.header;
    if (owner.encoding)
        wish.encoding = owner.encoding;
    if (owner.recordsAt)
        wish.recordsAt = owner.recordsAt;
    return wish;
}

} // namespace sealwright
