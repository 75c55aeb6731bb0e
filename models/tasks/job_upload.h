#pragma once
#include "models/tasks/job_board.h"
#include "models/tasks/sealed_place.h"

namespace sealwright {

/// A job's three objects: data, manifest, signature, in that order, for the last makes the dataset complete.
class JobUpload {
public:
    /// All are borrowed.
    JobUpload(const Services& services, const Job& job, const PinnedRegistration& registration,
              CredentialSource& credentials);

    /// Sends what the store does not have yet; how far it has come is kept in the ledger's record of the job. `data` is
    /// null where they are there already. After a failure withdraw() is the caller's.
    Outcome<void> send(const UploadRecord& record, std::shared_ptr<const ByteSource> data, TaskContext& context);

    /// The data's object as a place to seal into. The upload's id is kept in the ledger's record of the job.
    std::unique_ptr<SealedPlace> sealInto(const StreamedObject& object, const TaskContext& context);

    /// Takes the signature and the manifest of an earlier try away, so that its data are no complete dataset while they
    /// are replaced.
    Outcome<void> clear(const JobObjects& objects, const Cancel& cancel);

    /// Removes all that was sent for this record, signature first, and what was begun of it. Good: nothing is left.
    Outcome<void> withdraw(const UploadRecord& record, const Cancel& cancel);

private:
    Outcome<void> removeAll(const std::vector<std::string>& objects, const Cancel& cancel);
    Outcome<void> sendData(const UploadRecord& record, std::shared_ptr<const ByteSource> data, TaskContext& context);
    Outcome<void> put(const std::string& object, const std::string& text, const std::string& type,
                      TaskContext& context);

    const Services& m_services;
    const std::string m_jobId;
    StoreAccess m_access;
};

} // namespace sealwright
