#pragma once
#include "app/cli/output.h"
#include "models/pipeline/profile.h"

namespace sealwright::cli {

void sayProfile(Output& out, const pipeline::Profile& profile);
/// Each value that the policy cannot take, as far as they are listed, and how many there are.
void warnOfUnfit(Output& out, const pipeline::Profile& profile);
crypto::JsonObject profileJson(const pipeline::Profile& profile);

} // namespace sealwright::cli
