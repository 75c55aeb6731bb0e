#pragma once
#include "app/net/http.h"
#include "models/ports/job_api.h"

// Reading the bodies of good answers, as the contract has them. What is missing or of another kind is
// PlatformAnswerInvalid (facts: the member); members that are not known yet are passed over.
namespace sealwright {

Outcome<crypto::Json> readBody(const net::Answer& answer);

Outcome<Challenge> readChallenge(const crypto::Json& body);
/// Wipes the access token in `body`.
Outcome<JobApi::Registered> readRegistered(crypto::Json& body);
Outcome<std::vector<std::string>> readRegistrations(const crypto::Json& body);
Outcome<JobEntry> readJobEntry(const crypto::Json& body);
Outcome<std::vector<JobEntry>> readJobs(const crypto::Json& body);
Outcome<std::string> readCredentials(const crypto::Json& body); ///< the JWS
Outcome<std::vector<ResultEntry>> readResults(const crypto::Json& body);

/// May this stand in an Authorization header?
bool isTokenText(std::string_view token);

} // namespace sealwright
