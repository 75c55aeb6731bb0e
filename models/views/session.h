#pragma once
#include "models/views/fields_view.h"
#include "models/views/files_view.h"
#include "models/views/jobs_view.h"
#include "models/views/keys_view.h"
#include "models/views/machine_view.h"
#include "models/views/registration_view.h"
#include "models/views/results_view.h"
#include "models/views/run_view.h"
#include "models/views/settings_view.h"
#include "models/views/unlock_view.h"

namespace sealwright::views {

/// Every view model of the window in one place. It knows no task and no port: the window shows it and calls its
/// commands, and whoever carries them out listens to the …Wanted signals and answers with the setters. GUI thread;
/// outlives the window.
class Session : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    MachineView machine;
    JobsView jobs;
    FieldsView fields;
    RunView run;
    FilesView files;
    ResultsView results;
    KeysView keys;
    SettingsView settings;
    RegistrationView registration;
    UnlockView unlock;

    /// Something was dropped on the window or opened with the program: a `.sealed` and other files go to Files, an
    /// invitation to registration. Tells the window which page to show. One file alone may be an invitation: whoever
    /// answers lookWanted() looks into it, and says so with takeInvitation() or takeFiles().
    void take(const QStringList& paths);
    void takeInvitation(const QString& path);
    void takeFiles(const QStringList& paths);

Q_SIGNALS:
    void lookWanted(const QString& path);
    void invitationTaken();
    void filesTaken();
};

} // namespace sealwright::views
