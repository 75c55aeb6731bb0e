#pragma once
#include "models/tasks/job_board.h"

namespace sealwright {

/// A job's three objects: data, manifest, signature, in that order, for the last makes the dataset complete. What was
/// put before a failure, or may have been, is removed again.
class JobUpload {
public:
    /// All are borrowed.
    JobUpload(const Services& services, const Job& job, const PinnedRegistration& registration,
              const StorageCredentials& credentials);
    Outcome<void> send(const JobObjects& objects, MediaType type, std::shared_ptr<const ByteSource> data,
                       const std::string& manifest, const std::string& signature, TaskContext& context);
    /// Removes what was put, signature first; best effort.
    void withdraw();
    /// The same for what an earlier run put.
    void withdraw(const JobObjects& objects);

private:
    Outcome<void> put(const std::string& object, std::shared_ptr<const ByteSource> source, const std::string& type,
                      TaskContext& context);

    const Services& m_services;
    StoreAccess m_access;
    std::vector<std::string> m_put;
};

} // namespace sealwright
