#include "app/profile/ledger_rows.h"

namespace sealwright {

Outcome<KeyRecord> keyAt(const Statement& row) {
    return KeyRecord{row.textAt(0), row.flagAt(1), row.numberAt(2), row.textAt(3), row.textAt(4), row.textAt(5)};
}

Outcome<void> putKey(QSqlDatabase& database, const KeyRecord& key, const char* standing) {
    Statement record(database, "INSERT OR REPLACE INTO machine_key (kid, signing, made, place, public_jwk, entry,"
                               " standing) VALUES (?, ?, ?, ?, ?, ?, ?)");
    record.text(key.kid)
        .number(key.signing)
        .number(key.made)
        .text(key.place)
        .text(key.publicJwk)
        .text(key.entry)
        .text(standing);
    return record.run();
}

Outcome<PinnedRegistration> registrationAt(const Statement& row) {
    PinnedRegistration kept;
    Registration& registration = kept.registration;
    registration.machineId = row.textAt(0);
    registration.platform = row.textAt(1);
    const auto json = crypto::parseControlJson(row.textAt(2));
    if (!json)
        return fail(row.damaged());
    auto keys = crypto::jwkSetFromJson(*json);
    auto hosts = row.textsAt(3);
    if (!keys || !hosts)
        return fail(row.damaged());
    registration.keys = std::move(*keys);
    registration.hosts = std::move(*hosts);
    registration.issued = row.numberAt(4);
    registration.platformKid = row.textAt(5);
    registration.jws = row.textAt(6);
    kept.machineName = row.textAt(7);
    kept.platformName = row.textAt(8);
    kept.caPem = row.textAt(9);
    kept.caSha256 = row.textAt(10);
    kept.registeredAt = row.numberAt(11);
    return kept;
}

Outcome<void> putRegistration(QSqlDatabase& database, const PinnedRegistration& kept) {
    Statement statement(database, "INSERT OR REPLACE INTO registration (id, machine_id, platform, keys, hosts, issued,"
                                  " platform_kid, jws, machine_name, platform_name, ca_pem, ca_sha256, registered_at)"
                                  " VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    const Registration& registration = kept.registration;
    statement.text(registration.machineId)
        .text(registration.platform)
        .text(crypto::writeControlJson(crypto::toJson(registration.keys)))
        .texts(registration.hosts)
        .number(registration.issued)
        .text(registration.platformKid)
        .text(registration.jws)
        .text(kept.machineName)
        .text(kept.platformName)
        .text(kept.caPem)
        .text(kept.caSha256)
        .number(kept.registeredAt);
    return statement.run();
}

Outcome<JobRecord> jobAt(const Statement& row) {
    JobRecord job;
    job.jobId = row.textAt(0);
    job.jwsSha256 = row.textAt(1);
    const auto state = jobStateFromText(row.textAt(2));
    if (!state)
        return fail(row.damaged());
    job.state = *state;
    job.expires = row.numberAt(3);
    job.changed = row.numberAt(4);
    job.lastSequence = row.countAt(5);
    job.failureCode = row.textAt(6);
    job.inputPath = row.bytesAt(7);
    if (!row.isNull(8))
        job.policyJson = row.textAt(8);
    job.jws = row.textAt(9);
    job.reportPending = row.flagAt(10);
    return job;
}

Outcome<void> putJob(QSqlDatabase& database, const JobRecord& job) {
    Statement record(database, "INSERT OR REPLACE INTO job (job_id, jws_sha256, state, expires, changed, failure_code,"
                               " input_path, policy, jws) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
    record.text(job.jobId)
        .text(job.jwsSha256)
        .text(std::string(toText(job.state)))
        .number(job.expires)
        .number(job.changed)
        .text(job.failureCode)
        .bytes(job.inputPath);
    if (job.policyJson)
        record.text(*job.policyJson);
    else
        record.null();
    record.text(job.jws);
    if (auto done = record.run(); !done)
        return done;
    Statement sequence(database, "INSERT INTO job_sequence (job_id, last) VALUES (?, ?)"
                                 " ON CONFLICT (job_id) DO UPDATE SET last = max(last, excluded.last)");
    sequence.text(job.jobId).number(job.lastSequence);
    return sequence.run();
}

Outcome<Receipt> receiptAt(const Statement& row) {
    auto canOpen = row.textsAt(12);
    auto readable = row.textsAt(13);
    if (!canOpen || !readable)
        return fail(row.damaged());
    Receipt receipt;
    receipt.jobId = row.textAt(0);
    receipt.jobName = row.textAt(1);
    receipt.platformName = row.textAt(2);
    receipt.finished = row.numberAt(3);
    receipt.bucket = row.textAt(4);
    receipt.object = row.textAt(5);
    receipt.size = row.countAt(6);
    receipt.records = row.countAt(7);
    receipt.values = row.countAt(8);
    receipt.compared = row.countAt(9);
    receipt.sha256 = row.textAt(10);
    receipt.digest = row.textAt(11);
    receipt.canOpen = std::move(*canOpen);
    receipt.readable = std::move(*readable);
    receipt.signerKid = row.textAt(14);
    receipt.fields = row.countAt(15);
    receipt.reportPending = row.flagAt(16);
    return receipt;
}

Outcome<void> putReceipt(QSqlDatabase& database, const Receipt& receipt) {
    Statement statement(database,
                        "INSERT INTO receipt (job_id, job_name, platform_name, finished, bucket, object, size, records,"
                        " vals, compared, sha256, digest, can_open, readable, signer_kid, fields)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    statement.text(receipt.jobId)
        .text(receipt.jobName)
        .text(receipt.platformName)
        .number(receipt.finished)
        .text(receipt.bucket)
        .text(receipt.object)
        .number(receipt.size)
        .number(receipt.records)
        .number(receipt.values)
        .number(receipt.compared)
        .text(receipt.sha256)
        .text(receipt.digest)
        .texts(receipt.canOpen)
        .texts(receipt.readable)
        .text(receipt.signerKid)
        .number(receipt.fields);
    return statement.run();
}

Outcome<AddressEntry> addressAt(const Statement& row) {
    return AddressEntry{row.textAt(0), row.textAt(1), row.flagAt(2), row.textAt(3), row.numberAt(4), row.textAt(5)};
}

Outcome<WaitingEvent> waitingEventAt(const Statement& row) {
    const auto kind = eventKindFromText(row.textAt(3));
    if (!kind)
        return fail(row.damaged());
    return WaitingEvent{{row.textAt(0), row.textAt(1), row.bytesAt(8)},
                        row.countAt(2),
                        *kind,
                        {row.flagAt(4), row.textAt(5), row.textAt(6), row.textAt(7)}};
}

} // namespace sealwright
