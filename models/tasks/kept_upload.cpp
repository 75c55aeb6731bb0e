#include "models/tasks/kept_upload.h"

#include "crypto/stream/digest.h"
#include "models/tasks/dataset_files.h"

#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace sealwright {

namespace {

namespace fs = std::filesystem;

/// Makes names last through a power cut; a file system that cannot is left as it is.
void syncFolder(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    ::fsync(fd);
    ::close(fd);
}

void removeFile(const std::string& path) {
    std::error_code ignored;
    if (!path.empty())
        fs::remove(path, ignored);
}

Outcome<bool> isWhole(const ByteSource& data, const UploadRecord& record, TaskContext& context) {
    crypto::Sha256 hash;
    Bytes block(1u << 20);
    for (std::uint64_t done = 0; done < data.size();) {
        if (context.cancel.cancelled())
            return fail(Code::Cancelled);
        const auto got = data.readAt(done, block);
        if (!got || *got == 0)
            return false;
        hash.update(ByteView(block).first(*got));
        done += *got;
        context.progress({Step::Check, done, data.size(), 0, 0, 0});
    }
    return data.size() == record.size && crypto::hexLower(hash.finish()) == record.sha256;
}

} // namespace

Outcome<void> keepUpload(const Services& services, FileSink& file, UploadRecord& record) {
    if (auto whole = file.commit(); !whole)
        return whole;
    record.file = services.keptFolder + "/" + freshUuid() + ".sealed-data";
    Outcome<void> kept = services.ledger->uploads().remember(record);
    if (kept) {
        std::error_code error;
        fs::rename(file.target(), record.file, error);
        if (!error) {
            syncFolder(services.keptFolder);
            return {};
        }
        kept = fail(Failure(Code::FileFailed, Where{record.file, {}, {}, {}}, {error.message()}));
    }
    (void)services.ledger->uploads().remove(record.jobId); // of a call that failed nobody knows
    removeFile(file.target());
    return kept;
}

bool canGoOn(const UploadRecord& record) {
    std::error_code error;
    return !record.givenUp && !record.file.empty() && fs::file_size(record.file, error) == record.size && !error;
}

Outcome<std::optional<KeptUpload>> openKeptUpload(const Services& services, const std::string& jobId,
                                                  TaskContext& context) {
    using Kept = std::optional<KeptUpload>;
    auto record = services.ledger->uploads().find(jobId);
    if (!record)
        return record.failed();
    if (!*record || !canGoOn(**record))
        return Kept();
    auto data = openFileSource((*record)->file);
    if (!data)
        return Kept();
    const auto whole = isWhole(**data, **record, context);
    if (!whole)
        return whole.failed();
    return *whole ? Kept(KeptUpload{std::move(**record), std::move(*data)}) : Kept();
}

void removeKeptFile(const UploadRecord& record) {
    removeFile(record.file);
}

Outcome<void> removeStrayFiles(const Services& services) {
    // In this order: a file that is there by now has had its record before.
    std::vector<std::string> files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(services.keptFolder, error))
        files.push_back(entry.path().string());
    if (files.empty())
        return {};
    const auto records = services.ledger->uploads().all();
    if (!records)
        return records.failed();
    for (const std::string& file : files) {
        const bool named = std::any_of(records->begin(), records->end(),
                                       [&](const UploadRecord& record) { return record.file == file; });
        if (!named)
            removeFile(file);
    }
    return {};
}

} // namespace sealwright
