#pragma once
#include "tests/platform/core/json_schema.h"

#include <map>
#include <memory>
#include <vector>

namespace sealwright::platform {

/// Most that a call's or a message's body may hold: a manifest of 64 MiB, as a JSON string.
inline constexpr std::size_t largestBody = std::size_t{80} << 20;

/// One path and verb of the OpenAPI document.
struct Operation {
    std::string id, verb, path; ///< path as a template: "/v1/jobs/{job_id}"
    bool needsToken = true, needsIdempotencyKey = false;
    const crypto::Json* requestBody = nullptr; ///< schema
    std::map<int, const crypto::Json*> answers;
};

struct Match {
    const Operation* operation;
    std::map<std::string, std::string> parameters;
};

/// The OpenAPI document, as the one place that says what is served and what a body may hold. The platform has no routes
/// of its own: a call that is not in the document is not answered, and neither it nor its answer may differ from its
/// schema.
class Contract {
public:
    /// Nothing where the file is no such document.
    static std::unique_ptr<Contract> load(const std::string& file);

    const std::vector<Operation>& operations() const { return m_operations; }
    std::optional<Match> find(const std::string& verb, const std::string& path) const;
    std::optional<std::string> mismatch(const crypto::Json& schema, const crypto::Json& value) const;
    const crypto::Json& document() const { return m_document; }

private:
    explicit Contract(crypto::Json document);
    void readOperation(const std::string& path, const std::string& verb, const crypto::Json& operation);
    const crypto::Json& followed(const crypto::Json& json) const; ///< behind a $ref
    crypto::Json m_document;
    std::vector<Operation> m_operations;
};

} // namespace sealwright::platform
