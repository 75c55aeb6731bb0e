#include "app/cli/commands.h"
#include "app/cli/inputs.h"
#include "app/cli/reaching.h"
#include "app/cli/wording.h"
#include "models/tasks/results.h"

#include <filesystem>

namespace sealwright::cli {

namespace {

using crypto::Json;

Outcome<int> list(Invocation& call) {
    const auto services = platformServices(call);
    if (!services)
        return services.failed();
    TaskContext context = call.context();
    const auto results = listResults(**services, context);
    if (!results)
        return results.failed();
    crypto::JsonArray all;
    std::vector<std::vector<std::string>> rows{{"id", "created", "name"}};
    for (const ResultEntry& entry : *results) {
        rows.push_back({entry.resultId, dateText(entry.created), entry.name});
        all.push_back(Json(crypto::JsonObject{
            {"id", Json(entry.resultId)}, {"name", Json(entry.name)}, {"created", Json(toRfc3339(entry.created))}}));
    }
    if (rows.size() == 1)
        call.out().say("No results.");
    else
        call.out().table(rows);
    call.out().result({{"results", Json(std::move(all))}});
    return 0;
}

Outcome<int> get(Invocation& call) {
    const std::string folder = call.value("out");
    if (folder.empty())
        return wrongUse("results get needs --out DIR.");
    const auto rate = rateOption(call);
    if (!rate)
        return rate.failed();
    const auto services = platformServices(call);
    if (!services)
        return services.failed();
    (*services)->limitTransfers(*rate);
    TaskContext context = call.context();
    const auto results = listResults(**services, context);
    if (!results)
        return results.failed();
    const ResultEntry* entry = nullptr;
    for (const ResultEntry& candidate : *results)
        if (candidate.resultId == call.positional(0))
            entry = &candidate;
    if (!entry)
        return fail(Failure(Code::JobNotFound, {call.positional(0)}));
    auto opened = openResult(**services, *entry, context);
    if (!opened)
        return opened.failed();

    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed)
        return fail(Failure(Code::FileNoPermission, Where{folder, {}, {}, {}}));
    const bool force = call.has("force");
    const bool sealed = call.has("sealed");
    const std::string target = (std::filesystem::path(folder) /
                                (entry->resultId + std::string(fileEnding(opened->manifest.dataset->mediaType))))
                                   .string();
    const auto saved =
        sealed ? saveSealed(*opened, folder, force, context) : saveResult(**services, *opened, target, force, context);
    if (!saved)
        return saved.failed();
    call.out().say((sealed ? "Saved as it came: " : "Restored to ") + *saved);
    if (!opened->signerKid.empty())
        call.out().say("Signed by " + (opened->signerName.empty() ? std::string("this machine") : opened->signerName) +
                       ", " + dateText(opened->manifest.created));
    warnOf(call.out(), opened->read.findings, opened->read.findingsCount);
    call.out().result({{"id", Json(entry->resultId)},
                       {"file", Json(*saved)},
                       {"records", Json(opened->read.records)},
                       {"byte_exact", Json(opened->read.byteExact)},
                       {"signer", opened->signerKid.empty() ? Json() : Json(opened->signerKid)}});
    return 0;
}

} // namespace

std::vector<CommandSpec> resultsCommands() {
    return {{QStringLiteral("results list"),
             {},
             QStringLiteral("Lists the datasets that were returned to this machine."),
             0,
             0,
             {},
             list},
            {QStringLiteral("results get"),
             QStringLiteral("ID"),
             QStringLiteral("Downloads one, checks it, and writes the restored file."),
             1,
             1,
             {{QStringLiteral("out"), QStringLiteral("DIR"), QStringLiteral("The folder; file names are made here.")},
              {QStringLiteral("sealed"), {}, QStringLiteral("Write the three files as they came instead.")},
              {QStringLiteral("force"), {}, QStringLiteral("Replace existing files.")},
              rateOptionSpec()},
             get}};
}

} // namespace sealwright::cli
