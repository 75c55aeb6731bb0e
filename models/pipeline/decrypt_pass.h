#pragma once
#include "models/pipeline/decrypt.h"
#include "models/pipeline/open_handler.h"
#include "models/pipeline/row_order.h"
#include "models/pipeline/source_pass.h"

#include <memory>

namespace sealwright::pipeline {

/// A pass over a stored dataset that restores its values; what becomes of the text is its heir's.
class DecryptPass : public SourcePass {
public:
    DecryptPass(const ByteSource& stored, const Manifest& manifest, const RunOptions& options)
        : SourcePass(stored, options), m_manifest(manifest) {}

    Outcome<void> prepare(const Keys& keys);
    /// To look at what needs no key.
    Outcome<void> prepareKeyless();
    Outcome<void> work(unsigned worker, Item& item, Output& out) final { return m_workers[worker]->run(item, out); }

    unsigned usefulWorkers() const final {
        return Budget::workersFor(m_plan->dataset().fields.size(), m_options.memory);
    }

    /// After run(): counts and the source check are compared, what differs is found.
    DecryptResult result();
    std::uint64_t values() const; ///< every value met

protected:
    Outcome<void> take(std::string_view text, Item* done) override;

private:
    Outcome<void> begin(Outcome<std::unique_ptr<OpenPlan>> plan);
    void compareRecords();
    void compareTokens(DecryptResult& result);
    void compareSource(DecryptResult& result);

    const Manifest& m_manifest;
    std::unique_ptr<OpenPlan> m_plan;
    std::vector<std::unique_ptr<OpenWorker>> m_workers;
    std::optional<RowOrder> m_rows;
    std::optional<crypto::SourceCheck> m_restored; ///< of what comes out
    FindingList m_findings;
};

} // namespace sealwright::pipeline
