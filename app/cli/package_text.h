#pragma once
#include "app/cli/invocation.h"
#include "models/package/package.h"

namespace sealwright::cli {

/// By its first bytes, not by its name.
bool looksLikePackage(const std::string& path);
Outcome<int> verifyPackageFile(Invocation& call);

/// Known signers: --signer, else all that this machine knows.
Outcome<std::vector<crypto::VerificationKey>> acceptedSigners(Invocation& call);

void sayPackage(Invocation& call, const PackageFacts& facts);
/// Where the owner allowed any signer.
void warnOfSigner(Invocation& call, const PackageFacts& facts);
crypto::JsonObject packageJson(const PackageFacts& facts);
/// "this machine", the owner's name for it, or the kid and that it is unknown here.
std::string nameOf(Invocation& call, const std::string& kid);

} // namespace sealwright::cli
