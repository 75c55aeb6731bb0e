#include "ui/common/error_sentences.h"
#include "ui/common/format.h"

#include <QCoreApplication>
#include <QStringList>

namespace sealwright::ui {
namespace {

struct Happened {
    Q_DECLARE_TR_FUNCTIONS(sealwright::ui::Happened)
};

QString firstFact(const Failure& failure) {
    return failure.facts.empty() ? QString() : QString::fromStdString(failure.facts.front());
}

QString allFacts(const Failure& failure) {
    QStringList facts;
    for (const std::string& fact : failure.facts)
        facts.append(QString::fromStdString(fact));
    return facts.join(QStringLiteral(", "));
}

/// " (record 12, field iban)", or nothing.
QString place(const Failure& failure) {
    QStringList parts;
    if (failure.where.record)
        parts.append(Happened::tr("record %1").arg(count(*failure.where.record + 1)));
    if (!failure.where.field.empty())
        parts.append(Happened::tr("field %1").arg(QString::fromStdString(failure.where.field)));
    if (parts.isEmpty() && failure.where.byte)
        parts.append(Happened::tr("byte %1").arg(count(*failure.where.byte)));
    return parts.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(parts.join(QStringLiteral(", ")));
}

QString clockSentence(const Failure& failure) {
    const QString off = duration(firstFact(failure).toULongLong());
    return failure.facts.size() > 1 && failure.facts[1] == "behind"
               ? Happened::tr("This machine's clock is %1 behind the storage's").arg(off)
               : Happened::tr("This machine's clock is %1 ahead of the storage's").arg(off);
}

/// " “name”", or nothing.
QString quoted(const QString& name) {
    return name.isEmpty() ? QString() : QStringLiteral(" “%1”").arg(name);
}

QString sentence(const Failure& failure) {
    const QString fact = firstFact(failure);
    switch (failure.code) {
    case Code::InternalBug:
        return Happened::tr("Something went wrong inside the program");
    case Code::UsageWrong:
        return Happened::tr("The program was asked for something that it does not understand");
    case Code::UsageNoRecipient:
        return Happened::tr("Nobody was chosen who could open it");
    case Code::UsageTooManyRecipients:
        return Happened::tr("More than 1,000 were chosen who could open it");
    case Code::DataNotReadable:
        return Happened::tr("The data could not be read");
    case Code::DataEncodingUnsupported:
        return Happened::tr("The data's character encoding%1 is not supported").arg(quoted(fact));
    case Code::DataEncodingUtf16:
        return Happened::tr("The data is in UTF-16 or UTF-32");
    case Code::DataHeaderUndecodable:
        return Happened::tr("A column's name cannot be read in the data's character encoding");
    case Code::DataCsvUnclosedQuote:
        return Happened::tr("A quotation mark is opened and never closed");
    case Code::DataCsvTextAfterQuote:
        return Happened::tr("There is text after a closing quotation mark");
    case Code::DataCsvDropsEveryColumn:
        return Happened::tr("Every column would be left out");
    case Code::DataJsonSyntax:
        return Happened::tr("The data is not valid JSON");
    case Code::DataJsonNotUtf8:
        return Happened::tr("The JSON data is not valid UTF-8");
    case Code::DataJsonLoneSurrogate:
        return Happened::tr("A name in the JSON data holds half a character");
    case Code::DataJsonTooDeep:
        return Happened::tr("The JSON data is nested more than 256 deep");
    case Code::DataJsonNoRecords:
        return Happened::tr("There are no records where they should be%1").arg(quoted(fact));
    case Code::DataUnflattenConflict:
        return Happened::tr("Two names in a record cannot both be made into one structure");
    case Code::DataRecordTooLong:
        return Happened::tr("A record is longer than 64 MiB");
    case Code::DataTooManyColumns:
        return Happened::tr("There are more than 100,000 columns");
    case Code::DataTooManyRecords:
        return Happened::tr("There are more records than one run can hold");
    case Code::DataChangedWhileRead:
        return Happened::tr("The file was changed by somebody else while it was read");
    case Code::DataMediaTypeUnknown:
        return Happened::tr("This is neither CSV nor JSON%1").arg(quoted(fact));
    case Code::DataManifestTooLarge:
        return Happened::tr("There are too many fields to list them in one manifest");
    case Code::DataManifestRefused:
        return Happened::tr("The manifest would not be one that readers accept%1").arg(quoted(allFacts(failure)));
    case Code::ValueUndecodable:
        return Happened::tr("A value cannot be read in the data's character encoding");
    case Code::ValueNotForFpe:
        return Happened::tr("A value cannot be sealed in the same form: it is too short, too long or of another kind");
    case Code::ValueNotForMask:
        return Happened::tr("A value cannot be masked: it is a list or an object");
    case Code::ValueNotForAction:
        return Happened::tr("A value does not fit what was chosen for its field");
    case Code::PolicyInvalid:
        return Happened::tr("The choice of fields is not valid%1").arg(quoted(allFacts(failure)));
    case Code::PolicyPathNotThere:
        return Happened::tr("A field that is asked for is not in the data%1").arg(quoted(fact));
    case Code::PolicyPathTwice:
        return Happened::tr("A field is named twice%1").arg(quoted(fact));
    case Code::PolicyTooLarge:
        return Happened::tr("A policy with so many fields is larger than is allowed");
    case Code::PolicyWeakerThanJob:
        return Happened::tr("The job demands more protection than was chosen%1").arg(quoted(allFacts(failure)));
    case Code::DocumentInvalid:
        return Happened::tr("A document is not of the form it should have%1").arg(quoted(fact));
    case Code::DocumentTooLarge:
        return Happened::tr("A document is larger than is allowed");
    case Code::KeyMissing:
        return Happened::tr("This machine's key was not found in its keystore");
    case Code::KeyExists:
        return Happened::tr("This machine has keys already");
    case Code::KeyUnrecorded:
        return Happened::tr("One of this machine's two keys is in its keystore, and nothing is known of it");
    case Code::KeyWrong:
        return Happened::tr("The key in the keystore is not the one that this machine made");
    case Code::KeyNotForThis:
        return Happened::tr("This data was not sealed for this machine");
    case Code::KeyRotating:
        return Happened::tr("The keys are being rotated already");
    case Code::KeyPassphraseWrong:
        return Happened::tr("The passphrase is not right");
    case Code::KeychainLocked:
        return failure.where.file.empty() ? Happened::tr("The system keychain is locked")
                                          : Happened::tr("This machine's keys are locked");
    case Code::KeychainDenied:
        return Happened::tr("The system keychain did not let this program in");
    case Code::KeychainNoService:
        return Happened::tr("There is no system keychain running");
    case Code::KeychainFailed:
        return Happened::tr("The system keychain failed");
    case Code::AuthAltered:
        return Happened::tr("The data was changed after it was sealed");
    case Code::AuthTruncated:
        return Happened::tr("The end of the data is missing");
    case Code::AuthTrailingData:
        return Happened::tr("Something was added after the end of the data");
    case Code::AuthBadSignature:
        return Happened::tr("The signature does not fit");
    case Code::AuthUnknownSigner:
        return Happened::tr("It is signed by somebody whom this machine does not know");
    case Code::AuthManifestMismatch:
        return Happened::tr("The data is not what its description says%1").arg(quoted(fact));
    case Code::AuthWrongKey:
        return Happened::tr("The key does not belong to this data");
    case Code::AuthReported:
        return Happened::tr("The data could be opened, but not everything about it is in order");
    case Code::PackageLayout:
        return Happened::tr("The sealed file is not built as it must be");
    case Code::PackageUnsafePath:
        return Happened::tr("The sealed file holds a name that could be written outside its folder");
    case Code::PackageTooLarge:
        return Happened::tr("A file inside is larger than the sealed file says");
    case Code::PackageSymlink:
        return Happened::tr("There is a symbolic link in the folder%1").arg(quoted(fact));
    case Code::PackagePathNotPortable:
        return Happened::tr("A file's name cannot be used on every system%1").arg(quoted(fact));
    case Code::PackageTooManyFiles:
        return Happened::tr("There are more files than one package can list");
    case Code::JobUnsigned:
        return Happened::tr("The job is not signed by the platform that this machine knows");
    case Code::JobUnknownSigner:
        return Happened::tr("The job is signed by a key that is not known as the platform's");
    case Code::JobExpired:
        return Happened::tr("The job's time is over");
    case Code::JobNotYet:
        return Happened::tr("The job claims to be made in the future");
    case Code::JobTooLong:
        return Happened::tr("The job would be open for more than 30 days");
    case Code::JobOtherMachine:
        return Happened::tr("The job is for another machine");
    case Code::JobHostNotListed:
        return Happened::tr("The job wants to send data to a server that the platform never named%1").arg(quoted(fact));
    case Code::JobReplayed:
        return Happened::tr("The job was answered before");
    case Code::JobInvalid:
        return Happened::tr("The job is not of the form it should have%1").arg(quoted(fact));
    case Code::JobSourceMismatch:
        return Happened::tr("The source is not the one that the job describes");
    case Code::JobNeedsInput:
        return Happened::tr("The job asks for a file of your choice");
    case Code::JobNotFound:
        return Happened::tr("The platform does not know this job any more");
    case Code::JobBusy:
        return Happened::tr("This job is being worked on already");
    case Code::WorkerRunning:
        return Happened::tr("Jobs are being taken up by another program of this profile already");
    case Code::JobCheckFailed:
        return Happened::tr("Opened again, a value was not the one that had been sealed");
    case Code::InvitationInvalid:
        return Happened::tr("This is not an invitation that can be read");
    case Code::InvitationExpired:
        return Happened::tr("The invitation's time is over");
    case Code::RegistrationInvalid:
        return Happened::tr("The platform's answer to the registration cannot be trusted");
    case Code::RegistrationKeyNotAccepted:
        return Happened::tr("The platform's key was not accepted");
    case Code::RegistrationMissing:
        return Happened::tr("This machine is not registered with a platform");
    case Code::RegistrationExists:
        return Happened::tr("This machine is registered with a platform already");
    case Code::MachineRevoked:
        return Happened::tr("The platform has revoked this machine");
    case Code::NetworkUnreachable:
        return Happened::tr("The server%1 cannot be reached").arg(quoted(fact));
    case Code::NetworkTimeout:
        return Happened::tr("The server%1 did not answer in time").arg(quoted(fact));
    case Code::NetworkTls:
        return Happened::tr("The server's certificate cannot be trusted");
    case Code::NetworkTlsUnknownCa:
        return Happened::tr("Nobody whom this machine trusts vouches for the server%1").arg(quoted(fact));
    case Code::NetworkTlsExpired:
        return Happened::tr("The certificate of the server%1 is out of its time").arg(quoted(fact));
    case Code::NetworkTlsWrongHost:
        return Happened::tr("The server%1 shows a certificate of another one").arg(quoted(fact));
    case Code::NetworkTlsTooOld:
        return Happened::tr("The connection that the server%1 offers is of a kind that is no longer safe")
            .arg(quoted(fact));
    case Code::NetworkPlainHttp:
        return Happened::tr("The address is not protected by https%1").arg(quoted(fact));
    case Code::NetworkRedirect:
        return Happened::tr("The server wants to send this machine somewhere else");
    case Code::PlatformDenied:
        return Happened::tr("The platform does not let this machine in");
    case Code::PlatformConflict:
        return Happened::tr("The platform says that this was dealt with otherwise in the meantime");
    case Code::PlatformRejected:
        return Happened::tr("The platform did not accept the request");
    case Code::PlatformFailed:
        return Happened::tr("The platform failed");
    case Code::PlatformAnswerInvalid:
        return Happened::tr("The platform's answer cannot be read");
    case Code::BrokerUnreachable:
        return Happened::tr("The message broker%1 that the job reports to cannot be reached").arg(quoted(fact));
    case Code::BrokerTimeout:
        return Happened::tr("The message broker%1 that the job reports to did not answer in time").arg(quoted(fact));
    case Code::BrokerDenied:
        return Happened::tr("The message broker%1 does not let the job's report in").arg(quoted(fact));
    case Code::BrokerNoExchange:
        return Happened::tr("The message broker%1 does not know the exchange that the job names").arg(quoted(fact));
    case Code::BrokerNoQueue:
        return Happened::tr("At the message broker%1 nobody would get the job's report").arg(quoted(fact));
    case Code::BrokerFull:
        return Happened::tr("The queue of the message broker%1 is full").arg(quoted(fact));
    case Code::BrokerBlocked:
        return Happened::tr("The message broker%1 takes nothing now: it is short of memory or disk").arg(quoted(fact));
    case Code::BrokerFailed:
        return Happened::tr("The message broker%1 failed").arg(quoted(fact));
    case Code::StorageDenied:
        return Happened::tr("The storage does not let this machine in");
    case Code::StorageNotFound:
        return Happened::tr("The storage does not have it%1").arg(quoted(fact));
    case Code::StorageFailed:
        return Happened::tr("The storage failed");
    case Code::StorageChanged:
        return Happened::tr("The source in the storage was changed while it was read");
    case Code::StorageChecksum:
        return Happened::tr("What arrived in the storage is not what was sent");
    case Code::ClockWrong:
        return clockSentence(failure);
    case Code::FileExists:
        return Happened::tr("There is a file of that name already%1").arg(quoted(fact));
    case Code::FileNoSpace:
        return Happened::tr("The disk is full");
    case Code::FileNoPermission:
        return Happened::tr("There is no permission to write or read here%1").arg(quoted(fact));
    case Code::FileNotFound:
        return Happened::tr("The file is not there%1").arg(quoted(fact));
    case Code::FileFailed:
        return Happened::tr("The file could not be written or read%1").arg(quoted(fact));
    case Code::ProfileFailed:
        return Happened::tr("The program's own records cannot be read or written");
    case Code::SelfTestFailed:
        return Happened::tr("The cipher library gave a wrong answer in its self-test");
    case Code::CryptoFailed:
        return Happened::tr("The cipher library failed");
    case Code::Cancelled:
        return Happened::tr("Cancelled");
    }
    return {};
}

} // namespace

QString whatHappened(const Failure& failure) {
    return Happened::tr("%1%2.", "sentence, place in the data").arg(sentence(failure), place(failure));
}

} // namespace sealwright::ui
