#pragma once
#include "models/pipeline/encrypt.h"
#include "models/pipeline/seal_handler.h"
#include "models/pipeline/source_pass.h"

#include <memory>

namespace sealwright::pipeline {

/// A pass over a source that carries out a policy; what becomes of the text is its heir's.
class EncryptPass : public SourcePass {
public:
    EncryptPass(const ByteSource& source, const EncryptRequest& request, const RunOptions& options)
        : SourcePass(source, options),
          m_request(request),
          m_rules(request.policy),
          m_keys(request.keys, request.policy.join),
          m_plan(m_rules, m_keys, request.runId) {}

    Outcome<void> prepare(Purpose purpose = Purpose::Store, SealWatcher* watcher = nullptr);
    Outcome<void> work(unsigned worker, Item& item, Output& out) final { return m_workers[worker]->run(item, out); }

    unsigned usefulWorkers() const final {
        return Budget::workersFor(std::max(m_plan.fields.size(), m_plan.columns.size()), m_options.memory);
    }

    /// After run(): what the manifest says, or PolicyPathNotThere (facts: the path, then at most 1,000 that are there).
    Outcome<DatasetInfo> dataset();
    const std::vector<std::unique_ptr<SealWorker>>& sealWorkers() const { return m_workers; }
    const std::vector<std::string>& columns() const { return m_plan.columns; } ///< CSV: those of the header

protected:
    Outcome<void> take(std::string_view text, Item* done) override;

private:
    /// Every field there is, as the manifest has them in order.
    std::vector<const SealField*> fields();
    std::optional<Failure> missingPath(const std::vector<const SealField*>& there) const;

    const EncryptRequest& m_request;
    FieldRules m_rules;
    FieldKeys m_keys;
    SealPlan m_plan;
    std::vector<std::unique_ptr<SealWorker>> m_workers;
    AppearanceOrder m_order;
};

} // namespace sealwright::pipeline
