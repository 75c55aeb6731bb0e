#include "ui/common/error_sentences.h"

#include <QCoreApplication>

namespace sealwright::ui {
namespace {

struct Next {
    Q_DECLARE_TR_FUNCTIONS(sealwright::ui::Next)
};

} // namespace

QString whatToDo(Code code) {
    switch (code) {
    case Code::InternalBug:
    case Code::CryptoFailed:
    case Code::UsageWrong:
        return Next::tr("Please report it with the text under Details; it holds no data.");
    case Code::SelfTestFailed:
        return Next::tr("Do not use this installation. Install the program again, and report it if it stays so.");
    case Code::JobCheckFailed:
        return Next::tr("Try again; if it happens twice, please report it with the text under Details.");
    case Code::UsageNoRecipient:
        return Next::tr("Choose at least one who can open it.");
    case Code::UsageTooManyRecipients:
        return Next::tr("Choose fewer, and seal once more for the others.");
    case Code::DataManifestTooLarge:
        return Next::tr("Split the data, or seal the file whole under Files.");
    case Code::DataManifestRefused:
        return Next::tr("Give the file another name and try again; if it stays, please report it.");
    case Code::DataNotReadable:
    case Code::FileNotFound:
        return Next::tr("See whether the file is still where it was, and choose it again.");
    case Code::DataEncodingUnsupported:
    case Code::DataEncodingUtf16:
    case Code::DataHeaderUndecodable:
    case Code::DataJsonNotUtf8:
    case Code::ValueUndecodable:
        return Next::tr("Save the data as UTF-8 and choose it again.");
    case Code::DataCsvUnclosedQuote:
    case Code::DataCsvTextAfterQuote:
    case Code::DataJsonSyntax:
    case Code::DataJsonLoneSurrogate:
    case Code::DataJsonTooDeep:
    case Code::DataUnflattenConflict:
    case Code::DataRecordTooLong:
    case Code::DataTooManyColumns:
    case Code::DataTooManyRecords:
        return Next::tr("Mend the data at that place, or export it again from where it came.");
    case Code::DataJsonNoRecords:
        return Next::tr("See whether this is the right file.");
    case Code::DataMediaTypeUnknown:
        return Next::tr("Save it as CSV to choose fields, or seal it whole under Files.");
    case Code::DataChangedWhileRead:
    case Code::StorageChanged:
        return Next::tr("Wait until nobody writes to it, and begin again.");
    case Code::DataCsvDropsEveryColumn:
        return Next::tr("Let at least one column leave, or decline the job.");
    case Code::ValueNotForFpe:
    case Code::ValueNotForMask:
    case Code::ValueNotForAction:
        return Next::tr("Choose “Sealed” for that field, or mend the value.");
    case Code::PolicyInvalid:
    case Code::PolicyPathTwice:
    case Code::PolicyTooLarge:
        return Next::tr("Choose the fields again.");
    case Code::PolicyPathNotThere:
        return Next::tr("See whether this is the right file; the field's name must be the same, letter for letter.");
    case Code::PolicyWeakerThanJob:
        return Next::tr("Give those fields what the job asks for, or more; or decline the job.");
    case Code::DocumentInvalid:
    case Code::DocumentTooLarge:
    case Code::InvitationInvalid:
        return Next::tr("See whether it is complete, and ask for it again if not.");
    case Code::KeyMissing:
    case Code::KeyWrong:
        return Next::tr("Restore it from your recovery kit, under Keys.");
    case Code::KeyUnrecorded:
        return Next::tr("Restore the recovery kit that it belongs to, under Keys. Only where nobody has one: remove it "
                        "from the keystore, then make new keys.");
    case Code::KeyExists:
        return Next::tr("Go on with them; a recovery kit can be restored only where there are no keys.");
    case Code::KeyNotForThis:
    case Code::AuthWrongKey:
        return Next::tr(
            "Open it on the machine that it was sealed for, or ask the sender to seal it for this one too.");
    case Code::KeyPassphraseWrong:
        return Next::tr("Type it again; capital letters and spaces count.");
    case Code::KeychainLocked:
        return Next::tr("Unlock it, then try again.");
    case Code::KeychainDenied:
        return Next::tr("Allow Sealwright in the keychain's own settings, then try again.");
    case Code::KeychainNoService:
    case Code::KeychainFailed:
        return Next::tr("Start the keychain of your desktop (on Linux a Secret Service), then try again.");
    case Code::AuthAltered:
    case Code::AuthTruncated:
    case Code::AuthTrailingData:
    case Code::AuthBadSignature:
    case Code::AuthManifestMismatch:
    case Code::PackageLayout:
    case Code::PackageUnsafePath:
    case Code::PackageTooLarge:
        return Next::tr("Ask for it again; if it comes the same, tell the sender what Details says.");
    case Code::AuthUnknownSigner:
        return Next::tr("Get the sender's key, compare its words by phone, and add it under Keys.");
    case Code::AuthReported:
        return Next::tr("Ask whoever sent it whether records were taken out, sorted or added.");
    case Code::PackageSymlink:
        return Next::tr("Replace the link by the file itself, or leave it out.");
    case Code::PackageTooManyFiles:
        return Next::tr("Seal them as several packages.");
    case Code::PackagePathNotPortable:
        return Next::tr("Rename that file and try again.");
    case Code::JobUnknownSigner:
        return Next::tr("Ask the platform, by another way than this one, whether its key has changed.");
    case Code::JobUnsigned:
    case Code::JobNotYet:
    case Code::JobTooLong:
    case Code::JobOtherMachine:
    case Code::JobHostNotListed:
    case Code::JobInvalid:
        return Next::tr("Tell the platform what Details says, and ask for a new job.");
    case Code::JobExpired:
    case Code::JobReplayed:
    case Code::JobNotFound:
        return Next::tr("If the data is still wanted, ask the platform for a new job.");
    case Code::KeyRotating:
    case Code::WorkerRunning:
        return Next::tr("Wait until that has ended; another window or a command may be at it.");
    case Code::JobBusy:
        return Next::tr("Wait until that run has ended; another window or a command may be at it.");
    case Code::JobSourceMismatch:
        return Next::tr("Ask the platform whether the source was replaced.");
    case Code::JobNeedsInput:
        return Next::tr("Choose the file.");
    case Code::InvitationExpired:
        return Next::tr("Ask the platform for a new invitation.");
    case Code::RegistrationInvalid:
    case Code::RegistrationKeyNotAccepted:
        return Next::tr(
            "Ask the platform, by another way than this one, whether the invitation and its key are right.");
    case Code::RegistrationMissing:
        return Next::tr("Open an invitation first.");
    case Code::RegistrationExists:
        return Next::tr("Use another profile for another platform.");
    case Code::NetworkUnreachable:
    case Code::NetworkTimeout:
    case Code::BrokerUnreachable:
    case Code::BrokerTimeout:
        return Next::tr("See whether this machine is online, then try again.");
    case Code::NetworkTls:
    case Code::NetworkTlsUnknownCa:
        return Next::tr("If the platform has a certificate authority of its own, choose its file when you register.");
    case Code::NetworkTlsExpired:
        return Next::tr("See whether this machine's clock is right; if it is, tell the platform what Details says.");
    case Code::NetworkTlsWrongHost:
    case Code::NetworkTlsTooOld:
    case Code::BrokerNoExchange:
    case Code::BrokerNoQueue:
    case Code::BrokerFailed:
    case Code::NetworkPlainHttp:
    case Code::NetworkRedirect:
    case Code::PlatformRejected:
    case Code::PlatformAnswerInvalid:
    case Code::StorageNotFound:
        return Next::tr("Tell the platform what Details says.");
    case Code::MachineRevoked:
        return Next::tr("Ask the platform's people why.");
    case Code::PlatformDenied:
        return Next::tr("Ask the platform whether this machine is still registered.");
    case Code::PlatformConflict:
        return Next::tr("Refresh the list of jobs.");
    case Code::BrokerDenied:
        return Next::tr("Ask the platform for a job with a new permission for its broker.");
    case Code::BrokerFull:
    case Code::BrokerBlocked:
    case Code::PlatformFailed:
    case Code::StorageFailed:
    case Code::StorageChecksum:
        return Next::tr("Try again in a while.");
    case Code::ClockWrong:
        return Next::tr("Set this machine's clock, then begin again.");
    case Code::StorageDenied:
        return Next::tr("Refresh the list of jobs and begin again; the permission may have run out.");
    case Code::FileExists:
        return Next::tr("Choose another name or folder.");
    case Code::FileNoSpace:
        return Next::tr("Make room, or choose another folder.");
    case Code::FileNoPermission:
    case Code::FileFailed:
        return Next::tr("Choose another folder, or ask for permission.");
    case Code::ProfileFailed:
        return Next::tr("See whether the disk is full or the program's folder is read-only, then start again.");
    case Code::Cancelled:
        return Next::tr("You can begin again whenever you like.");
    }
    return {};
}

} // namespace sealwright::ui
