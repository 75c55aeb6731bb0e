#include "app/cli/invocation.h"

namespace sealwright::cli {

Invocation::Invocation(const CommandSpec& spec, Globals globals, QStringList positional,
                       std::multimap<QString, QString> options, std::function<Outcome<Services>()> open, Output& output,
                       Cancel cancel)
    : m_spec(spec),
      m_globals(std::move(globals)),
      m_positional(std::move(positional)),
      m_options(std::move(options)),
      m_open(std::move(open)),
      m_output(output),
      m_cancel(std::move(cancel)) {}

std::string Invocation::positional(int index) const {
    return index < m_positional.size() ? m_positional[index].toStdString() : std::string();
}

std::vector<std::string> Invocation::positionals() const {
    std::vector<std::string> all;
    for (const QString& argument : m_positional)
        all.push_back(argument.toStdString());
    return all;
}

bool Invocation::has(const char* option) const {
    return m_options.count(QString::fromLatin1(option)) > 0;
}

std::string Invocation::value(const char* option) const {
    const auto found = m_options.find(QString::fromLatin1(option));
    return found == m_options.end() ? std::string() : found->second.toStdString();
}

std::vector<std::string> Invocation::values(const char* option) const {
    std::vector<std::string> all;
    const auto range = m_options.equal_range(QString::fromLatin1(option));
    for (auto entry = range.first; entry != range.second; ++entry)
        all.push_back(entry->second.toStdString());
    return all;
}

Outcome<Services*> Invocation::services() {
    if (!m_services) {
        auto opened = m_open();
        if (!opened)
            return opened.failed();
        m_services.emplace(std::move(*opened));
        if (m_services->spoolTrouble)
            m_output.warn(stableId(m_services->spoolTrouble->code),
                          "The folder chosen for temporary files cannot be used; they lie in the profile's for now.");
    }
    return &*m_services;
}

TaskContext Invocation::context() {
    TaskContext context;
    context.cancel = m_cancel;
    context.progress = [this](const TaskProgress& progress) { m_output.progress(progress); };
    return context;
}

} // namespace sealwright::cli
