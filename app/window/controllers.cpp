#include "app/window/controllers.h"

namespace sealwright::window {

Controllers::Controllers(Services services, views::Session& session, std::string configDir)
    : m_desk{std::move(services), session, std::move(configDir)},
      m_machine(m_desk, nullptr),
      m_registration(m_desk, nullptr),
      m_jobs(m_desk, nullptr),
      m_fields(m_desk, m_jobs, nullptr),
      m_run(m_desk, m_jobs, nullptr),
      m_outbox(m_desk, nullptr),
      m_files(m_desk, nullptr),
      m_results(m_desk, nullptr),
      m_settings(m_desk, nullptr) {
    connect(&m_machine, &MachineController::peopleChanged, &m_files, &FilesController::loadPeople);
    connect(&m_registration, &RegistrationController::registered, this, [this] {
        load();
        refresh();
    });
    connect(&m_settings, &SettingsController::platformRenamed, this, [this] {
        m_machine.load();
        m_jobs.refresh();
    });
    connect(&m_jobs, &JobsController::platformHeard, this, [this] {
        const auto revoked = isRevoked(m_desk.services);
        if (revoked && *revoked != (m_desk.session.machine.facts().revokedAt != 0))
            m_machine.load();
    });
    connect(&m_fields, &FieldsController::runWanted, &m_run, &RunController::start);
    connect(&m_run, &RunController::ended, this, [this] {
        m_jobs.refresh();
        m_results.refresh();
        m_outbox.sendNow();
    });
    connect(&m_outbox, &OutboxController::told, this, [this] {
        m_jobs.refresh();
        m_results.refresh();
        m_run.receiptChanged();
    });
}

void Controllers::load() {
    m_machine.load();
    m_files.loadPeople();
    m_settings.load();
}

void Controllers::refresh() {
    m_machine.checkHealth();
    m_outbox.sendNow();
    m_jobs.refresh();
    m_results.refresh();
}

} // namespace sealwright::window
