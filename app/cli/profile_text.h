#pragma once
#include "app/cli/output.h"
#include "models/pipeline/profile.h"

namespace sealwright::cli {

void sayProfile(Output& out, const pipeline::Profile& profile);
/// The names of CSV columns that leave readable: those of the header but of what is dropped. What has no name of its
/// own has none here.
std::vector<std::string> columnNames(const DatasetInfo& dataset);
std::vector<std::string> columnNames(const pipeline::Profile& profile);
crypto::Json namesJson(const std::vector<std::string>& names);
/// What the first line of a CSV was taken for, and what of it leaves readable.
void sayFirstLine(Output& out, MediaType type, const Dialect& dialect, const std::vector<std::string>& names);
/// Each value that the policy cannot take, as far as they are listed, and how many there are.
void warnOfUnfit(Output& out, const pipeline::Profile& profile);
crypto::JsonObject profileJson(const pipeline::Profile& profile);

} // namespace sealwright::cli
