#pragma once
#include "models/tasks/services.h"
#include "models/tasks/task.h"

// A job's finished, checked and sealed file while it is on its way to the store: in a place and in a record that
// outlive the process. The record is there before the file has its place, and gone before the file is: a file that no
// record names is nobody's.
namespace sealwright {

/// Moves a finished file of the spool to its place, synced, and remembers `record` with it; record.file is set here.
/// Where it fails neither is there. FileFailed …, ProfileFailed.
Outcome<void> keepUpload(const Services& services, FileSink& file, UploadRecord& record);

/// A kept file, opened and found whole.
struct KeptUpload {
    UploadRecord record;
    std::shared_ptr<const ByteSource> data;
};
/// The job's upload that was interrupted and can be gone on with: not given up, its file there and byte for byte what
/// was sealed and checked. Reads the whole file. Nothing where there is none. ProfileFailed, Cancelled.
Outcome<std::optional<KeptUpload>> openKeptUpload(const Services& services, const std::string& jobId,
                                                  TaskContext& context);
/// As far as can be told without reading it.
bool canGoOn(const UploadRecord& record);

void removeKeptFile(const UploadRecord& record);
/// Removes files that no record names, left by a process that was killed in between. ProfileFailed.
Outcome<void> removeStrayFiles(const Services& services);

/// An upload's journal in the ledger.
class KeptJournal : public UploadJournal {
public:
    /// The ledger is borrowed.
    KeptJournal(Uploads& uploads, const UploadRecord& record)
        : m_uploads(uploads), m_jobId(record.jobId), m_known(record.state) {}
    UploadState known() override { return m_known; }
    Outcome<void> begun(const std::string& id, std::uint64_t partSize) override {
        return m_uploads.begun(m_jobId, id, partSize);
    }
    Outcome<void> sent(const UploadedPart& part) override { return m_uploads.sent(m_jobId, part); }

private:
    Uploads& m_uploads;
    const std::string m_jobId;
    const UploadState m_known;
};

} // namespace sealwright
