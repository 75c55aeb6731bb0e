#include "app/cli/job_text.h"

#include "app/cli/sentences.h"
#include "app/cli/wording.h"

namespace sealwright::cli {

using crypto::Json;
using crypto::JsonArray;
using crypto::JsonObject;

namespace {

std::string openerText(const Opener& opener) {
    if (opener.thisMachine)
        return "this machine";
    const std::string name = opener.known ? opener.name : opener.words + " (" + opener.kid + ", unknown here)";
    return opener.madeTheKey ? name + ", which made this key" : name;
}

std::string dataText(const Job& job) {
    const std::string type = job.mediaType ? std::string(toText(*job.mediaType)) + " " : std::string();
    if (!job.object)
        return "a " + type + "file that you choose on this machine (--input FILE)";
    std::string text = type + "object " + job.object->object + " in bucket " + job.object->bucket;
    if (job.object->size)
        text += ", " + sizeText(*job.object->size);
    return text;
}

std::string demandText(const Policy& policy) {
    std::string text;
    for (const FieldRule& rule : policy.fields)
        if (rule.action != Action::Keep)
            text += (text.empty() ? "" : ", ") + rule.path + " (" + std::string(toText(rule.action)) + ")";
    return text.empty() ? "nothing by name; every field is yours to choose"
                        : text + "; all other fields are yours to choose";
}

std::string feedbackText(const FeedbackAddress& feedback) {
    return feedback.amqp ? "the message broker " + feedback.url + ", exchange \"" + feedback.exchange + "\""
                         : "the platform itself";
}

JsonObject feedbackJson(const FeedbackAddress& feedback) {
    if (!feedback.amqp)
        return {{"kind", Json("rest")}};
    return {{"kind", Json("amqp")},
            {"url", Json(feedback.url)},
            {"exchange", Json(feedback.exchange)},
            {"routing_key", Json(feedback.routingKey)}};
}

} // namespace

void sayJob(Invocation& call, const BoardJob& entry, const KnownKeys& known, const std::string& platformName) {
    Output& out = call.out();
    if (!entry.job) {
        out.say(entry.jobId + " (" + std::string(toText(entry.state)) + ")");
    } else {
        const Job& job = *entry.job;
        out.say(job.name + " (" + std::string(toText(entry.state)) + ")");
        if (!job.purpose.empty())
            out.say("  what for:        " + job.purpose);
        out.say("  who asks:        " + platformName);
        out.say("  your data:       " + dataText(job));
        out.say("  must be sealed:  " + demandText(job.policy));
        out.say("  goes to:         " + job.endpoint + ", bucket " + job.targetBucket + ", folder " + job.targetPrefix);
        out.say("  reports to:      " + feedbackText(job.feedback));
        out.say("  until:           " + dateText(job.expires));
        std::string openers;
        for (const Opener& opener : openersOf(job, known, platformName))
            openers += (openers.empty() ? "" : "; ") + openerText(opener);
        out.say("  who can open it: " + openers);
    }
    if (entry.record && entry.record->reportPending)
        out.say("  report:          " + std::string(toText(entry.record->state)) +
                "; the platform could not be told yet, and will be by the next command that reaches it");
    if (entry.interrupted)
        out.say(
            "  upload:          interrupted; jobs run goes on with it without sealing again, with --restart it seals "
            "again");
    if (entry.refused) {
        const Sentences sentences = sentencesFor(*entry.refused);
        out.say("  cannot be run:   " + sentences.what + " " + sentences.next);
    }
}

JsonObject jobJson(const BoardJob& entry, const KnownKeys& known, const std::string& platformName) {
    JsonObject object{{"id", Json(entry.jobId)}, {"state", Json(toText(entry.state))}};
    if (entry.job) {
        const Job& job = *entry.job;
        object.emplace_back("name", job.name);
        object.emplace_back("purpose", job.purpose);
        object.emplace_back("source", job.object ? "object" : "local");
        object.emplace_back("dataset_id", job.datasetId);
        object.emplace_back("expires", toRfc3339(job.expires));
        object.emplace_back("target", JsonObject{{"endpoint", Json(job.endpoint)},
                                                 {"bucket", Json(job.targetBucket)},
                                                 {"prefix", Json(job.targetPrefix)}});
        object.emplace_back("feedback", feedbackJson(job.feedback));
        object.emplace_back("policy", toJson(job.policy));
        JsonArray openers;
        for (const Opener& opener : openersOf(job, known, platformName))
            openers.push_back(Json(JsonObject{{"kid", Json(opener.kid)},
                                              {"name", Json(opener.name)},
                                              {"this_machine", Json(opener.thisMachine)},
                                              {"made_the_key", Json(opener.madeTheKey)}}));
        object.emplace_back("who_can_open_it", Json(std::move(openers)));
    }
    if (entry.interrupted)
        object.emplace_back("interrupted", true);
    if (entry.record && entry.record->reportPending)
        object.emplace_back("report_pending", std::string(toText(entry.record->state)));
    if (entry.refused)
        object.emplace_back("refused", std::string(stableId(entry.refused->code)));
    return object;
}

} // namespace sealwright::cli
