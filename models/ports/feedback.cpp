#include "models/ports/feedback.h"

namespace sealwright {

bool isRefusal(Code code) {
    return code == Code::PlatformRejected || code == Code::PlatformConflict || code == Code::PlatformDenied ||
           code == Code::MachineRevoked || code == Code::JobNotFound;
}

} // namespace sealwright
