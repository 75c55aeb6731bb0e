#pragma once
#include "models/domain/cancel.h"
#include "models/domain/pause.h"
#include "models/pipeline/budget.h"
#include "models/pipeline/item.h"

// Order out of side-by-side work: a serial read, N workers, results delivered in the order of the source.
namespace sealwright::pipeline {

/// Where a worker puts the text of its chunk. A text that grows beyond `pieceSize` is handed over piece by piece as
/// soon as all before it is delivered, so that memory stays flat whatever a record swells to.
class Output {
public:
    explicit Output(std::size_t pieceSize = Budget::mostPiece) : m_pieceSize(pieceSize) {}
    virtual ~Output() = default;
    std::string text;
    /// To be called between values. False: somebody else failed or cancelled; stop at once, with any failure.
    bool relieve() { return text.size() < m_pieceSize || handOver(); }

protected:
    virtual bool handOver() = 0;

private:
    const std::size_t m_pieceSize;
};

/// One pass as the three things it does.
class Pass {
public:
    virtual ~Pass() = default;
    /// Fills the next item; false at the end. One call at a time, in order, on any of the workers' threads.
    virtual Outcome<bool> read(Item& item) = 0;
    /// Side by side, but one call at a time for each `worker` (0 … N-1), whose items ascend.
    virtual Outcome<void> work(unsigned worker, Item& item, Output& out) = 0;
    /// Only workers with a number below this go on; asked before each read. It may fall, never rise; worker 0 goes on
    /// whatever it says.
    virtual unsigned usefulWorkers() const { return ~0u; }
    /// In order, on the thread that called runOrdered(). `done` is the item with its last piece, null before.
    virtual Outcome<void> deliver(std::string_view text, Item* done) = 0;
};

/// The threads that `wished` (RunOptions::threads) means: at least 1.
unsigned threadCount(unsigned wished);

/// Runs the pass to its end or to its first failure in the order of the source, whoever met it first in time. With one
/// thread all happens in the caller's. Every thread it made is joined before it returns. Cancelled as soon as `cancel`
/// says; while `pause` is on nothing new is read, and what has been is finished. What is at work at one time stays
/// within `budget`, but for a chunk that is longer: that one is worked on alone.
Outcome<void> runOrdered(Pass& pass, unsigned threads, const Budget& budget, const Cancel& cancel,
                         const Pause& pause = {});

} // namespace sealwright::pipeline
