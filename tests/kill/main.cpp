#include "app/services/compose.h"
#include "models/tasks/event_delivery.h"
#include "models/tasks/job_run.h"
#include "models/tasks/upload_leftovers.h"
#include "tests/kill/mortal_services.h"

#include <QCoreApplication>
#include <QStringList>

#include <cstdio>
#include <thread>

// One run of one job as sealwright-cli makes it, in a process that ends by SIGKILL at a named point:
//   sealwright-mortal PROFILE KEYSTORE PASSPHRASE-FILE JOB-ID INPUT POINT [straight]
// Ends with 3 where the run came by no such point, and with 2 where it could not begin.

namespace {

using namespace sealwright;

int carryOut(const QStringList& arguments) {
    Configuration configuration;
    configuration.configDir = arguments[1].toStdString();
    configuration.keystore = "file:" + arguments[2].toStdString();
    configuration.passphrase.file = arguments[3].toStdString();
    const auto services = openServices(configuration);
    if (!services)
        return 2;
    kill::endAt(arguments[6].toStdString());
    const Services mortal = kill::mortal(*services);
    TaskContext context;
    context.progress = kill::follow;
    (void)deliverEvents(mortal, context);
    (void)tidyUploads(mortal, context, longestTidyingAside);
    RunRequest request;
    request.jobId = arguments[4].toStdString();
    request.inputPath = arguments[5].toStdString();
    request.straightThrough = arguments.size() == 8;
    const auto receipt = runJob(mortal, request, context);
    std::fprintf(stderr, "%s\n", receipt ? "done" : std::string(stableId(receipt.error().code)).c_str());
    return 3;
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 7 && !(arguments.size() == 8 && arguments[7] == QLatin1String("straight")))
        return 2;
    std::thread worker([&] {
        const int status = carryOut(arguments);
        QMetaObject::invokeMethod(
            &application, [status] { QCoreApplication::exit(status); }, Qt::QueuedConnection);
    });
    const int status = QCoreApplication::exec();
    worker.join();
    return status;
}
