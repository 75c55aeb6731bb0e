#include "app/desktop/passphrase.h"

#include "models/domain/cancel.h"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <string_view>
#include <termios.h>
#include <unistd.h>

namespace sealwright::desktop {

namespace {

using crypto::SecretBytes;

constexpr std::size_t longest = 64u << 10;
constexpr int millisecondsBetweenLooks = 100;

Err<Failure> wrongUse(const char* sentence) {
    return fail(Failure(Code::UsageWrong, {sentence}));
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

/// Up to the end, or up to the first line end where `oneLine`.
Outcome<SecretBytes> readSecret(int fd, bool oneLine) {
    const Cancel cancel = Cancel::current();
    SecretBytes buffer(longest);
    std::size_t size = 0;
    for (;;) {
        if (!waitForInput(fd, cancel))
            return fail(Code::Cancelled);
        if (size == longest)
            return wrongUse("The passphrase is too long.");
        const ssize_t n = ::read(fd, buffer.revealMutable().data() + size, longest - size);
        if (n < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (n < 0)
            return wrongUse("The passphrase cannot be read.");
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
    if (size == 0)
        return fail(Code::KeyPassphraseWrong);
    return SecretBytes(buffer.reveal().first(size));
}

Outcome<SecretBytes> readFile(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        const Code code = errno == ENOENT   ? Code::FileNotFound
                          : errno == EACCES ? Code::FileNoPermission
                                            : Code::FileFailed;
        return fail(Failure(code, Where{path, {}, {}, {}}));
    }
    auto read = readSecret(fd, false);
    ::close(fd);
    return read;
}

/// The controlling terminal with its echo off, until it goes.
class Terminal {
public:
    Terminal() : m_fd(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)) {
        if (m_fd < 0 || ::tcgetattr(m_fd, &m_before) != 0)
            return;
        struct termios quiet = m_before;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        quiet.c_lflag |= ECHONL | ICANON | ISIG;
        m_ready = ::tcsetattr(m_fd, TCSAFLUSH, &quiet) == 0;
    }
    ~Terminal() {
        if (m_ready)
            ::tcsetattr(m_fd, TCSAFLUSH, &m_before);
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    bool ready() const { return m_ready; }
    Outcome<SecretBytes> ask(const std::string& prompt) {
        std::string_view rest = prompt;
        while (!rest.empty()) {
            const ssize_t n = ::write(m_fd, rest.data(), rest.size());
            if (n <= 0)
                return wrongUse("The terminal cannot be written to.");
            rest.remove_prefix(static_cast<std::size_t>(n));
        }
        return readSecret(m_fd, true);
    }

private:
    int m_fd;
    struct termios m_before = {};
    bool m_ready = false;
};

} // namespace

Outcome<SecretBytes> readPassphrase(const PassphraseSource& source) {
    if (source.fd)
        return readSecret(*source.fd, false);
    if (!source.file.empty())
        return readFile(source.file);
    Terminal terminal;
    if (!terminal.ready())
        return wrongUse("A passphrase is needed, and there is no terminal to ask for it: give --passphrase-fd or "
                        "--passphrase-file.");
    auto first = terminal.ask(source.prompt);
    if (!first || !source.twice)
        return first;
    const auto second = terminal.ask("Again: ");
    if (!second)
        return second.failed();
    if (!(*first == *second))
        return fail(Code::KeyPassphraseWrong);
    return first;
}

} // namespace sealwright::desktop
