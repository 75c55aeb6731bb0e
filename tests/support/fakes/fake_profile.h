#pragma once
#include "models/ports/ledger.h"

#include <algorithm>
#include <map>
#include <mutex>

namespace sealwright::tests {

/// What ledger and outbox have in common; guarded, for a run adds events while its reporter sends them.
struct FakeProfile {
    std::mutex mutex;
    std::map<std::string, JobRecord> jobRecords;
    std::vector<Receipt> receipts;
    std::vector<WaitingEvent> events; ///< in the order they came
    std::map<std::string, std::uint64_t> sequences;
    std::map<std::string, Outbox::Hold> holds;
    std::map<std::string, UploadRecord> uploads;

    bool waits(const std::string& jobId, std::initializer_list<JobEvent::Kind> kinds) const {
        return std::any_of(events.begin(), events.end(), [&](const WaitingEvent& event) {
            return event.message.jobId == jobId && std::find(kinds.begin(), kinds.end(), event.kind) != kinds.end();
        });
    }
};

} // namespace sealwright::tests
