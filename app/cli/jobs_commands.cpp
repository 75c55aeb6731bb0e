#include "app/cli/commands.h"
#include "app/cli/inputs.h"
#include "app/cli/job_text.h"
#include "app/cli/profile_text.h"
#include "app/cli/reaching.h"
#include "app/cli/straight_option.h"
#include "app/cli/wording.h"
#include "app/cli/work_command.h"
#include "models/tasks/job_run.h"
#include "models/tasks/kept_choice.h"

namespace sealwright::cli {

namespace {

using crypto::Json;
using crypto::JsonArray;
using crypto::JsonObject;

/// What this machine could not report yet is newer than what the platform knows.
std::string stateText(const BoardJob& job) {
    if (job.interrupted)
        return "interrupted";
    return job.record && job.record->reportPending ? std::string(toText(job.record->state)) + ", not reported yet"
                                                   : std::string(toText(job.state));
}

Outcome<int> list(Invocation& call) {
    std::optional<JobState> only;
    if (call.has("state")) {
        only = jobStateFromText(call.value("state"));
        if (!only)
            return wrongUse(
                "--state is one of pending, claimed, running, done, failed, declined, cancelled, returned.");
    }
    const auto services = platformServices(call);
    if (!services)
        return services.failed();
    TaskContext context = call.context();
    const auto board = listJobs(**services, context);
    if (!board)
        return board.failed();
    const auto known = knownKeys(**services);
    if (!known)
        return known.failed();
    JsonArray jobs;
    std::vector<std::vector<std::string>> rows{{"id", "state", "name", "until"}};
    for (const BoardJob& job : board->jobs) {
        if (only && job.state != *only)
            continue;
        jobs.push_back(Json(jobJson(job, *known, board->platformName)));
        rows.push_back({job.jobId, stateText(job), job.job ? job.job->name : "(cannot be read)",
                        job.job ? dateText(job.job->expires) : std::string()});
    }
    if (rows.size() == 1)
        call.out().say("No jobs.");
    else
        call.out().table(rows);
    call.out().result({{"platform", Json(board->platformHost)}, {"jobs", Json(std::move(jobs))}});
    return 0;
}

Outcome<int> show(Invocation& call) {
    const auto services = platformServices(call);
    if (!services)
        return services.failed();
    TaskContext context = call.context();
    const auto job = findJob(**services, call.positional(0), context);
    if (!job)
        return job.failed();
    const auto known = knownKeys(**services);
    if (!known)
        return known.failed();
    const auto kept = (*services)->ledger->registration();
    if (!kept)
        return kept.failed();
    const std::string platform = *kept ? (*kept)->platformName : std::string();
    sayJob(call, *job, *known, platform);
    call.out().result(jobJson(*job, *known, platform));
    return 0;
}

JsonObject receiptJson(const Receipt& receipt) {
    JsonArray openers, readable;
    for (const std::string& kid : receipt.canOpen)
        openers.push_back(Json(kid));
    for (const std::string& path : receipt.readable)
        readable.push_back(Json(path));
    return {{"job_id", Json(receipt.jobId)},         {"bucket", Json(receipt.bucket)},
            {"object", Json(receipt.object)},        {"size", Json(receipt.size)},
            {"records", Json(receipt.records)},      {"values", Json(receipt.values)},
            {"compared", Json(receipt.compared)},    {"sha256", Json(receipt.sha256)},
            {"digest", Json(receipt.digest)},        {"can_open", Json(std::move(openers))},
            {"readable", Json(std::move(readable))}, {"report_pending", Json(receipt.reportPending)}};
}

/// A report that was pending when the run ended may have been sent since, or refused: then the run has failed.
Outcome<void> askAgain(const Services& services, Receipt& receipt) {
    if (!receipt.reportPending)
        return {};
    const auto record = services.ledger->job(receipt.jobId);
    if (!record)
        return record.failed();
    receipt.reportPending = *record && (*record)->reportPending;
    if (*record && (*record)->state == JobState::Failed)
        return fail(codeFromId((*record)->failureCode).value_or(Code::PlatformRejected));
    return {};
}

/// The sealed file of an interrupted upload was made with the choice of fields that is kept: another one would be
/// passed over in silence.
Outcome<void> agreeToGoOn(Invocation& call, const Services& services, const UploadRecord& upload,
                          const std::optional<Policy>& wanted) {
    if (wanted) {
        const auto record = services.ledger->job(upload.jobId);
        if (!record)
            return record.failed();
        if (!*record || (*record)->policyJson != crypto::writeControlJson(toJson(*wanted)))
            return wrongUse(
                "The upload of this job was interrupted, and what is sealed was sealed with another policy: "
                "leave --policy out to send that, or add --restart to seal again.");
    }
    call.out().warn("upload-resumed", "The upload of this job was interrupted. It is gone on with: what is sealed and "
                                      "checked is sent, as far as the storage does not have it; --restart would seal "
                                      "again.");
    return {};
}

/// What the command's options mean for the job that it turned out to be.
Outcome<void> prepare(Invocation& call, const Services& services, const Job& job, RunRequest& request) {
    if (call.has("input")) {
        if (job.object)
            return wrongUse("This job's data lies in the object store: leave --input out.");
        request.inputPath = call.value("input");
        if (request.inputPath == "-") {
            request.inputPath.clear();
            auto spooled = openData(call, "-");
            if (!spooled)
                return spooled.failed();
            request.source = std::move(*spooled);
        }
    }
    if (request.ownerPolicy)
        return {};
    auto kept = keptChoice(services, job.jobId);
    if (!kept)
        return kept.failed();
    if (*kept) {
        request.ownerPolicy = std::move(*kept);
        call.out().warn("kept-choice",
                        "The choice of fields that was kept with this job holds; --policy takes another.");
    }
    return {};
}

Outcome<int> runOne(Invocation& call) {
    const auto rate = rateOption(call);
    if (!rate)
        return rate.failed();
    const auto services = platformServices(call);
    if (!services)
        return services.failed();
    RunRequest request;
    request.jobId = call.positional(0);
    if (call.has("job")) {
        if (!request.jobId.empty())
            return wrongUse("Give either a job's ID or --job FILE.");
        auto jws = readLine(call.value("job"), maxJwsBytes);
        if (!jws)
            return jws.failed();
        request.jws = std::move(*jws);
    } else if (request.jobId.empty()) {
        return wrongUse("jobs run needs a job's ID or --job FILE.");
    }
    auto policy = policyOption(call);
    if (!policy)
        return policy.failed();
    request.ownerPolicy = std::move(*policy);
    auto wish = dialectOption(call);
    if (!wish)
        return wish.failed();
    request.dialect = std::move(*wish);
    std::vector<std::string> names;
    request.surveyed = [&call, &names](const pipeline::Profile& profile) {
        names = columnNames(profile);
        sayFirstLine(call.out(), profile.mediaType, profile.dialect, names);
        warnOfUnfit(call.out(), profile);
    };
    request.prepare = [&](const Job& job, RunRequest& settled) { return prepare(call, **services, job, settled); };
    request.restart = call.has("restart");
    request.straightThrough = call.has(straightThroughOption);
    request.lacksRoom = [&call](const Room& room) { warnOfRoom(call.out(), room); };
    bool resumed = false;
    request.goesOn = [&](const UploadRecord& upload) {
        resumed = true;
        return agreeToGoOn(call, **services, upload, request.ownerPolicy);
    };
    (*services)->limitTransfers(*rate);
    TaskContext context = call.context();
    auto receipt = runJob(**services, request, context);
    tellWhatWaits(call, **services);
    if (!receipt)
        return receipt.failed();
    if (auto heard = askAgain(**services, *receipt); !heard)
        return heard.failed();
    call.out().say("Sealed, checked and sent: " + receipt->jobName);
    call.out().say("  " + countText(receipt->compared) + " of " + countText(receipt->values) +
                   " values opened again and compared");
    call.out().say("  " + receipt->bucket + "/" + receipt->object + ", " + sizeText(receipt->size));
    call.out().say("  SHA-256 " + receipt->sha256);
    if (receipt->reportPending)
        call.out().say("The platform could not be told yet that this job is done; all it needs lies in its storage. It "
                       "will be told by the next command that reaches it.");
    JsonObject result = receiptJson(*receipt);
    result.emplace_back("column_names", namesJson(names));
    result.emplace_back("resumed", resumed);
    call.out().result(std::move(result));
    return 0;
}

Outcome<int> decline(Invocation& call) {
    if (!call.has("reason-file"))
        return wrongUse("jobs decline needs --reason-file F, or - for standard input.");
    const auto services = platformServices(call);
    if (!services)
        return services.failed();
    auto reason = readText(call.value("reason-file"));
    if (!reason)
        return reason.failed();
    while (!reason->empty() && reason->back() == '\n')
        reason->pop_back();
    TaskContext context = call.context();
    const auto declined = declineJob(**services, call.positional(0), *reason, context);
    if (!declined)
        return declined.failed();
    call.out().say(declined->reportPending
                       ? "Declined. The platform cannot be told now; it will be, with a later command that reaches it."
                       : "Declined; the platform was told why.");
    call.out().result({{"id", Json(call.positional(0))},
                       {"state", Json("declined")},
                       {"report_pending", Json(declined->reportPending)}});
    return 0;
}

} // namespace

std::vector<CommandSpec> jobsCommands() {
    std::vector<OptionSpec> runOptions{
        {QStringLiteral("job"), QStringLiteral("FILE.jws"), QStringLiteral("A job that came as a file.")},
        {QStringLiteral("input"), QStringLiteral("DATA"),
         QStringLiteral("Your file, where the job asks for one; - is standard input.")},
        {QStringLiteral("restart"), QString(),
         QStringLiteral("Give an interrupted upload up and seal again, instead of going on with it.")},
        straightThroughOptionSpec(),
        rateOptionSpec(),
        policyOptionSpec()};
    for (OptionSpec& spec : dialectOptionSpecs())
        runOptions.push_back(std::move(spec));
    return {
        {QStringLiteral("jobs list"),
         {},
         QStringLiteral("Lists the platform's check-in jobs for this machine."),
         0,
         0,
         {{QStringLiteral("state"), QStringLiteral("S"), QStringLiteral("Only jobs in this state.")}},
         list},
        {QStringLiteral("jobs show"),
         QStringLiteral("ID"),
         QStringLiteral("Shows one job as a contract in plain words."),
         1,
         1,
         {},
         show},
        {QStringLiteral("jobs run"), QStringLiteral("(ID | --job FILE.jws)"),
         QStringLiteral(
             "Carries out a job: fetch, profile, seal, check, upload, report. Goes on with an upload that was "
             "interrupted."),
         0, 1, runOptions, runOne},
        {QStringLiteral("jobs decline"),
         QStringLiteral("ID"),
         QStringLiteral("Tells the platform no, and why."),
         1,
         1,
         {{QStringLiteral("reason-file"), QStringLiteral("F|-"),
           QStringLiteral("The reason, which the platform gets.")}},
         decline},
        workCommand(),
    };
}

} // namespace sealwright::cli
