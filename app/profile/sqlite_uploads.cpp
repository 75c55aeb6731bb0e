#include "app/profile/sqlite_uploads.h"

#include "app/profile/ledger_access.h"

namespace sealwright {

namespace {

const std::string selectUploads =
    "SELECT job_id, given_up, file, size, sha256, manifest, signature, signer_kid, vals, compared, begun, bucket,"
    " object, upload_id, part_size FROM upload";

Outcome<UploadRecord> uploadAt(const Statement& row) {
    UploadRecord record;
    record.jobId = row.textAt(0);
    record.givenUp = row.flagAt(1);
    record.file = row.bytesAt(2);
    record.size = row.countAt(3);
    record.sha256 = row.textAt(4);
    record.manifest = row.bytesAt(5);
    record.signature = row.textAt(6);
    record.signerKid = row.textAt(7);
    record.values = row.countAt(8);
    record.compared = row.countAt(9);
    record.begun = row.numberAt(10);
    record.bucket = row.textAt(11);
    record.object = row.textAt(12);
    record.state.id = row.textAt(13);
    record.state.partSize = row.countAt(14);
    return record;
}

Outcome<UploadedPart> partAt(const Statement& row) {
    return UploadedPart{row.countAt(0), row.textAt(1), row.textAt(2)};
}

Outcome<void> removeParts(QSqlDatabase& database, const std::string& jobId) {
    Statement parts(database, "DELETE FROM upload_part WHERE job_id = ?");
    return parts.text(jobId).run();
}

Outcome<void> putPart(QSqlDatabase& database, const std::string& jobId, const UploadedPart& part) {
    Statement statement(database, "INSERT OR REPLACE INTO upload_part (job_id, number, etag, sha256)"
                                  " SELECT job_id, ?, ?, ? FROM upload WHERE job_id = ?");
    return statement.number(part.number).text(part.etag).text(part.sha256).text(jobId).run();
}

Outcome<void> put(QSqlDatabase& database, const UploadRecord& record) {
    Statement statement(database, "INSERT OR REPLACE INTO upload (job_id, given_up, file, size, sha256, manifest,"
                                  " signature, signer_kid, vals, compared, begun, bucket, object, upload_id, part_size)"
                                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    statement.text(record.jobId)
        .number(record.givenUp)
        .bytes(record.file)
        .number(record.size)
        .text(record.sha256)
        .bytes(record.manifest)
        .text(record.signature)
        .text(record.signerKid)
        .number(record.values)
        .number(record.compared)
        .number(record.begun)
        .text(record.bucket)
        .text(record.object)
        .text(record.state.id)
        .number(record.state.partSize);
    if (auto done = statement.run(); !done)
        return done;
    if (auto done = removeParts(database, record.jobId); !done)
        return done;
    for (const UploadedPart& part : record.state.parts)
        if (auto done = putPart(database, record.jobId, part); !done)
            return done;
    return {};
}

class Implementation final : public Uploads {
public:
    explicit Implementation(LedgerThread& thread) : m_file(thread) {}

    Outcome<std::vector<UploadRecord>> all() override {
        auto records = m_file.all<UploadRecord>((selectUploads + " ORDER BY job_id").c_str(), uploadAt);
        if (!records)
            return records;
        for (UploadRecord& record : *records)
            if (auto done = addParts(record); !done)
                return done.failed();
        return records;
    }

    Outcome<std::optional<UploadRecord>> find(const std::string& jobId) override {
        auto record = m_file.first<UploadRecord>((selectUploads + " WHERE job_id = ?").c_str(),
                                                 [&](Statement& s) { s.text(jobId); }, uploadAt);
        if (record && *record)
            if (auto done = addParts(**record); !done)
                return done.failed();
        return record;
    }

    Outcome<void> remember(const UploadRecord& record) override {
        return m_file.together<void>([&](QSqlDatabase& database) { return put(database, record); });
    }

    Outcome<void> begun(const std::string& jobId, const std::string& uploadId, std::uint64_t partSize) override {
        return m_file.together<void>([&](QSqlDatabase& database) -> Outcome<void> {
            Statement upload(database, "UPDATE upload SET upload_id = ?, part_size = ? WHERE job_id = ?");
            if (auto done = upload.text(uploadId).number(partSize).text(jobId).run(); !done)
                return done;
            return removeParts(database, jobId);
        });
    }

    Outcome<void> sent(const std::string& jobId, const UploadedPart& part) override {
        return m_file.on<void>([&](QSqlDatabase& database) { return putPart(database, jobId, part); });
    }

    Outcome<void> giveUp(const std::string& jobId) override {
        return m_file.on<void>([&](QSqlDatabase& database) { return giveUpUpload(database, jobId); });
    }

    Outcome<void> remove(const std::string& jobId) override {
        return m_file.together<void>([&](QSqlDatabase& database) { return endUpload(database, jobId); });
    }

private:
    Outcome<void> addParts(UploadRecord& record) const {
        auto parts = m_file.rows<UploadedPart>(
            "SELECT number, etag, sha256 FROM upload_part WHERE job_id = ? ORDER BY number",
            [&](Statement& s) { s.text(record.jobId); }, partAt);
        if (!parts)
            return parts.failed();
        record.state.parts = std::move(*parts);
        return {};
    }

    LedgerAccess m_file;
};

} // namespace

Outcome<void> endUpload(QSqlDatabase& database, const std::string& jobId) {
    Statement upload(database, "DELETE FROM upload WHERE job_id = ?");
    if (auto done = upload.text(jobId).run(); !done)
        return done;
    return removeParts(database, jobId);
}

Outcome<void> giveUpUpload(QSqlDatabase& database, const std::string& jobId) {
    Statement upload(database, "UPDATE upload SET given_up = 1 WHERE job_id = ?");
    return upload.text(jobId).run();
}

Outcome<void> giveUpWhatReceiptNames(QSqlDatabase& database, const std::string& jobId) {
    Statement upload(database,
                     "INSERT OR REPLACE INTO upload (job_id, given_up, file, size, sha256, manifest, signature,"
                     " signer_kid, vals, compared, begun, bucket, object, upload_id, part_size)"
                     " SELECT job_id, 1, x'', size, sha256, x'', '', signer_kid, vals, compared, finished,"
                     " bucket, object, '', 0 FROM receipt WHERE job_id = ? ORDER BY id DESC LIMIT 1");
    return upload.text(jobId).run();
}

std::unique_ptr<Uploads> makeSqliteUploads(LedgerThread& thread) {
    return std::make_unique<Implementation>(thread);
}

} // namespace sealwright
