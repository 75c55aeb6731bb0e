#pragma once
#include "app/cli/invocation.h"
#include "models/tasks/job_board.h"

namespace sealwright::cli {

/// The job as a contract in plain words.
void sayJob(Invocation& call, const BoardJob& job, const KnownKeys& known, const std::string& platformName);
crypto::JsonObject jobJson(const BoardJob& job, const KnownKeys& known, const std::string& platformName);

} // namespace sealwright::cli
