#include "ui/common/error_sentences.h"

#include <QCoreApplication>

namespace sealwright::ui {
namespace {

struct Meaning {
    Q_DECLARE_TR_FUNCTIONS(sealwright::ui::Meaning)
};

} // namespace

QString whatItMeans(Code code) {
    switch (code) {
    case Code::DataNotReadable:
    case Code::DataEncodingUnsupported:
    case Code::DataEncodingUtf16:
    case Code::DataHeaderUndecodable:
    case Code::DataCsvUnclosedQuote:
    case Code::DataCsvTextAfterQuote:
    case Code::DataCsvDropsEveryColumn:
    case Code::DataJsonSyntax:
    case Code::DataJsonNotUtf8:
    case Code::DataJsonLoneSurrogate:
    case Code::DataJsonTooDeep:
    case Code::DataJsonNoRecords:
    case Code::DataUnflattenConflict:
    case Code::DataRecordTooLong:
    case Code::DataTooManyColumns:
    case Code::DataTooManyRecords:
    case Code::DataChangedWhileRead:
    case Code::DataMediaTypeUnknown:
    case Code::ValueUndecodable:
    case Code::ValueNotForFpe:
    case Code::ValueNotForMask:
    case Code::ValueNotForAction:
    case Code::PolicyInvalid:
    case Code::PolicyPathNotThere:
    case Code::PolicyPathTwice:
    case Code::PolicyTooLarge:
    case Code::PolicyWeakerThanJob:
    case Code::JobSourceMismatch:
    case Code::JobNeedsInput:
    case Code::UsageNoRecipient:
    case Code::UsageTooManyRecipients:
    case Code::DataManifestTooLarge:
    case Code::DataManifestRefused:
    case Code::PackageTooManyFiles:
    case Code::PackageSymlink:
    case Code::PackagePathNotPortable:
        return Meaning::tr("Nothing was sealed and nothing has left this machine.");
    case Code::JobCheckFailed:
    case Code::SelfTestFailed:
    case Code::CryptoFailed:
    case Code::InternalBug:
        return Meaning::tr("Your source is untouched. What had been sealed was thrown away and has not been sent.");
    case Code::KeyMissing:
    case Code::KeyWrong:
        return Meaning::tr(
            "What was sealed only for this machine cannot be opened without that key. No new key was made.");
    case Code::KeychainLocked:
    case Code::KeychainDenied:
    case Code::KeychainNoService:
    case Code::KeychainFailed:
        return Meaning::tr(
            "Your keys are not lost. Nothing can be sealed, signed or opened until they can be reached.");
    case Code::KeyExists:
    case Code::KeyUnrecorded:
        return Meaning::tr("The keys that are there were left as they are.");
    case Code::KeyRotating:
    case Code::WorkerRunning:
    case Code::KeyPassphraseWrong:
        return Meaning::tr("Nothing was changed.");
    case Code::KeyNotForThis:
    case Code::AuthWrongKey:
        return Meaning::tr("It stays sealed; nothing was written.");
    case Code::AuthAltered:
    case Code::AuthTruncated:
    case Code::AuthTrailingData:
    case Code::AuthBadSignature:
    case Code::AuthManifestMismatch:
    case Code::PackageLayout:
    case Code::PackageUnsafePath:
    case Code::PackageTooLarge:
        return Meaning::tr("It cannot be trusted. What had been opened was removed again.");
    case Code::AuthUnknownSigner:
        return Meaning::tr("It may be whole, but nobody you know vouches for it. Nothing was opened.");
    case Code::AuthReported:
        return Meaning::tr("Look at what was found before you rely on it.");
    case Code::JobUnsigned:
    case Code::JobUnknownSigner:
    case Code::JobExpired:
    case Code::JobNotYet:
    case Code::JobTooLong:
    case Code::JobOtherMachine:
    case Code::JobHostNotListed:
    case Code::JobReplayed:
    case Code::JobInvalid:
    case Code::JobNotFound:
    case Code::JobBusy:
        return Meaning::tr("The job was not begun, and no data was read for it.");
    case Code::InvitationInvalid:
    case Code::InvitationExpired:
    case Code::RegistrationInvalid:
    case Code::RegistrationKeyNotAccepted:
        return Meaning::tr("This machine has not been registered, and nothing about the platform was kept.");
    case Code::RegistrationMissing:
        return Meaning::tr("There are no jobs and no results without one; files can still be sealed and opened.");
    case Code::RegistrationExists:
        return Meaning::tr("The registration that is there was left as it is.");
    case Code::MachineRevoked:
        return Meaning::tr("It gives it no jobs and takes nothing from it. Your keys are kept, and what was sealed for "
                           "this machine still opens.");
    case Code::NetworkUnreachable:
    case Code::NetworkTimeout:
    case Code::PlatformFailed:
    case Code::PlatformAnswerInvalid:
    case Code::PlatformRejected:
    case Code::PlatformConflict:
    case Code::PlatformDenied:
        return Meaning::tr("Your data is as it was. Nothing half done was left behind.");
    case Code::BrokerUnreachable:
    case Code::BrokerTimeout:
    case Code::BrokerDenied:
    case Code::BrokerNoExchange:
    case Code::BrokerNoQueue:
    case Code::BrokerFull:
    case Code::BrokerBlocked:
    case Code::BrokerFailed:
        return Meaning::tr("Nothing is lost: what waits to be reported is kept on this machine, and sent later.");
    case Code::ClockWrong:
        return Meaning::tr("The storage refuses what is signed at a wrong time; nothing was sent.");
    case Code::NetworkTls:
    case Code::NetworkTlsUnknownCa:
    case Code::NetworkTlsExpired:
    case Code::NetworkTlsWrongHost:
    case Code::NetworkTlsTooOld:
    case Code::NetworkPlainHttp:
    case Code::NetworkRedirect:
        return Meaning::tr("No data and no password were sent there.");
    case Code::StorageFailed:
        return Meaning::tr("The dataset is not complete there. What was sealed is kept, to be sent on.");
    case Code::StorageDenied:
    case Code::StorageNotFound:
    case Code::StorageChanged:
    case Code::StorageChecksum:
        return Meaning::tr("The dataset is not complete there, and what had been sent was taken back.");
    case Code::DocumentInvalid:
    case Code::DocumentTooLarge:
    case Code::UsageWrong:
        return Meaning::tr("It was not used, and nothing was changed.");
    case Code::FileExists:
        return Meaning::tr("It was not overwritten.");
    case Code::FileNoSpace:
    case Code::FileNoPermission:
    case Code::FileNotFound:
    case Code::FileFailed:
        return Meaning::tr("No half-written file was left behind.");
    case Code::ProfileFailed:
        return Meaning::tr("Your data and keys are not touched by it, but nothing can be remembered.");
    case Code::Cancelled:
        return Meaning::tr("Nothing half done was left behind.");
    }
    return {};
}

} // namespace sealwright::ui
