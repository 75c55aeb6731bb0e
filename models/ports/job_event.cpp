#include "models/ports/job_event.h"

namespace sealwright {

using crypto::Json;

std::string_view toText(JobEvent::Kind kind) {
    switch (kind) {
    case JobEvent::Kind::Claimed:
        return "claimed";
    case JobEvent::Kind::Declined:
        return "declined";
    case JobEvent::Kind::Returned:
        return "returned";
    case JobEvent::Kind::Running:
        return "running";
    case JobEvent::Kind::Progress:
        return "progress";
    case JobEvent::Kind::Done:
        return "done";
    case JobEvent::Kind::Failed:
        return "failed";
    }
    return {};
}

std::optional<JobEvent::Kind> eventKindFromText(std::string_view text) {
    using Kind = JobEvent::Kind;
    for (const Kind kind :
         {Kind::Claimed, Kind::Declined, Kind::Returned, Kind::Running, Kind::Progress, Kind::Done, Kind::Failed})
        if (toText(kind) == text)
            return kind;
    return std::nullopt;
}

Json toJson(const JobEvent& event) {
    using Kind = JobEvent::Kind;
    crypto::JsonObject body{{"event_id", event.eventId},  {"job_id", event.jobId},     {"machine_id", event.machineId},
                            {"sequence", event.sequence}, {"at", toRfc3339(event.at)}, {"kind", toText(event.kind)}};
    const auto add = [&body](const char* name, Json value) { body.emplace_back(name, std::move(value)); };
    if (event.kind == Kind::Running || event.kind == Kind::Progress)
        add("step", event.step);
    if (event.kind == Kind::Progress) {
        add("done", event.done);
        add("total", event.total);
    }
    if (event.kind == Kind::Declined || event.kind == Kind::Failed)
        add("reason", event.reason);
    if (event.kind == Kind::Failed && event.details.object())
        add("details", event.details);
    if (event.kind == Kind::Done) {
        add("manifest", event.manifest);
        add("signature", event.signature);
        if (event.metadata.object())
            add("metadata", event.metadata);
    }
    return body;
}

EventMessage messageOf(const JobEvent& event) {
    return {event.eventId, event.jobId, crypto::writeControlJson(toJson(event))};
}

} // namespace sealwright
