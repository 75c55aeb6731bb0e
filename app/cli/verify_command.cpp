#include "app/cli/commands.h"
#include "app/cli/inputs.h"
#include "app/cli/package_text.h"
#include "app/cli/reading.h"
#include "app/cli/wording.h"

namespace sealwright::cli {

namespace {

Outcome<int> verifyDataset(Invocation& call) {
    const auto services = call.services();
    if (!services)
        return services.failed();
    auto inputs = datasetInputs(call, call.positional(0));
    if (!inputs)
        return inputs.failed();
    TaskContext context = call.context();
    const auto result = readDataset(**services, (*inputs)->request, nullptr, false, context);
    if (!result)
        return result.failed();
    sayRead(call, *result);
    if (!result->opened) {
        call.out().say(countText(result->read.records) + " records were looked through without a key: " +
                       (result->read.findingsCount == 0 ? "signature, digest, counts and row order hold."
                                                        : "see what is reported."));
        call.out().say("The sealed values themselves were not opened.");
    }
    call.out().result(readJson(*result));
    // An owner who allowed any signer was told so; all other findings are what verify is asked for.
    std::uint64_t grave = result->read.findingsCount;
    for (const pipeline::Finding& finding : result->read.findings)
        if (finding.kind == pipeline::Finding::Kind::UnknownSigner)
            --grave;
    return grave == 0 ? 0 : exitStatus(Code::AuthReported);
}

Outcome<int> run(Invocation& call) {
    return looksLikePackage(call.positional(0)) ? verifyPackageFile(call) : verifyDataset(call);
}

} // namespace

CommandSpec verifyCommand() {
    std::vector<OptionSpec> options{{QStringLiteral("manifest"), QStringLiteral("M"),
                                     QStringLiteral("A dataset's manifest (default FILE.manifest.json).")}};
    for (OptionSpec& spec : readingOptionSpecs())
        options.push_back(std::move(spec));
    return {QStringLiteral("verify"),
            QStringLiteral("FILE"),
            QStringLiteral("Checks signature, digests, counts and row order; with a key every sealed value."),
            1,
            1,
            options,
            run};
}

} // namespace sealwright::cli
