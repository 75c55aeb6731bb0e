#pragma once
#include "app/cli/invocation.h"
#include "crypto/keys/private_keys.h"
#include "models/dataset/byte_source.h"
#include "models/domain/dialect.h"
#include "models/domain/document.h"

// What commands read before they work.
namespace sealwright::cli {

/// A small document, whole; `-` is standard input. FileNotFound …, DocumentTooLarge beyond `limit` bytes.
Outcome<std::string> readText(const std::string& path, std::uint64_t limit = maxDocumentBytes);
/// The same without line ends behind it: a JWS, a link.
Outcome<std::string> readLine(const std::string& path, std::uint64_t limit = maxDocumentBytes);

/// DATA: a file, or `-` for standard input, which is spooled first, encrypted under a key that lives only in memory.
Outcome<std::shared_ptr<ByteSource>> openData(Invocation& call, const std::string& path);

/// --policy FILE; the default policy where it is not given.
Outcome<std::optional<Policy>> policyOption(const Invocation& call);
/// A whole number from `least` to `most`; nothing where it was not given. UsageWrong.
Outcome<std::optional<int>> numberOption(const Invocation& call, const char* name, int least, int most);
/// --limit-rate RATE: bytes a second, at least 1,024, with K, M or G behind them for powers of 1024; 0 where it was not
/// given. UsageWrong.
Outcome<std::uint64_t> rateOption(const Invocation& call);
/// --threads N, 1 to 256; 0 where it was not given.
Outcome<unsigned> threadsOption(const Invocation& call);
/// How the data is to be read, where it is not to be guessed: --media-type, --delimiter, --quote, --header, --encoding,
/// --records-at. UsageWrong.
Outcome<DialectWish> dialectOption(const Invocation& call);
/// --to F …
Outcome<std::vector<crypto::RecipientKey>> recipientsOption(const Invocation& call);
/// --signer F
Outcome<std::vector<crypto::VerificationKey>> signersOption(const Invocation& call);
/// --key PRIVATE.pem, with its passphrase where it is encrypted (the passphrase options); nothing where it is not
/// given.
Outcome<std::optional<crypto::DecryptionKey>> keyOption(Invocation& call);

OptionSpec policyOptionSpec();
OptionSpec rateOptionSpec();
std::vector<OptionSpec> dialectOptionSpecs();   ///< what dialectOption() reads
std::vector<OptionSpec> readingOptionSpecs();   ///< --key, --signer, --any-signer
std::vector<OptionSpec> recipientOptionSpecs(); ///< --to, --not-self

/// "NAME.sealed.EXT" for "NAME.EXT".
std::string sealedName(const std::string& data);

} // namespace sealwright::cli
