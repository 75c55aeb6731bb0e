#include "app/cli/commands.h"
#include "app/cli/inputs.h"
#include "app/cli/reading.h"
#include "app/cli/standard_output.h"

namespace sealwright::cli {

namespace {

Outcome<int> run(Invocation& call) {
    const std::string out = call.value("out");
    if (out.empty())
        return wrongUse("decrypt needs --out OUT.");
    const auto services = call.services();
    if (!services)
        return services.failed();
    auto inputs = datasetInputs(call, call.positional(0));
    if (!inputs)
        return inputs.failed();
    TaskContext context = call.context();

    StandardOutput standardOutput;
    std::unique_ptr<FileSink> file;
    if (out == "-") {
        call.out().dataOnStandardOutput();
        call.out().warn("unchecked-output",
                        "Bytes leave before the last check: do not use them unless this ends with status 0.");
    } else {
        auto created = FileSink::create(out, call.has("force"));
        if (!created)
            return created.failed();
        file = std::move(*created);
    }
    const auto result = readDataset(**services, (*inputs)->request,
                                    file ? static_cast<ByteSink*>(file.get()) : &standardOutput, true, context);
    if (!result)
        return result.failed();
    if (file) {
        if (auto committed = file->commit(); !committed)
            return committed.failed();
        call.out().say("Restored to " + out);
    }
    sayRead(call, *result);
    crypto::JsonObject object = readJson(*result);
    object.emplace_back("file", crypto::Json(out));
    call.out().result(std::move(object));
    return 0;
}

} // namespace

CommandSpec decryptCommand() {
    std::vector<OptionSpec> options{
        {QStringLiteral("manifest"), QStringLiteral("M"),
         QStringLiteral("The manifest (default DATA.manifest.json); its signature stands beside it.")}};
    for (OptionSpec& spec : readingOptionSpecs())
        options.push_back(std::move(spec));
    options.push_back(
        {QStringLiteral("out"), QStringLiteral("OUT"), QStringLiteral("The restored file; - is standard output.")});
    options.push_back({QStringLiteral("force"), {}, QStringLiteral("Replace an existing target.")});
    return {QStringLiteral("decrypt"),
            QStringLiteral("DATA"),
            QStringLiteral("Restores a sealed dataset; says who signed and whether the bytes are the source's."),
            1,
            1,
            options,
            run};
}

} // namespace sealwright::cli
