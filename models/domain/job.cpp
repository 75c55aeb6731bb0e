#include "models/domain/job.h"

#include "crypto/base/b64.h"
#include "models/domain/broker.h"
#include "models/domain/document.h"

#include <algorithm>

// Judging and reading a check-in job (FORMAT.md §8).
namespace sealwright {
namespace {

constexpr Instant mostAhead = 5 * 60;
constexpr Instant longestLife = 30 * secondsADay;
constexpr std::size_t maxJws = std::size_t{2} << 20; // the payload's 1 MiB in b64, and the signature

/// `loader/…/`, no part empty, `.` or `..`.
bool isTargetPrefix(std::string_view prefix) {
    if (prefix.substr(0, 7) != "loader/" || prefix.back() != '/') {
        return false;
    }
    std::size_t begin = 0;
    while (begin < prefix.size()) {
        const std::size_t end = prefix.find('/', begin);
        const std::string_view part = prefix.substr(begin, end - begin);
        if (part.empty() || part == "." || part == "..") {
            return false;
        }
        begin = end + 1;
    }
    return true;
}

void readSource(MemberReader in, Job& job) {
    const std::string kind = in.text("kind");
    if (kind == "object") {
        ObjectSource object;
        object.bucket = in.nonEmpty("bucket");
        object.object = in.nonEmpty("object");
        if (in.has("size")) {
            object.size = in.integer("size", 0, maxInteger);
        }
        if (in.has("sha256")) {
            object.sha256 = in.hex256("sha256");
        }
        job.object = std::move(object);
    } else if (kind != "local") {
        in.refuse("kind");
    }
    const std::string type = kind == "object" || in.has("media_type") ? in.text("media_type") : std::string();
    if (!type.empty() || kind == "object") {
        job.mediaType = mediaTypeFromText(type);
        if (!job.mediaType) {
            in.refuse("media_type");
        }
    }
    if (const crypto::Json* dialect = in.anyOpt("dialect")) {
        Outcome<DialectWish> wish = dialectWishFromJson(*dialect, job.mediaType);
        if (wish) {
            job.dialect = std::move(wish).value();
        } else {
            in.check().refuseAt(in.placeOf("dialect"), wish.error());
        }
    }
    if (type == "text/tab-separated-values" && !job.dialect.delimiter) {
        job.dialect.delimiter = '\t';
    }
    job.dialect.mediaType = job.mediaType;
    in.close();
}

JobKey readKey(MemberReader in) {
    JobKey key;
    key.version = static_cast<std::uint32_t>(in.integer("version", 1, maxKeyVersion));
    key.id = in.nonEmpty("id");
    if (in.has("recipients")) {
        const crypto::Json* set = in.any("recipients");
        crypto::Result<crypto::JwkSet> keys = crypto::jwkSetFromJson(*set);
        if (!keys || keys->enc.empty() || !keys->sig.empty() || keys->enc.size() >= maxRecipients) {
            in.refuse("recipients");
        } else {
            key.recipients = std::move(keys->enc);
        }
    } else {
        key.kid = in.nonEmpty("kid");
        in.exactly("alg", "RSA-OAEP-256");
        key.wrappedKey = in.wrappedKey("wrapped_key");
    }
    in.close();
    return key;
}

JobJoinKey readJoinKey(MemberReader in) {
    JobJoinKey key;
    key.id = in.nonEmpty("id");
    key.version = static_cast<std::uint32_t>(in.integer("version", 1, maxKeyVersion));
    key.commitment = in.b64("commitment", 32);
    key.kid = in.nonEmpty("kid");
    in.exactly("alg", "RSA-OAEP-256");
    key.wrappedKey = in.wrappedKey("wrapped_key");
    in.close();
    return key;
}

FeedbackAddress readFeedback(MemberReader in) {
    FeedbackAddress feedback;
    const std::string kind = in.text("kind");
    feedback.amqp = kind == "amqp";
    if (feedback.amqp) {
        feedback.url = in.nonEmpty("url");
        feedback.exchange = in.text("exchange");
        feedback.routingKey = in.text("routing_key");
        if (!brokerOf(feedback.url)) {
            in.refuse("url");
        }
        if (feedback.exchange.size() > maxBrokerName) {
            in.refuse("exchange");
        }
        if (feedback.routingKey.size() > maxBrokerName) {
            in.refuse("routing_key");
        }
    } else if (kind != "rest") {
        in.refuse("kind");
    }
    in.close();
    return feedback;
}

Outcome<Job> grammar(const crypto::Json& json) {
    DocumentCheck check(Code::JobInvalid);
    MemberReader in(check, &json, {});
    Job job;
    in.exactly("format", "sealwright-job/1");
    job.jobId = in.uuid("job_id");
    job.machineId = in.nonEmpty("machine_id");
    job.datasetId = in.uuid("dataset_id");
    job.name = in.text("name");
    if (in.has("purpose")) {
        job.purpose = in.text("purpose");
    }
    job.issued = in.time("issued");
    job.expires = in.time("expires");
    readSource(in.object("source"), job);
    MemberReader target = in.object("target");
    job.targetBucket = target.nonEmpty("bucket");
    job.targetPrefix = target.text("prefix");
    if (target.usable() && !isTargetPrefix(job.targetPrefix)) {
        target.refuse("prefix");
    }
    target.close();
    MemberReader storage = in.object("storage");
    job.endpoint = storage.nonEmpty("endpoint");
    job.region = storage.nonEmpty("region");
    if (!hostOfEndpoint(job.endpoint) || job.endpoint.substr(0, 4) != "http") {
        storage.refuse("endpoint");
    }
    storage.close();
    job.key = readKey(in.object("key"));
    if (in.has("join_key")) {
        job.joinKey = readJoinKey(in.object("join_key"));
    }
    if (const crypto::Json* policy = in.any("policy")) {
        Outcome<Policy> read = policyFromJson(*policy);
        if (read) {
            job.policy = std::move(read).value();
        } else {
            check.refuseAt("policy", read.error());
        }
    }
    job.feedback = readFeedback(in.object("feedback"));
    job.secretsJwe = in.nonEmpty("secrets");
    in.close();
    if (!check.ok()) {
        return fail(check.failure());
    }
    return job;
}

Outcome<Job> readPayload(std::string_view payload) {
    const crypto::Result<crypto::Json> json = crypto::parseControlJson(payload);
    if (!json) {
        return fail({Code::JobInvalid, {""}});
    }
    return grammar(*json);
}

Outcome<void> judge(const Job& job, const JobContext& context) {
    if (job.machineId != context.machineId) {
        return fail(Code::JobOtherMachine);
    }
    if (job.expires <= job.issued) {
        return fail({Code::JobInvalid, {"expires"}});
    }
    if (job.issued > context.now + mostAhead) {
        return fail(Code::JobNotYet);
    }
    if (job.expires - job.issued > longestLife) {
        return fail(Code::JobTooLong);
    }
    std::vector<std::string> hosts{hostOfEndpoint(job.endpoint).value_or(std::string())};
    if (job.feedback.amqp) {
        hosts.push_back(hostOfEndpoint(job.feedback.url).value_or(std::string()));
    }
    for (const std::string& host : hosts) {
        if (std::find(context.hosts.begin(), context.hosts.end(), host) == context.hosts.end()) {
            return fail({Code::JobHostNotListed, {host}});
        }
    }
    return {};
}

} // namespace

Outcome<Job> readJob(std::string_view jws, const JobContext& context) {
    if (jws.size() > maxJws) {
        return fail(Code::DocumentTooLarge);
    }
    const crypto::Result<crypto::VerifiedJws> verified = crypto::verifyJws(jws, "sealwright-job", context.pinned);
    if (!verified) {
        return fail(verified.error() == crypto::Error::UnknownKey ? Code::JobUnknownSigner : Code::JobUnsigned);
    }
    Outcome<Job> job = readPayload(verified->payload);
    if (!job) {
        return job;
    }
    if (const Outcome<void> verdict = judge(*job, context); !verdict) {
        return verdict.failed();
    }
    job->platformKid = verified->kid;
    job->jws = jws;
    return job;
}

Outcome<Job> acceptJob(std::string_view jws, const JobContext& context) {
    Outcome<Job> job = readJob(jws, context);
    if (!job) {
        return job;
    }
    if (job->expires <= context.now) {
        return fail({Code::JobExpired, {toRfc3339(job->expires)}});
    }
    const auto forAnother = [&own = context.encKids](const std::string& kid) {
        return !own.empty() && std::find(own.begin(), own.end(), kid) == own.end();
    };
    if ((job->key.madeByPlatform() && forAnother(job->key.kid)) || (job->joinKey && forAnother(job->joinKey->kid))) {
        return fail(Code::KeyNotForThis);
    }
    return job;
}

Outcome<Job> readKeptJob(std::string_view jws) {
    const std::size_t first = jws.find('.');
    const std::size_t second = first == std::string_view::npos ? first : jws.find('.', first + 1);
    if (second == std::string_view::npos) {
        return fail({Code::JobInvalid, {""}});
    }
    const crypto::Result<Bytes> payload = crypto::b64Decode(jws.substr(first + 1, second - first - 1));
    if (!payload) {
        return fail({Code::JobInvalid, {""}});
    }
    Outcome<Job> job = readPayload(asText(*payload));
    if (job) {
        job->jws = jws;
    }
    return job;
}

JobObjects objectsOf(const Job& job, MediaType type) {
    return objectsBeside(job.targetPrefix + job.jobId + std::string(fileEnding(type)));
}

JobObjects objectsBeside(std::string data) {
    std::string manifest = data + ".manifest.json", signature = data + ".manifest.jws";
    return {std::move(data), std::move(manifest), std::move(signature)};
}

} // namespace sealwright
