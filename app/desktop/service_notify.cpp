#include "app/desktop/service_notify.h"

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace sealwright::desktop {

void notifyServiceManager(const std::string& lines) {
    const char* path = std::getenv("NOTIFY_SOCKET");
    sockaddr_un address = {};
    const std::size_t length = path ? std::strlen(path) : 0;
    if ((length == 0 || (path[0] != '/' && path[0] != '@')) || length >= sizeof address.sun_path)
        return;
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path, length);
    if (address.sun_path[0] == '@') // of the abstract namespace
        address.sun_path[0] = '\0';
    const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return;
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + length);
    // A path's end is no part of an abstract name.
    (void)::sendto(fd, lines.data(), lines.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address),
                   address.sun_path[0] == '\0' ? size : static_cast<socklen_t>(size + 1));
    ::close(fd);
}

} // namespace sealwright::desktop
