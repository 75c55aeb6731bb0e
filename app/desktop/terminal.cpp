#include "app/desktop/terminal.h"

#include "models/domain/cancel.h"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <string_view>
#include <unistd.h>

namespace sealwright::desktop {

namespace {

using crypto::SecretBytes;

constexpr std::size_t longest = 64u << 10;
constexpr int millisecondsBetweenLooks = 100;

Err<Failure> wrongUse(const std::string& sentence) {
    return fail(Failure(Code::UsageWrong, {sentence}));
}

int openTerminal() {
    return ::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
}

/// True once there is something to read (or the other end is gone); false where cancelled.
bool waitForInput(int fd, const Cancel& cancel) {
    while (!cancel.cancelled()) {
        struct pollfd look = {fd, POLLIN, 0};
        if (::poll(&look, 1, millisecondsBetweenLooks) > 0)
            return true;
    }
    return false;
}

} // namespace

Outcome<SecretBytes> readInput(int fd, bool oneLine, const std::string& what) {
    const Cancel cancel = Cancel::current();
    SecretBytes buffer(longest);
    std::size_t size = 0;
    for (;;) {
        if (!waitForInput(fd, cancel))
            return fail(Code::Cancelled);
        if (size == longest)
            return wrongUse(what + " is too long.");
        const ssize_t n = ::read(fd, buffer.revealMutable().data() + size, longest - size);
        if (n < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (n < 0)
            return wrongUse(what + " cannot be read.");
        size += static_cast<std::size_t>(n);
        if (n == 0 || (oneLine && buffer.reveal()[size - 1] == '\n'))
            break;
    }
    const auto endsWith = [&](char c) { return size > 0 && buffer.reveal()[size - 1] == static_cast<Byte>(c); };
    if (endsWith('\n')) {
        --size;
        if (endsWith('\r'))
            --size;
    }
    return SecretBytes(buffer.reveal().first(size));
}

bool Terminal::exists() {
    const int fd = openTerminal();
    return fd >= 0 && ::close(fd) == 0;
}

Terminal::Terminal(Echo echo) : m_fd(openTerminal()) {
    if (m_fd < 0 || ::tcgetattr(m_fd, &m_before) != 0)
        return;
    struct termios wanted = m_before;
    wanted.c_lflag |= ECHO | ECHONL | ICANON | ISIG;
    if (echo == Echo::Hidden)
        wanted.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    m_ready = ::tcsetattr(m_fd, TCSAFLUSH, &wanted) == 0;
}

Terminal::~Terminal() {
    if (m_ready)
        ::tcsetattr(m_fd, TCSAFLUSH, &m_before);
    if (m_fd >= 0)
        ::close(m_fd);
}

Outcome<void> Terminal::say(std::string_view text) {
    while (!text.empty()) {
        const ssize_t n = ::write(m_fd, text.data(), text.size());
        if (n <= 0)
            return wrongUse("The terminal cannot be written to.");
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    return {};
}

Outcome<SecretBytes> Terminal::ask(const std::string& prompt, const std::string& what) {
    if (auto said = say(prompt); !said)
        return said.failed();
    return readInput(m_fd, true, what);
}

Outcome<bool> Terminal::confirm(const std::string& question) {
    constexpr int tries = 5; // a terminal that is gone answers with nothing for ever
    std::string prompt = question;
    for (int i = 0; i < tries; ++i) {
        const auto answer = ask(prompt, "The answer");
        if (!answer)
            return answer.failed();
        for (const bool yes : {false, true})
            if (*answer == SecretBytes(asBytes(yes ? "yes" : "no")))
                return yes;
        prompt = "Please type yes or no: ";
    }
    return false;
}

} // namespace sealwright::desktop
