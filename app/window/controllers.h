#pragma once
#include "app/window/files_controller.h"
#include "app/window/machine_controller.h"
#include "app/window/outbox_controller.h"
#include "app/window/registration_controller.h"
#include "app/window/results_controller.h"
#include "app/window/run_controller.h"
#include "app/window/settings_controller.h"

namespace sealwright::window {

/// All controllers of the window, and what one has to tell another. Outlives the window; GUI thread.
class Controllers : public QObject {
    Q_OBJECT
public:
    /// `configDir` is what openServices() was given.
    Controllers(Services services, views::Session& session, std::string configDir);

    /// What the profile knows, before the window is made: no network, no secret.
    void load();
    /// What the platform knows, once the window is there.
    void refresh();

private:
    Desk m_desk;
    MachineController m_machine;
    RegistrationController m_registration;
    JobsController m_jobs;
    FieldsController m_fields;
    RunController m_run;
    OutboxController m_outbox;
    FilesController m_files;
    ResultsController m_results;
    SettingsController m_settings;
};

} // namespace sealwright::window
