#include "app/api/answers.h"
#include "app/api/problem.h"
#include "app/net/http_retry.h"
#include "models/dataset/encoding.h"
#include "tests/fuzz/target.h"

#include <algorithm>

// What a platform answers: bodies of good answers and of problems. The first byte of an input chooses a status.
namespace sealwright::fuzz {
namespace {

void goodBody(crypto::Json& body) {
    (void)readChallenge(body);
    if (const auto statements = readRegistrations(body))
        must(statements->size() <= body.find("registrations")->array()->size(), "no more than were there");
    if (const auto entry = readJobEntry(body))
        must(isUuid(entry->jobId), "a job has a UUID");
    if (const auto jobs = readJobs(body))
        for (const JobEntry& entry : *jobs)
            must(isUuid(entry.jobId), "every job has a UUID");
    if (const auto credentials = readCredentials(body))
        must(body.find("credentials")->string() && *body.find("credentials")->string() == *credentials,
             "credentials are the text as it came");
    if (const auto results = readResults(body))
        for (const ResultEntry& entry : *results)
            must(isUuid(entry.resultId), "every result has a UUID");
    if (const auto registered = readRegistered(body)) // last: it wipes the token in what it read
        must(isTokenText(asText(registered->accessToken.reveal())), "a token can stand in a header");
}

void problem(const net::Answer& answer) {
    const Failure failure = failureOf(answer);
    must(!failure.facts.empty() && failure.facts.size() <= 2, "a code, and perhaps a detail");
    for (const std::string& fact : failure.facts) {
        must(fact.size() <= 304 && dataset::isUtf8(fact), "short, and text");
        must(std::none_of(fact.begin(), fact.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7f; }),
             "on one line");
    }
}

void check(std::string_view input) {
    static const int statuses[] = {200, 400, 401, 403, 404, 409, 422, 429, 500, 503};
    Choices choices(input);
    net::Answer answer;
    answer.status = statuses[choices.byte() % std::size(statuses)];
    answer.body = QByteArray(choices.rest().data(), static_cast<qsizetype>(choices.rest().size()));
    answer.headers = {{"content-type", "application/problem+json; charset=utf-8"},
                      {"Retry-After", answer.body.left(20)}};
    (void)net::retryAfter(answer);
    problem(answer);
    if (auto body = readBody(answer))
        goodBody(*body);
}

const Registered registered({"answers", check, "{}[]\",:\\u0ed-1a. "});

} // namespace
} // namespace sealwright::fuzz
