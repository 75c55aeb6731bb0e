#include "models/tasks/sealing.h"

#include "models/dataset/sniff.h"
#include "models/pipeline/ordered_run.h"

#include <algorithm>

namespace sealwright {

namespace {

/// Whether some rule can meet a value that it cannot take; only then is a second look at the data worth its time.
bool canBeUnfit(const Policy& policy) {
    return std::any_of(policy.fields.begin(), policy.fields.end(), [](const FieldRule& rule) {
        return rule.onError == OnError::Fail && rule.action != Action::Keep && rule.action != Action::Drop &&
               rule.action != Action::Encrypt;
    });
}

} // namespace

Outcome<Surveyed> survey(const Services& services, const ByteSource& source, const DialectWish& wish,
                         const Policy* jobPolicy, const std::optional<Policy>& ownerPolicy, TaskContext& context) {
    const auto sniffed = dataset::sniff(source, wish);
    if (!sniffed)
        return sniffed.failed();
    Surveyed surveyed;
    surveyed.mediaType = sniffed->mediaType;
    surveyed.dialect = sniffed->dialect;
    const pipeline::RunOptions options = runOptions(services, Step::Read, context);

    // Of a job's policy and the owner's only the shape of the records matters for finding the leaves; their rules are
    // judged once combined.
    Policy shape;
    if (jobPolicy)
        shape.unflatten = unflattens(*jobPolicy, ownerPolicy);
    const Policy& first = !jobPolicy && ownerPolicy ? *ownerPolicy : shape;
    auto profile = pipeline::profileDataset(source, surveyed.mediaType, surveyed.dialect, &first, options);
    if (!profile)
        return profile.failed();
    if (jobPolicy) {
        std::vector<std::string> leaves;
        for (const auto& field : profile->fields)
            leaves.push_back(field.path);
        auto combined = combinePolicies(*jobPolicy, ownerPolicy, leaves);
        if (!combined)
            return combined.failed();
        surveyed.policy = std::move(*combined);
        if (canBeUnfit(surveyed.policy)) {
            profile = pipeline::profileDataset(source, surveyed.mediaType, surveyed.dialect, &surveyed.policy, options);
            if (!profile)
                return profile.failed();
        }
    } else if (ownerPolicy) {
        surveyed.policy = *ownerPolicy;
    }
    surveyed.profile = std::move(*profile);
    return surveyed;
}

Outcome<void> takesEveryValue(const Surveyed& surveyed) {
    const pipeline::Profile& profile = surveyed.profile;
    if (profile.unfit.empty())
        return {};
    return fail(Failure(profile.unfit.front().code, profile.unfit.front().where, {std::to_string(profile.unfitCount)}));
}

Outcome<RecipientSlot> slotFor(const crypto::SecretBytes& key, const crypto::RecipientKey& recipient,
                               const std::string& name) {
    auto wrapped = crypto::wrapKey(key, recipient);
    if (!wrapped)
        return fail(Code::CryptoFailed);
    return RecipientSlot{recipient.kid, "RSA-OAEP-256", std::move(*wrapped), name};
}

pipeline::RunOptions runOptions(const Services& services, Step step, TaskContext& context) {
    pipeline::RunOptions options;
    const unsigned side = std::max(1u, services.sideBySide);
    options.threads = std::max(1u, pipeline::threadCount(services.threads) / side);
    options.memory = pipeline::Budget::whole / side;
    options.cancel = context.cancel;
    options.pause = context.pause;
    options.progress = [step, &context](const pipeline::Progress& progress) {
        context.progress({step, progress.done, progress.total, progress.records, 0, 0});
    };
    return options;
}

std::uint64_t valuesOf(const DatasetInfo& dataset) {
    std::uint64_t values = 0;
    for (const FieldInfo& field : dataset.fields)
        values += field.values + field.keptEmpty;
    return values;
}

} // namespace sealwright
