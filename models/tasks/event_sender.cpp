#include "models/tasks/event_sender.h"

#include "models/tasks/dataset_files.h"
#include "models/tasks/registering.h"
#include "models/tasks/upload_leftovers.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

namespace sealwright {

namespace {

/// Longer than any one event takes to be sent or given up.
constexpr Instant holdSeconds = 5 * 60;
constexpr std::chrono::milliseconds betweenTries{100};
constexpr std::chrono::seconds longestWait{40};
static_assert(longestWait > longestTidyingAside);
constexpr std::string_view forRun = "/run/", forSending = "/send/";

/// A process that was killed leaves its folder for a while; its lock goes with it.
bool isLocked(const std::string& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    const bool locked = ::flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(fd);
    return locked;
}

} // namespace

// A holder is called by the folder that its process has while it lives, what it does, and a name of its own.
EventSender::EventSender(const Services& services, For what)
    : m_services(services),
      m_holder(services.spoolFolder + std::string(what == For::Run ? forRun : forSending) + freshUuid()),
      m_logins(services) {}

EventSender::~EventSender() {
    for (const std::string& jobId : m_held)
        (void)m_services.ledger->outbox().letGo(jobId, m_holder);
}

bool EventSender::isAlive(const std::string& holder) const {
    auto end = holder.rfind(forRun);
    if (end == std::string::npos)
        end = holder.rfind(forSending);
    const std::string folder = holder.substr(0, end);
    return folder == m_services.spoolFolder || isLocked(folder);
}

Outcome<std::optional<std::string>> EventSender::tryHold(const std::string& jobId) {
    // Before it is tried: of a hold that failed nobody knows, and letting go of what is not held does nothing.
    if (std::find(m_held.begin(), m_held.end(), jobId) == m_held.end())
        m_held.push_back(jobId);
    const Instant from = now();
    return m_services.ledger->outbox().hold({jobId, m_holder, from, from + holdSeconds},
                                            [this](const std::string& holder) { return isAlive(holder); });
}

Outcome<bool> EventSender::hold(const std::string& jobId) {
    const auto other = tryHold(jobId);
    if (!other)
        return other.failed();
    return !other->has_value();
}

Outcome<void> EventSender::holdSoon(const std::string& jobId, const Cancel& cancel) {
    const auto giveUp = std::chrono::steady_clock::now() + longestWait;
    for (;;) {
        const auto other = tryHold(jobId);
        if (!other)
            return other.failed();
        if (!*other)
            return {};
        if ((*other)->find(forRun) != std::string::npos || std::chrono::steady_clock::now() > giveUp)
            return fail(Failure(Code::JobBusy, {jobId}));
        if (cancel.cancelled())
            return fail(Code::Cancelled);
        std::this_thread::sleep_for(betweenTries);
    }
}

void EventSender::letGo(const std::string& jobId) {
    (void)m_services.ledger->outbox().letGo(jobId, m_holder);
    std::erase(m_held, jobId);
}

Outcome<void> EventSender::send(const std::string& jobId, std::uint64_t upTo, const Heard& heard,
                                const Cancel& cancel) {
    Outbox& outbox = m_services.ledger->outbox();
    for (;;) {
        const auto held = hold(jobId);
        if (!held)
            return held.failed();
        if (!*held)
            return fail(Failure(Code::JobBusy, {jobId}));
        const auto event = outbox.next(jobId);
        if (!event)
            return event.failed();
        if (!*event || (*event)->sequence > upTo)
            return {};
        const std::string& id = (*event)->message.eventId;
        Outcome<void> forgotten;
        if ((*event)->kind == JobEvent::Kind::Claimed && id != m_claim) {
            forgotten = outbox.drop(id, Code::Cancelled);
        } else if (const auto sent = carry(**event, cancel)) {
            forgotten = outbox.taken(id);
            heard(**event, {Fate::Taken, std::nullopt});
        } else if (isRefusal(sent.error().code)) {
            forgotten = outbox.drop(id, sent.error().code);
            heard(**event, {Fate::Refused, sent.error()});
        } else {
            return sent.failed();
        }
        if (!forgotten) // it is sent once more, and is known there
            return forgotten;
    }
}

Outcome<void> EventSender::carry(const WaitingEvent& event, const Cancel& cancel) {
    if (!m_access) {
        auto access = platformAccess(m_services);
        if (!access)
            return access.failed();
        m_access = std::move(*access);
    }
    auto sent = carryOnce(event, cancel);
    if (sent || sent.error().code != Code::PlatformDenied)
        return sent;
    // The token may have been changed since it was read: by another window, or by a rotation of keys.
    auto access = platformAccess(m_services);
    if (!access || crypto::equalConstantTime(access->accessToken.reveal(), m_access->accessToken.reveal()))
        return sent;
    m_access = std::move(*access);
    return carryOnce(event, cancel);
}

Outcome<void> EventSender::carryOnce(const WaitingEvent& event, const Cancel& cancel) {
    if (!event.address.amqp)
        return m_services.toPlatform->send({event.address, *m_access, nullptr}, event.message, cancel);
    const std::string& jobId = event.message.jobId;
    const auto login = m_logins.current(jobId, cancel);
    if (!login)
        return login.failed();
    auto sent = m_services.toBroker->send({event.address, *m_access, *login}, event.message, cancel);
    if (sent || sent.error().code != Code::BrokerDenied)
        return sent;
    const BrokerLogin* other = m_logins.insteadOfCurrent(jobId, cancel);
    return other ? m_services.toBroker->send({event.address, *m_access, other}, event.message, cancel) : sent;
}

} // namespace sealwright
