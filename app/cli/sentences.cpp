#include "app/cli/sentences.h"

namespace sealwright::cli {

namespace {

/// `{0}` stands for the first fact, `{*}` for all of them, `{: 0}` for ": " and the first where there is one.
struct Templates {
    const char *what, *data, *next;
};

constexpr auto reportKept = "Nothing is lost: what waits to be reported is kept, and sent later.";

Templates templatesFor(Code code) {
    switch (code) {
    case Code::InternalBug:
        return {"Sealwright met a state that it should never be in.", "Nothing was sent.",
                "Please report it with the command and the version (sealwright-cli --version); never send data along."};
    case Code::UsageWrong:
        return {"{0}", "Nothing was written.", "See: sealwright-cli COMMAND --help"};
    case Code::UsageNoRecipient:
        return {"Nobody could open the result.", "Nothing was written.",
                "Name a recipient with --to, or leave out --not-self."};
    case Code::UsageTooManyRecipients:
        return {"More than 1,000 could open it, which no reader would accept.", "Nothing was written.",
                "Name fewer recipients; seal once more for the others."};
    case Code::DataNotReadable:
        return {"The data cannot be read.", "Nothing was written.", "Check that the file is there and may be read."};
    case Code::DataEncodingUnsupported:
        return {"The encoding {0} is not one that Sealwright reads.", "Nothing was written.",
                "Name a single-byte encoding by its IANA name with --encoding, or convert the file to UTF-8."};
    case Code::DataEncodingUtf16:
        return {"The file is UTF-16 or UTF-32.", "Nothing was written.",
                "Save it as UTF-8 (in a spreadsheet: Save as, CSV UTF-8) and try again."};
    case Code::DataHeaderUndecodable:
        return {"The header line has a byte that its encoding lacks.", "Nothing was written.",
                "Name the right encoding with --encoding, or mend the header."};
    case Code::DataCsvUnclosedQuote:
        return {"A quoted field is never closed.", "Nothing was written.",
                "Mend the quote at the place named, or read the file without quoting: --quote none."};
    case Code::DataCsvTextAfterQuote:
        return {"There is text after a closing quote.", "Nothing was written.",
                "Mend the field at the place named; a quote inside a quoted field is doubled."};
    case Code::DataCsvDropsEveryColumn:
        return {"The policy leaves out every column.", "Nothing was written.", "Leave at least one column in."};
    case Code::DataJsonSyntax:
        return {"This is not valid JSON.", "Nothing was written.", "Mend the file at the place named."};
    case Code::DataJsonNotUtf8:
        return {"A byte is not valid UTF-8; JSON must be.", "Nothing was written.", "Convert the file to UTF-8."};
    case Code::DataJsonLoneSurrogate:
        return {"A member's name has half of a surrogate pair.", "Nothing was written.",
                "Mend the name at the place named."};
    case Code::DataJsonTooDeep:
        return {"Values are nested more than 256 deep.", "Nothing was written.", "Flatten the data."};
    case Code::DataJsonNoRecords:
        return {"There are no records where the dialect looks for them.", "Nothing was written.",
                "Say where they are with --records-at, as entry[]."};
    case Code::DataUnflattenConflict:
        return {"Names with dots cannot be turned into objects without losing one.", "Nothing was written.",
                "Rename the member, or set unflatten to false."};
    case Code::DataRecordTooLong:
        return {"A record or a value is longer than 64 MiB.", "Nothing was written.",
                "Check the line ends and the quotes before the place named."};
    case Code::DataTooManyColumns:
        return {"There are more than 100,000 columns.", "Nothing was written.",
                "Say what stands between fields with --delimiter."};
    case Code::DataTooManyRecords:
        return {"There are more records, or values in one record, than a run can hold.", "Nothing was written.",
                "Split the file."};
    case Code::DataChangedWhileRead:
        return {"The file changed while it was read.", "What had been made of it was removed.",
                "Try again when nobody writes to it."};
    case Code::DataMediaTypeUnknown:
        return {"This is no CSV, JSON or JSON Lines ({0}).", "Nothing was written.",
                "Seal the file whole with: sealwright-cli seal"};
    case Code::DataManifestTooLarge:
        return {"The manifest would be larger than the 64 MiB that readers accept: there are too many fields.",
                "Nothing was written and nothing was sent.",
                "Take containers whole in the policy, or split the data; or seal the file whole with: sealwright-cli "
                "seal"};
    case Code::DataManifestRefused:
        return {"No reader would accept the manifest: {*}.", "Nothing was written and nothing was sent.",
                "Give the target another name where it is about a name; else please report it."};
    case Code::ValueUndecodable:
        return {"A value cannot be decoded, and its rule needs its text.", "Nothing was written.",
                "Choose encrypt for the field, or on_error null."};
    case Code::ValueNotForFpe:
        return {"A value cannot keep its form: it is too short, too long, or no text.", "Nothing was written.",
                "Choose encrypt for the field, or on_error null."};
    case Code::ValueNotForMask:
        return {"A value is an object or an array and cannot be masked.", "Nothing was written.",
                "Choose encrypt for the field, or on_error null."};
    case Code::ValueNotForAction:
        return {"A value does not fit its rule.", "Nothing was written.",
                "Choose another action for the field, or on_error null."};
    case Code::PolicyInvalid:
        return {"The policy is not valid: {*}.", "Nothing was written.", "Mend the policy."};
    case Code::PolicyPathNotThere:
        return {"The policy names fields that the data does not have: {*}.", "Nothing was written.",
                "Use: sealwright-cli profile DATA, to see the paths there are."};
    case Code::PolicyPathTwice:
        return {"The policy has two rules for {0}.", "Nothing was written.", "Leave one of them."};
    case Code::PolicyTooLarge:
        return {"A policy that names every field would be larger than the 1 MiB that is read.", "Nothing was written.",
                "Write one by hand that names only what shall not be sealed: the default seals all others."};
    case Code::PolicyWeakerThanJob:
        return {"Your policy is weaker than the job demands: {*}.", "Nothing was sealed and nothing was sent.",
                "Give these fields the job's action or a stronger one."};
    case Code::DocumentInvalid:
        return {"A document is not as it must be: {*}.", "Nothing of it was opened.", "Ask its sender for it again."};
    case Code::DocumentTooLarge:
        return {"A document is larger than its limit.", "Nothing of it was opened.", "Ask its sender for it again."};
    case Code::KeyMissing:
        return {"This machine has no keys here.", "Nothing was written.",
                "Make them with: sealwright-cli keys init; if there were any, restore them with: sealwright-cli keys "
                "restore"};
    case Code::KeyExists:
        return {
            "This machine has keys already.", "They were not touched.",
            "See: sealwright-cli keys show; where it shows none, sealwright-cli keys init takes over those that are "
            "there."};
    case Code::KeyUnrecorded:
        return {"There are keys without a record of them, and they are no complete pair: {*}.",
                "They were not touched.",
                "Restore the recovery kit that they belong to: sealwright-cli keys restore KIT. Only where nobody has "
                "one: remove them there, then make new ones."};
    case Code::KeyWrong:
        return {"The keys that were found are not the ones that this machine's record names.", "They were not used.",
                "Restore the recovery kit, or point --keystore and --config at the right place."};
    case Code::KeyNotForThis:
        return {"This key cannot open it: it is not among those it was sealed for.", "Nothing of it was opened.",
                "See who can: sealwright-cli inspect FILE"};
    case Code::KeyRotating:
        return {"Another Sealwright of this profile is rotating the keys.", "Nothing was changed by this one.",
                "Wait until it has ended; sealwright-cli keys show says which keys are in use."};
    case Code::KeyPassphraseWrong:
        return {"The passphrase does not fit.", "Nothing was written.", "Try again."};
    case Code::KeychainLocked:
        return {"The system keychain is locked.", "Nothing was written.", "Unlock it and try again."};
    case Code::KeychainDenied:
        return {"The key store refused access.", "Nothing was written.",
                "Allow Sealwright in the keychain, or check the folder's permissions (700)."};
    case Code::KeychainNoService:
        return {"There is no keychain service on this machine.", "Nothing was written.",
                "Start one, or use --keystore file:DIR."};
    case Code::KeychainFailed:
        return {"The keychain failed: {*}.", "Nothing was written.",
                "Try again; if it stays, use --keystore file:DIR."};
    case Code::AuthAltered:
        return {"It was altered after it was sealed.", "What had been opened of it was removed.",
                "Get it again from its sender."};
    case Code::AuthTruncated:
        return {"It is cut short.", "What had been opened of it was removed.", "Get it again from its sender."};
    case Code::AuthTrailingData:
        return {"There is more in it than was sealed.", "What had been opened of it was removed.",
                "Get it again from its sender."};
    case Code::AuthBadSignature:
        return {"The signature does not fit.", "Nothing of it was opened.", "Get it again from its sender."};
    case Code::AuthUnknownSigner:
        return {"Nobody known to this machine signed it.", "Nothing of it was opened.",
                "Give the signer's public key with --signer, or lift the rule with --any-signer."};
    case Code::AuthManifestMismatch:
        return {"The manifest does not fit the data.", "Nothing of it was opened.", "Get it again from its sender."};
    case Code::AuthWrongKey:
        return {"The key that came with it is not the one it was sealed with.", "Nothing of it was opened.",
                "Get it again from its sender."};
    case Code::AuthReported:
        return {"Something was reported.", "", "See the lines above."};
    case Code::PackageLayout:
        return {"This is not a package that Sealwright accepts: its layout differs.", "Nothing of it was opened.",
                "Get it again from its sender."};
    case Code::PackageUnsafePath:
        return {"A file in the package has a name that is not safe: {0}.", "Nothing of it was opened.",
                "Ask its sender to make it again."};
    case Code::PackageTooLarge:
        return {"A file in the package is larger than it says.", "What had been opened of it was removed.",
                "Do not trust this package; ask its sender."};
    case Code::PackageSymlink:
        return {"There is a symbolic link: {0}.", "Nothing was written.",
                "Leave it out, or put the file itself in its place."};
    case Code::PackagePathNotPortable:
        return {"A name cannot be used on every system: {*}.", "Nothing was written.", "Rename it."};
    case Code::PackageTooManyFiles:
        return {"There are more files than one package can list.", "Nothing was written.",
                "Seal them as several packages."};
    case Code::JobUnsigned:
        return {"The job is not signed by the platform that this machine knows.",
                "Nothing was sealed and nothing was sent.", "Do not run it; ask the platform."};
    case Code::JobUnknownSigner:
        return {"The job is signed by a key that this machine does not know as the platform's, and the platform has "
                "not vouched for it with the key that is known.",
                "Nothing was sealed and nothing was sent.",
                "Do not run it; ask the platform, by another way than this one, whether its key has changed."};
    case Code::JobExpired:
        return {"The job has expired.", "Nothing was sealed and nothing was sent.", "Ask the platform for a new one."};
    case Code::JobNotYet:
        return {"The job was issued in the future.", "Nothing was sealed and nothing was sent.",
                "Check this machine's clock."};
    case Code::JobTooLong:
        return {"The job would live longer than 30 days.", "Nothing was sealed and nothing was sent.",
                "Ask the platform for a new one."};
    case Code::JobOtherMachine:
        return {"The job is for another machine.", "Nothing was sealed and nothing was sent.", "Ask the platform."};
    case Code::JobHostNotListed:
        return {"The job names a host that the registration does not list: {0}.",
                "Nothing was sealed and nothing was sent.", "Do not run it; ask the platform."};
    case Code::JobReplayed:
        return {"The job was finished before, or is another one under its name.",
                "Nothing was sealed and nothing was sent.", "Ask the platform for a new one."};
    case Code::JobInvalid:
        return {"The job is not as it must be: {*}.", "Nothing was sealed and nothing was sent.", "Ask the platform."};
    case Code::JobSourceMismatch:
        return {"The source in the object store is not the one that the job describes ({0}).",
                "Nothing was sealed and nothing was sent.", "Ask the platform."};
    case Code::JobNeedsInput:
        return {"The job asks for a file of yours.", "Nothing was sealed and nothing was sent.",
                "Name it with --input FILE."};
    case Code::JobNotFound:
        return {"There is no such job.", "Nothing was uploaded.", "See: sealwright-cli jobs list"};
    case Code::JobBusy:
        return {"Another Sealwright of this profile is working on the job.", "Nothing was touched.",
                "Wait until it has ended."};
    case Code::WorkerRunning:
        return {"Another jobs work is running on this profile.", "Nothing was touched.",
                "Leave it to that one, or end it first."};
    case Code::JobCheckFailed:
        return {"What was sealed is not equal to the source when opened again.", "Nothing was uploaded.",
                "Please report it; the sealed file was removed."};
    case Code::InvitationInvalid:
        return {"This is no invitation that Sealwright can read.", "Nothing was written.",
                "Ask the platform for it again."};
    case Code::InvitationExpired:
        return {"The invitation has expired.", "Nothing was written.", "Ask the platform for a new one."};
    case Code::RegistrationInvalid:
        return {"The platform's answer does not prove what it must: {*}.", "Nothing was kept.", "Ask the platform."};
    case Code::RegistrationKeyNotAccepted:
        return {"The platform's key is not accepted: {*}.", "Nothing was kept.",
                "Compare it with the platform by another way than this one, then give it with --accept-platform-kid "
                "KID; after a no on the terminal that takes a new invitation."};
    case Code::RegistrationMissing:
        return {"This machine is not registered with a platform.", "Nothing was written.",
                "Register it: sealwright-cli register --invite FILE"};
    case Code::RegistrationExists:
        return {"This machine is registered already with {0}.", "Nothing was changed.",
                "Use another --config for another platform."};
    case Code::MachineRevoked:
        return {"The platform has revoked this machine: it gives it no jobs and takes nothing from it.",
                "Nothing was uploaded. This machine's keys are kept, and what was sealed for them still opens.",
                "Ask the platform's people why; if the keys are in wrong hands, register a new machine."};
    case Code::NetworkUnreachable:
        return {"The other side cannot be reached{: 0}.", "Nothing more was sent.",
                "Check the connection and try again."};
    case Code::NetworkTimeout:
        return {"The other side does not answer.", "Nothing more was sent.", "Try again later."};
    case Code::NetworkTls:
        return {"No secure connection: the certificate was not accepted{: 0}.", "Nothing more was sent.",
                "Check the address and the certificate authority (--ca)."};
    case Code::NetworkTlsUnknownCa:
        return {"No secure connection: nobody whom this machine trusts vouches for the certificate{: 0}.",
                "Nothing more was sent.", "Check the address and the certificate authority (--ca)."};
    case Code::NetworkTlsExpired:
        return {"No secure connection: the certificate is out of its time{: 0}.", "Nothing more was sent.",
                "Check this machine's clock; if it is right, tell whoever runs that server."};
    case Code::NetworkTlsWrongHost:
        return {"No secure connection: the certificate is another server's{: 0}.", "Nothing more was sent.",
                "Check the address; tell whoever runs that server."};
    case Code::NetworkTlsTooOld:
        return {"No secure connection: the server offers nothing as new as TLS 1.2{: 0}.", "Nothing more was sent.",
                "Tell whoever runs that server."};
    case Code::NetworkPlainHttp:
        return {"Plain http is only allowed to this machine itself{: 0}.", "Nothing was uploaded.", "Use https."};
    case Code::NetworkRedirect:
        return {"The other side sends elsewhere, which is not followed.", "Nothing was uploaded.",
                "Check the address."};
    case Code::PlatformDenied:
        return {"The platform refused access.", "Nothing was uploaded.",
                "Ask the platform whether this machine is still registered."};
    case Code::PlatformConflict:
        return {"The platform says that the job is in another state.", "Nothing was uploaded.",
                "See: sealwright-cli jobs list"};
    case Code::PlatformRejected:
        return {"The platform refused the request{: 0}.", "Nothing was uploaded.", "Ask the platform."};
    case Code::PlatformFailed:
        return {"The platform failed.", "Nothing was uploaded.", "Try again later."};
    case Code::PlatformAnswerInvalid:
        return {"The platform's answer is not as it must be{: 0}.", "Nothing was uploaded.", "Ask the platform."};
    case Code::BrokerUnreachable:
        return {"The message broker that the job reports to cannot be reached{: 0}.", reportKept,
                "Check the connection and try again."};
    case Code::BrokerTimeout:
        return {"The message broker that the job reports to does not answer{: 0}.", reportKept, "Try again later."};
    case Code::BrokerDenied:
        return {"The message broker refused the job's user, or what that user wants there{: 0}.", reportKept,
                "Ask the platform for a job with new credentials."};
    case Code::BrokerNoExchange:
        return {"The message broker {0} has no exchange \"{1}\".", reportKept, "Tell the platform."};
    case Code::BrokerNoQueue:
        return {"The message broker {0} has no queue for what the job reports: nobody would get it.", reportKept,
                "Tell the platform."};
    case Code::BrokerFull:
        return {"The message broker's queue takes no more{: 0}.", reportKept, "Try again later, or tell the platform."};
    case Code::BrokerBlocked:
        return {"The message broker takes nothing now: it is short of memory or disk{: 0}.", reportKept,
                "Try again later, or tell the platform."};
    case Code::BrokerFailed:
        return {"The message broker failed, or is none that speaks AMQP 0-9-1: {*}.", reportKept, "Tell the platform."};
    case Code::StorageDenied:
        return {"The object store refused access.", "What had been uploaded was removed.",
                "Ask the platform for new credentials."};
    case Code::StorageNotFound:
        return {"The object store has no such object or bucket.", "Nothing was uploaded.", "Ask the platform."};
    case Code::StorageFailed:
        return {"The object store failed.", "The dataset is not complete there.",
                "Try again later: what was sealed is kept, to be sent on."};
    case Code::StorageChanged:
        return {"The object changed while it was read.", "Nothing was uploaded.", "Try again."};
    case Code::StorageChecksum:
        return {"The object store received other bytes than were sent.", "What had been uploaded was removed.",
                "Try again."};
    case Code::ClockWrong:
        return {"This machine's clock is {0} seconds {1} of the object store's.", "Nothing was uploaded.",
                "Set the clock and try again."};
    case Code::FileExists:
        return {"The target exists already.", "It was not touched.", "Choose another name, or --force."};
    case Code::FileNoSpace:
        return {"There is no space left.", "What had been written was removed.", "Make room and try again."};
    case Code::FileNoPermission:
        return {"The place may not be written to, or the file not read.", "Nothing was written.",
                "Check the permissions."};
    case Code::FileNotFound:
        return {"There is no such file.", "Nothing was written.", "Check the name."};
    case Code::FileFailed:
        return {"Reading or writing a file failed.", "What had been written was removed.", "Check the disk."};
    case Code::ProfileFailed:
        return {"Sealwright's own record cannot be read or written.", "Nothing was sent.",
                "Check the profile folder (--config)."};
    case Code::SelfTestFailed:
        return {"The crypto library computes wrong results on this machine.", "Nothing was touched.",
                "Do not use it; update OpenSSL."};
    case Code::CryptoFailed:
        return {"The crypto library failed.", "Nothing was written.", "Try again; if it stays, report it."};
    case Code::Cancelled:
        return {"Cancelled.", "What had been written was removed.", "Nothing needs to be done."};
    }
    return {"", "", ""};
}

void replaceAll(std::string& text, std::string_view mark, const std::string& with) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at + with.size()))
        text.replace(at, mark.size(), with);
}

std::string filled(const char* form, const std::vector<std::string>& facts) {
    std::string all;
    for (const std::string& fact : facts)
        if (!fact.empty())
            all += (all.empty() ? "" : ", ") + fact;
    const std::string first = facts.empty() ? std::string() : facts.front();
    std::string text = form;
    replaceAll(text, "{: 0}", first.empty() ? first : ": " + first);
    replaceAll(text, "{*}", all.empty() ? "no detail is known" : all);
    replaceAll(text, "{0}", first);
    replaceAll(text, "{1}", facts.size() > 1 ? facts[1] : std::string());
    return text;
}

} // namespace

Sentences sentencesFor(const Failure& failure) {
    const Templates forms = templatesFor(failure.code);
    return {filled(forms.what, failure.facts), filled(forms.data, failure.facts), filled(forms.next, failure.facts)};
}

} // namespace sealwright::cli
