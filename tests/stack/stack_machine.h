#pragma once
#include "app/s3/s3_store.h"
#include "app/s3/upload_calls.h"
#include "app/services/compose.h"
#include "models/tasks/event_delivery.h"
#include "models/tasks/event_reporter.h"
#include "models/tasks/job_run.h"
#include "tests/cli/cli_machine.h"
#include "tests/stack/stack_support.h"
#include "tests/support/outcome_code.h"
#include "tests/support/platform/job_order.h"
#include "tests/support/platform/told_events.h"

namespace sealwright::test {

using tests::codeOf;

/// A platform on the stack and one machine of its, whose jobs run inside the test, so that something can be done to a
/// server at an exact step, or by the command line. Use it on the test's main thread.
class StackMachine {
public:
    PlatformProcess platform;
    tests::CliMachine cli;
    std::optional<Services> services; ///< of the machine's profile; see restart()
    std::string machineId;

    /// Starts the platform, registers the machine; jobs report to the broker unless their order says otherwise. Empty
    /// where that went well; else what was said.
    QByteArray start(const QStringList& more = {}) {
        // The invitation pins the broker's authority by its hash.
        if (!platform.startOnStack(
                QStringList{QStringLiteral("--demo"), QStringLiteral("--feedback"), QStringLiteral("amqp")} + more))
            return platform.log();
        const auto said = cli.run({QStringLiteral("register"), QStringLiteral("--invite"), QStringLiteral("-"),
                                   QStringLiteral("--name"), QStringLiteral("Ward 3")},
                                  QByteArray::fromStdString(platform.invitation()));
        machineId = said.json()[QLatin1String("machine_id")].toString().toStdString();
        return said.status == 0 && restart() ? QByteArray() : said.out + said.err;
    }

    /// As a new process of the program would: what it knows is what the profile has.
    bool restart() {
        services.reset();
        Configuration configuration;
        configuration.keystore = "file:" + cli.path(QStringLiteral("keys")).toStdString();
        configuration.passphrase.file = cli.path(QStringLiteral("passphrase")).toStdString();
        configuration.configDir = cli.path(QStringLiteral("profile")).toStdString();
        auto opened = openServices(configuration);
        if (opened)
            services = std::move(*opened);
        return opened.ok();
    }

    /// A fresh job; empty where none was made. It reports to the broker.
    std::string order(crypto::JsonObject source, crypto::JsonObject more = {}) {
        return placeForId(platform,
                          {machineId, "One", std::move(source), {{"version", 1}}, "loader/tests/", std::move(more)});
    }
    /// people.csv, of about that size.
    bool writePeople(qsizetype size = 40'000) const {
        QByteArray people = "name,ward\n";
        while (people.size() < size)
            people += "Somebody " + QByteArray::number(people.size()) + ",3\n";
        return tests::writeFile(cli.work(QStringLiteral("people.csv")), people);
    }

    /// `told` hears of all progress, on this thread or the run's.
    Outcome<Receipt> run(const std::string& jobId, const std::function<void(const TaskProgress&)>& told,
                         bool file = true) {
        TaskContext context;
        context.progress = told;
        RunRequest request;
        request.jobId = jobId;
        if (file)
            request.inputPath = cli.work(QStringLiteral("people.csv")).toStdString();
        return runJob(*services, request, context);
    }
    /// `at` is called once, when the run comes to that step.
    Outcome<Receipt> runUntil(const std::string& jobId, Step step, const std::function<void()>& at) {
        bool called = false;
        return run(jobId, [&](const TaskProgress& progress) {
            if (progress.step == step && !std::exchange(called, true))
                at();
        });
    }
    Delivery deliver() {
        TaskContext context;
        const auto delivery = deliverEvents(*services, context);
        return delivery ? *delivery : Delivery{99, 99, delivery.error()};
    }

    ToldEvents there(const std::string& jobId) { return toldOf(platform, jobId); }

    /// The store as its administrator sees it.
    StoreAccess store() const {
        static const StorageCredentials root{stackValue("S3_ACCESS_KEY").toStdString(),
                                             crypto::SecretBytes(asBytes(stackValue("S3_SECRET_KEY").toStdString())),
                                             {},
                                             {}};
        return {
            stackValue("S3_ENDPOINT").toStdString(), stackValue("S3_REGION").toStdString(), "cohort", &root, {}, {}};
    }
    /// Objects of a job's dataset, "999" where that cannot be told, and uploads of it that nobody finished.
    std::size_t stored(const std::string& jobId) {
        std::size_t found = 0;
        for (const char* ending : {".csv", ".csv.manifest.json", ".csv.manifest.jws"}) {
            const auto facts = services->store->head(store(), objectOf(jobId, ending), {});
            if (!facts && facts.error().code != Code::StorageNotFound)
                return 999;
            found += facts.ok();
        }
        return found;
    }
    std::size_t unfinished(const std::string& jobId) {
        const auto ids = s3::listUploads({m_network, store(), objectOf(jobId, ".csv")}, Cancel());
        return ids ? ids->size() : 999;
    }
    /// Nothing that a job makes on its way is left on this machine's disk.
    bool nothingIsLeftHere() const {
        for (const std::string& folder : {services->spoolFolder, services->keptFolder})
            if (!QDir(QString::fromStdString(folder)).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot))
                return false;
        return true;
    }
    net::NetworkThread& network() { return m_network; }

private:
    static std::string objectOf(const std::string& jobId, const char* ending) {
        return "loader/tests/" + jobId + ending;
    }
    net::NetworkThread m_network;
};

} // namespace sealwright::test
