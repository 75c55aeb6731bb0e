#include "models/tasks/job_board.h"

namespace sealwright {

namespace {

Opener openerOf(const std::string& kid, const KnownKeys& known) {
    Opener opener;
    opener.kid = kid;
    if (const auto words = crypto::fingerprintWords(kid))
        opener.words = *words;
    if (const auto name = known.names.find(kid); name != known.names.end()) {
        opener.known = true;
        opener.name = name->second;
        opener.thisMachine = !kid.empty() && name->second.empty();
    }
    return opener;
}

void addOnce(std::vector<Opener>& openers, Opener opener) {
    for (const Opener& there : openers)
        if (there.kid == opener.kid)
            return;
    openers.push_back(std::move(opener));
}

} // namespace

std::vector<Opener> openersOf(const Job& job, const KnownKeys& known, const std::string& platformName) {
    std::vector<Opener> openers;
    if (job.key.madeByPlatform()) {
        Opener platform = openerOf(job.platformKid, known);
        platform.madeTheKey = true;
        platform.known = true;
        platform.name = platformName;
        addOnce(openers, std::move(platform));
    }
    for (const crypto::RecipientKey& recipient : job.key.recipients)
        addOnce(openers, openerOf(recipient.kid, known));
    addOnce(openers, openerOf(known.ownEncKid, known));
    return openers;
}

std::vector<Opener> openersOf(const Manifest& manifest, const KnownKeys& known) {
    std::vector<Opener> openers;
    for (const RecipientSlot& slot : manifest.recipients) {
        Opener opener = openerOf(slot.kid, known);
        opener.madeTheKey = slot.held();
        addOnce(openers, std::move(opener));
    }
    return openers;
}

} // namespace sealwright
