#include "app/desktop/passphrase.h"

#include "app/desktop/terminal.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace sealwright::desktop {

namespace {

using crypto::SecretBytes;

Err<Failure> wrongUse(const char* sentence) {
    return fail(Failure(Code::UsageWrong, {sentence}));
}

Outcome<SecretBytes> notEmpty(Outcome<SecretBytes> read) {
    return read && read->empty() ? Outcome<SecretBytes>(fail(Code::KeyPassphraseWrong)) : std::move(read);
}

Outcome<SecretBytes> readSecret(int fd) {
    return notEmpty(readInput(fd, false, "The passphrase"));
}

Outcome<SecretBytes> readFile(const std::string& path) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        const Code code = errno == ENOENT   ? Code::FileNotFound
                          : errno == EACCES ? Code::FileNoPermission
                                            : Code::FileFailed;
        return fail(Failure(code, Where{path, {}, {}, {}}));
    }
    auto read = readSecret(fd);
    ::close(fd);
    return read;
}

} // namespace

Outcome<SecretBytes> readPassphrase(const PassphraseSource& source) {
    if (source.fd)
        return readSecret(*source.fd);
    if (!source.file.empty())
        return readFile(source.file);
    Terminal terminal(Terminal::Echo::Hidden);
    if (!terminal.ready())
        return wrongUse("A passphrase is needed, and there is no terminal to ask for it: give --passphrase-fd or "
                        "--passphrase-file.");
    const auto ask = [&terminal](const std::string& prompt) {
        return notEmpty(terminal.ask(prompt, "The passphrase"));
    };
    auto first = ask(source.prompt);
    if (!first || !source.twice)
        return first;
    const auto second = ask("Again: ");
    if (!second)
        return second.failed();
    if (!(*first == *second))
        return fail(Code::KeyPassphraseWrong);
    return first;
}

} // namespace sealwright::desktop
