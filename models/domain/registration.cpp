#include "models/domain/registration.h"

#include "crypto/base/b64.h"
#include "models/domain/document.h"
#include "models/domain/job.h"

#include <algorithm>

// Invitation and registration (FORMAT.md §10).
namespace sealwright {
namespace {

constexpr std::string_view linkStart = "sealwright://register?invitation=";

std::string_view trimmed(std::string_view text) {
    static constexpr std::string_view blank = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(blank);
    return begin == std::string_view::npos ? std::string_view()
                                           : text.substr(begin, text.find_last_not_of(blank) - begin + 1);
}

bool isPlatformUrl(std::string_view url) {
    return url.substr(0, 4) == "http" && hostOfEndpoint(url) && url.find_first_of("?#") == std::string_view::npos;
}

std::string kidOpt(MemberReader& in, std::string_view name) {
    if (!in.has(name)) {
        return {};
    }
    std::string kid = in.text(name);
    const crypto::Result<Bytes> bytes = crypto::b64Decode(kid);
    if (!bytes || bytes->size() != 32) {
        in.refuse(name);
    }
    return kid;
}

Outcome<Invitation> invitationFromJson(std::string_view text) {
    const crypto::Result<crypto::Json> json = crypto::parseControlJson(text);
    if (!json) {
        return fail({Code::InvitationInvalid, {""}});
    }
    DocumentCheck check(Code::InvitationInvalid);
    MemberReader in(check, &*json, {});
    Invitation invitation;
    in.exactly("format", "sealwright-invitation/1");
    invitation.platform = in.text("platform");
    if (!isPlatformUrl(invitation.platform)) {
        in.refuse("platform");
    }
    invitation.token = in.nonEmpty("token");
    invitation.expires = in.time("expires");
    invitation.platformKid = kidOpt(in, "platform_kid");
    if (in.has("ca_sha256")) {
        invitation.caSha256 = in.hex256("ca_sha256");
    }
    in.close();
    if (!check.ok()) {
        return fail(check.failure());
    }
    return invitation;
}

bool isHostAndPort(const std::string& host) {
    return host.find('/') == std::string::npos && hostOfEndpoint("https://" + host) == host;
}

Outcome<Registration> registrationFromJson(std::string_view text) {
    const crypto::Result<crypto::Json> json = crypto::parseControlJson(text);
    if (!json) {
        return fail({Code::RegistrationInvalid, {""}});
    }
    DocumentCheck check(Code::RegistrationInvalid);
    MemberReader in(check, &*json, {});
    Registration registration;
    in.exactly("format", "sealwright-registration/1");
    registration.machineId = in.nonEmpty("machine_id");
    registration.platform = in.text("platform");
    if (const crypto::Json* set = in.any("keys")) {
        crypto::Result<crypto::JwkSet> keys = crypto::jwkSetFromJson(*set);
        if (!keys || keys->sig.empty()) {
            in.refuse("keys");
        } else {
            registration.keys = std::move(keys).value();
        }
    }
    for (const crypto::Json& item : in.array("hosts", 0, 1000)) {
        const std::string* host = item.string();
        if (!host || !isHostAndPort(*host)) {
            in.refuse("hosts");
        } else {
            registration.hosts.push_back(*host);
        }
    }
    registration.issued = in.time("issued");
    in.close();
    if (!check.ok()) {
        return fail(check.failure());
    }
    return registration;
}

Outcome<Registration> verified(std::string_view jws, const std::vector<crypto::VerificationKey>& keys) {
    const crypto::Result<crypto::VerifiedJws> signedBy = crypto::verifyJws(jws, "sealwright-registration", keys);
    if (!signedBy) {
        return fail({Code::RegistrationInvalid, {"signature"}});
    }
    Outcome<Registration> registration = registrationFromJson(signedBy->payload);
    if (registration) {
        registration->platformKid = signedBy->kid;
        registration->jws = jws;
    }
    return registration;
}

bool hasKid(const std::vector<crypto::VerificationKey>& keys, std::string_view kid) {
    return std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return key.kid == kid; });
}

} // namespace

Outcome<Invitation> parseInvitation(std::string_view text, Instant now) {
    text = trimmed(text);
    std::string decoded;
    if (text.substr(0, linkStart.size()) == linkStart) {
        const crypto::Result<Bytes> bytes = crypto::b64Decode(text.substr(linkStart.size()));
        if (!bytes) {
            return fail({Code::InvitationInvalid, {""}});
        }
        decoded = asText(*bytes);
        text = decoded;
    }
    Outcome<Invitation> invitation = invitationFromJson(text);
    if (invitation && invitation->expires <= now) {
        return fail({Code::InvitationExpired, {toRfc3339(invitation->expires)}});
    }
    return invitation;
}

Outcome<Registration> readRegistration(std::string_view jws, std::string_view expectedKid,
                                       const crypto::JwkSet& offered, std::string_view platform) {
    std::vector<crypto::VerificationKey> allowed = offered.sig;
    if (!expectedKid.empty()) {
        std::erase_if(allowed, [&](const auto& key) { return key.kid != expectedKid; });
    }
    Outcome<Registration> registration = verified(jws, allowed);
    if (!registration) {
        return registration;
    }
    if (registration->platform != platform) {
        return fail({Code::RegistrationInvalid, {"platform"}});
    }
    if (!hasKid(registration->keys.sig, registration->platformKid)) {
        return fail({Code::RegistrationInvalid, {"keys"}}); // the key that signed is the one that is pinned
    }
    return registration;
}

Outcome<Registration> readUpdate(std::string_view jws, const Registration& kept) {
    Outcome<Registration> update = verified(jws, kept.keys.sig);
    if (!update) {
        return update;
    }
    if (update->machineId != kept.machineId) {
        return fail({Code::RegistrationInvalid, {"machine_id"}});
    }
    if (update->platform != kept.platform) {
        return fail({Code::RegistrationInvalid, {"platform"}});
    }
    if (update->issued <= kept.issued) {
        return fail({Code::RegistrationInvalid, {"issued"}});
    }
    return update;
}

} // namespace sealwright
