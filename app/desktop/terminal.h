#pragma once
#include "crypto/base/secret.h"
#include "models/domain/failure.h"

#include <string>
#include <termios.h>

namespace sealwright::desktop {

/// What a descriptor gives until its end, or until its first line end where `oneLine`; one trailing line end is taken
/// off. May be empty. `what` names it in the failures: UsageWrong (facts: a sentence) where it is too long or cannot be
/// read; Cancelled as soon as Cancel::current() turns. Blocks.
Outcome<crypto::SecretBytes> readInput(int fd, bool oneLine, const std::string& what);

/// The controlling terminal, whatever standard input and output are; as it was when the object goes.
class Terminal {
public:
    /// Whether there is one; it is not touched.
    static bool exists();

    enum class Echo { Shown, Hidden };
    explicit Terminal(Echo echo);
    ~Terminal();
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    /// False: there is none, and nothing else may be called.
    bool ready() const { return m_ready; }
    Outcome<void> say(std::string_view text);
    /// One line. Fails as readInput() does.
    Outcome<crypto::SecretBytes> ask(const std::string& prompt, const std::string& what);
    /// Asks again where it is answered with neither yes nor no, a few times; then it is no.
    Outcome<bool> confirm(const std::string& question);

private:
    int m_fd;
    struct termios m_before = {};
    bool m_ready = false;
};

} // namespace sealwright::desktop
