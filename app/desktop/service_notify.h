#pragma once
#include <string>

namespace sealwright::desktop {

/// Tells the service manager that started this process how it is (systemd's sd_notify protocol): lines such as
/// "READY=1", "STATUS=…", "STOPPING=1". Nothing happens where none asked for it (NOTIFY_SOCKET), and where it does not
/// listen nobody is the worse for it: the message is dropped, without waiting. A line end inside a value would begin
/// another line: callers leave it out.
void notifyServiceManager(const std::string& lines);

} // namespace sealwright::desktop
