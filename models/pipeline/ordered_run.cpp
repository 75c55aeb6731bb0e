#include "models/pipeline/ordered_run.h"

#include "models/domain/threads.h"

#include <condition_variable>
#include <memory>
#include <utility>

namespace sealwright::pipeline {
namespace {

/// A buffer that grew beyond what is usual is given back.
void empty(std::string& text, std::size_t usual) {
    text.clear();
    if (text.capacity() > usual)
        std::string().swap(text);
}

class SerialOutput final : public Output {
public:
    SerialOutput(Pass& pass, const Budget& budget, const Cancel& cancel)
        : Output(budget.piece), m_pass(pass), m_kept(budget.keptText()), m_cancel(cancel) {}
    Outcome<void> delivered;

protected:
    bool handOver() override {
        if (!delivered.ok())
            return false;
        if (m_cancel.cancelled())
            delivered = fail(Failure(Code::Cancelled));
        else
            delivered = m_pass.deliver(text, nullptr);
        empty(text, m_kept);
        return delivered.ok();
    }

private:
    Pass& m_pass;
    const std::size_t m_kept;
    const Cancel& m_cancel;
};

Outcome<void> runSerial(Pass& pass, const Budget& budget, const Cancel& cancel, const Pause& pause) {
    Item item;
    SerialOutput out(pass, budget, cancel);
    for (;;) {
        if (!pause.wait(cancel))
            return fail(Failure(Code::Cancelled));
        empty(item.chunk.bytes, budget.keptChunk());
        empty(out.text, budget.keptText());
        auto more = pass.read(item);
        if (!more.ok())
            return more.failed();
        if (!*more)
            return {};
        auto worked = pass.work(0, item, out);
        if (!out.delivered.ok())
            return out.delivered;
        if (!worked.ok())
            return worked;
        if (auto delivered = pass.deliver(out.text, &item); !delivered.ok())
            return delivered;
    }
}

/// A ring of slots; the chunk with number n lives in slot n % size. Chunks are numbered as they are read.
class Ring {
public:
    Ring(Pass& pass, unsigned threads, const Budget& budget, const Cancel& cancel, const Pause& pause)
        : m_pass(pass), m_threads(threads), m_budget(budget), m_cancel(cancel), m_pause(pause) {
        for (std::size_t i = 0; i < Budget::slots(threads); ++i)
            m_slots.push_back(std::make_unique<Slot>(*this));
    }

    Outcome<void> run() {
        // Taking the lock orders the wake after a waiter's look at the flag, so that none is missed.
        const auto wakeAll = [this] {
            { const std::lock_guard lock(m_mutex); }
            m_changed.notify_all();
        };
        const auto cancelled = m_cancel.onCancel(wakeAll);
        const auto turned = m_pause.onTurn(wakeAll);
        std::vector<std::thread> workers = startThreads(m_threads, [this](unsigned i) { work(i); });
        if (workers.empty())
            return runSerial(m_pass, m_budget, m_cancel, m_pause);
        auto result = consume();
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
        }
        m_changed.notify_all();
        for (auto& worker : workers)
            worker.join();
        return result;
    }

private:
    enum class State { Free, Working, Done, Failed };

    struct Slot final : Output {
        explicit Slot(Ring& r) : Output(r.m_budget.piece), ring(r) {}
        bool handOver() override { return ring.handOver(*this); }
        Ring& ring;
        Item item;
        std::uint64_t number = 0;
        std::size_t weight = 0; ///< what it adds to m_atWork
        State state = State::Free;
        std::string piece; ///< handed over before the end, not yet taken
        std::optional<Failure> failure;
    };

    bool stopped() const { return m_stop || m_cancel.cancelled(); }

    /// May one more chunk of `size` bytes be held? The one that is delivered next always may.
    bool hasRoom(std::uint64_t number, std::size_t size) const {
        return number == m_head || m_atWork + size <= m_budget.atWork;
    }

    Slot& slotOf(std::uint64_t number) { return *m_slots[number % m_slots.size()]; }

    void work(unsigned worker) {
        for (;;) {
            Slot* slot = nullptr;
            {
                const std::lock_guard reading(m_reading);
                if (worker != 0 && worker >= m_pass.usefulWorkers())
                    return;
                std::unique_lock lock(m_mutex);
                m_changed.wait(lock, [&] {
                    return stopped() || m_ended ||
                           (!m_pause.paused() && m_next < m_head + m_slots.size() && hasRoom(m_next, m_budget.block));
                });
                if (stopped() || m_ended)
                    return;
                slot = &slotOf(m_next);
                slot->number = m_next;
                slot->failure.reset();
                lock.unlock();
                auto more = m_pass.read(slot->item);
                lock.lock();
                if (more.ok() && !*more) {
                    m_ended = true;
                    m_changed.notify_all();
                    return;
                }
                ++m_next;
                slot->state = State::Working;
                if (!more.ok()) {
                    slot->failure = more.error();
                    slot->state = State::Failed;
                    m_ended = true;
                    m_changed.notify_all();
                    return;
                }
                // A long record waits for room, and all that is behind it waits unread.
                const std::size_t size = slot->item.chunk.bytes.size();
                m_changed.wait(lock, [&] { return stopped() || hasRoom(slot->number, size); });
                if (stopped())
                    return;
                m_atWork += slot->weight = size;
            }
            auto worked = m_pass.work(worker, slot->item, *slot);
            const std::lock_guard lock(m_mutex);
            if (worked.ok()) {
                slot->state = State::Done;
            } else {
                slot->failure = worked.error();
                slot->state = State::Failed;
                m_ended = true; // nothing behind a failure is wanted; all before it is read already
            }
            m_changed.notify_all();
        }
    }

    bool handOver(Slot& slot) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return stopped() || (slot.number == m_head && slot.piece.empty()); });
        if (stopped())
            return false;
        slot.piece.swap(slot.text);
        slot.text.clear();
        m_changed.notify_all();
        return true;
    }

    Outcome<void> consume() {
        std::string piece;
        std::unique_lock lock(m_mutex);
        for (;;) {
            Slot& slot = slotOf(m_head);
            const auto isHere = [&] { return m_head < m_next; };
            m_changed.wait(lock, [&] {
                if (m_cancel.cancelled() || (m_ended && !isHere()))
                    return true;
                return isHere() && (!slot.piece.empty() || slot.state == State::Done || slot.state == State::Failed);
            });
            if (m_cancel.cancelled())
                return fail(Failure(Code::Cancelled));
            if (!isHere())
                return {};
            if (!slot.piece.empty()) {
                piece.swap(slot.piece);
                lock.unlock();
                m_changed.notify_all();
                auto delivered = m_pass.deliver(piece, nullptr);
                if (!delivered.ok())
                    return delivered;
                empty(piece, m_budget.keptText());
                lock.lock();
                continue;
            }
            if (slot.state == State::Failed)
                return fail(*slot.failure);
            lock.unlock();
            auto delivered = m_pass.deliver(slot.text, &slot.item);
            if (!delivered.ok())
                return delivered;
            empty(slot.text, m_budget.keptText());
            empty(slot.item.chunk.bytes, m_budget.keptChunk());
            lock.lock();
            slot.state = State::Free;
            m_atWork -= std::exchange(slot.weight, 0);
            ++m_head;
            m_changed.notify_all();
        }
    }

    Pass& m_pass;
    unsigned m_threads;
    const Budget m_budget;
    const Cancel& m_cancel;
    const Pause& m_pause;
    std::mutex m_reading; ///< held while a chunk is read: reads happen one at a time, in order
    std::mutex m_mutex;   ///< guards all below
    std::condition_variable m_changed;
    std::vector<std::unique_ptr<Slot>> m_slots;
    std::uint64_t m_head = 0; ///< the chunk that is delivered next
    std::uint64_t m_next = 0; ///< the chunk that is read next
    std::size_t m_atWork = 0; ///< bytes of the chunks that are at work or done and not delivered
    bool m_ended = false;     ///< nothing more is to be read
    bool m_stop = false;
};

} // namespace

unsigned threadCount(unsigned wished) {
    return wished != 0 ? wished : std::max(1u, std::thread::hardware_concurrency());
}

Outcome<void> runOrdered(Pass& pass, unsigned threads, const Budget& budget, const Cancel& cancel, const Pause& pause) {
    if (threadCount(threads) == 1)
        return runSerial(pass, budget, cancel, pause);
    return Ring(pass, threadCount(threads), budget, cancel, pause).run();
}

} // namespace sealwright::pipeline
