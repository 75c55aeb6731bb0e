#include "ui/common/words.h"

#include "ui/common/format.h"

#include <QCoreApplication>

namespace sealwright::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(sealwright::ui::Words)
};

} // namespace

using items::FieldState;
using items::JobStanding;

QString wordFor(FieldState state) {
    switch (state) {
    case FieldState::Readable:
        return Words::tr("Sent readable");
    case FieldState::Masked:
        return Words::tr("Masked");
    case FieldState::SameForm:
        return Words::tr("Sealed, same form");
    case FieldState::Joinable:
        return Words::tr("Sealed, joinable");
    case FieldState::Pseudonym:
        return Words::tr("Pseudonym");
    case FieldState::Sealed:
        return Words::tr("Sealed");
    case FieldState::LeftOut:
        return Words::tr("Left out");
    }
    return {};
}

QString meaningOf(FieldState state) {
    switch (state) {
    case FieldState::Readable:
        return Words::tr("Leaves this machine as it is. Everyone on the way can read it.");
    case FieldState::Masked:
        return Words::tr("Every character but those that stay becomes a star. It cannot be opened again.");
    case FieldState::SameForm:
        return Words::tr("Sealed, but keeps length and alphabet. Equal values stay recognisable as equal.");
    case FieldState::Joinable:
        return Words::tr("Sealed. Equal values stay recognisable as equal, so that tables can be joined.");
    case FieldState::Pseudonym:
        return Words::tr(
            "Becomes a code that stands for the value. It cannot be opened again; equal values get equal codes.");
    case FieldState::Sealed:
        return Words::tr("Only those who can open this dataset can read it.");
    case FieldState::LeftOut:
        return Words::tr("Does not leave this machine at all.");
    }
    return {};
}

Tone toneOf(FieldState state) {
    switch (state) {
    case FieldState::Readable:
        return Tone::Readable;
    case FieldState::Masked:
        return Tone::Masked;
    case FieldState::SameForm:
    case FieldState::Joinable:
    case FieldState::Pseudonym:
        return Tone::Joinable;
    case FieldState::Sealed:
        return Tone::Sealed;
    case FieldState::LeftOut:
        return Tone::LeftOut;
    }
    return Tone::Text;
}

QString wordFor(JobStanding standing) {
    switch (standing) {
    case JobStanding::WaitingForYou:
        return Words::tr("Waiting for you");
    case JobStanding::Started:
        return Words::tr("Begun");
    case JobStanding::Running:
        return Words::tr("Running");
    case JobStanding::InLine:
        return Words::tr("Waiting its turn");
    case JobStanding::Done:
        return Words::tr("Done");
    case JobStanding::Failed:
        return Words::tr("Failed");
    case JobStanding::Declined:
        return Words::tr("Declined");
    case JobStanding::Cancelled:
        return Words::tr("Cancelled");
    case JobStanding::Returned:
        return Words::tr("Given back");
    case JobStanding::Expired:
        return Words::tr("Expired");
    case JobStanding::Refused:
        return Words::tr("Refused");
    case JobStanding::Interrupted:
        return Words::tr("Interrupted");
    }
    return {};
}

Tone toneOf(JobStanding standing) {
    switch (standing) {
    case JobStanding::WaitingForYou:
    case JobStanding::Interrupted:
        return Tone::Readable;
    case JobStanding::Started:
    case JobStanding::Running:
    case JobStanding::InLine:
        return Tone::Accent;
    case JobStanding::Done:
        return Tone::Sealed;
    case JobStanding::Failed:
    case JobStanding::Refused:
        return Tone::Failed;
    case JobStanding::Declined:
    case JobStanding::Cancelled:
    case JobStanding::Returned:
    case JobStanding::Expired:
        return Tone::LeftOut;
    }
    return Tone::Text;
}

QString wordFor(const items::Opener& opener) {
    if (opener.thisMachine)
        return Words::tr("This machine");
    const QString name =
        opener.name.isEmpty() ? Words::tr("%1 (not known here)").arg(spacedWords(opener.words)) : opener.name;
    return opener.madeTheKey ? Words::tr("%1 — it made this key").arg(name) : name;
}

Tone toneOf(const items::Opener& opener) {
    return opener.thisMachine ? Tone::Sealed : Tone::Readable;
}

QString nameInSentence(const items::Opener& opener) {
    if (opener.thisMachine)
        return Words::tr("this machine");
    return opener.name.isEmpty() ? Words::tr("somebody not known here (%1)").arg(spacedWords(opener.words))
                                 : opener.name;
}

} // namespace sealwright::ui
