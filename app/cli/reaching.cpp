#include "app/cli/reaching.h"

#include "app/cli/sentences.h"
#include "models/tasks/event_delivery.h"
#include "models/tasks/upload_leftovers.h"

namespace sealwright::cli {

namespace {

void tidyUp(Invocation& call, const Services& services, TaskContext& context) {
    const auto leftovers = tidyUploads(services, context, longestTidying);
    if (leftovers && leftovers->why && !context.cancel.cancelled())
        call.out().warn("upload-leftover",
                        "What an upload that was given up had sent could not be removed from the storage yet: " +
                            sentencesFor(*leftovers->why).what + " Later commands try again.");
}

} // namespace

Outcome<Services*> platformServices(Invocation& call) {
    const auto services = call.services();
    if (services)
        tellWhatWaits(call, **services);
    return services;
}

void tellWhatWaits(Invocation& call, const Services& services) {
    TaskContext context;
    context.cancel = call.cancel();
    const auto delivery = deliverEvents(services, context);
    // Where the platform cannot be reached the command itself will say so; a broker is another matter.
    if (delivery && delivery->why && !context.cancel.cancelled())
        call.out().warn("report-pending", "What happened to " + std::to_string(delivery->waiting) +
                                              (delivery->waiting == 1 ? " job" : " jobs") +
                                              " could not be reported yet: " + sentencesFor(*delivery->why).what +
                                              " Later commands try again.");
    tidyUp(call, services, context);
}

} // namespace sealwright::cli
