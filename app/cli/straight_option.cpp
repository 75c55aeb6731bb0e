#include "app/cli/straight_option.h"

#include "app/cli/wording.h"

namespace sealwright::cli {

OptionSpec straightThroughOptionSpec() {
    return {QLatin1String(straightThroughOption), QString(),
            QStringLiteral("Seal and send in one go, with nothing put on the disk, and check by reading back what was "
                           "sent. If that is interrupted, it has to begin again from the start. Without this option "
                           "it is done where the disk has no room.")};
}

void warnOfRoom(Output& out, const Room& room, const std::string& job) {
    out.warn("straight-through",
             (job.empty() ? "The sealed data" : "Job " + job + ": the sealed data") + " may need " +
                 sizeText(room.needed) + " on the disk, and " + sizeText(room.free) +
                 " are free: they are sealed and sent in one go, with nothing put on the disk, and checked by reading "
                 "back what was sent. If that is interrupted, it has to begin again from the start.",
             {}, job);
}

} // namespace sealwright::cli
