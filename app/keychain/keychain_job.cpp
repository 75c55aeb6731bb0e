#include "app/keychain/keychain_job.h"

#include "app/base/wipe.h"
#include "app/keychain/main_thread_call.h"
#include "models/domain/cancel.h"

#include <QAbstractEventDispatcher>

#include <qt6keychain/keychain.h>

namespace sealwright::keychain {

namespace {

Code codeOf(QKeychain::Error error) {
    switch (error) {
    case QKeychain::EntryNotFound:
        return Code::KeyMissing;
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return Code::KeychainDenied;
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        return Code::KeychainNoService;
    case QKeychain::NoError:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError:
        break;
    }
    return Code::KeychainFailed;
}

Failure failureOf(const QKeychain::Job& job) {
    return Failure(codeOf(job.error()), {job.errorString().toStdString()});
}

/// Where QtKeychain goes by libsecret, its answers come through GLib's loop; a main thread that runs another one
/// (QT_NO_GLIB) would never hear them.
bool canHearAnswers() {
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN) && !defined(Q_OS_ANDROID)
    const auto* loop = QAbstractEventDispatcher::instance(QCoreApplication::instance()->thread());
    return loop && loop->inherits("QEventDispatcherGlib");
#else
    return true;
#endif
}

/// The job deletes itself once it has ended, whoever still waits for it.
template <class J, class T>
void start(J* job, const QString& key, std::function<void(Outcome<T>)> done, std::function<Outcome<T>(J&)> read) {
    if (!canHearAnswers()) {
        delete job;
        done(fail(Failure(Code::KeychainFailed, {"the event loop is not GLib's"})));
        return;
    }
    job->setKey(key);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, job, [job, done, read](QKeychain::Job*) {
        if (job->error() == QKeychain::NoError)
            done(read(*job));
        else
            done(fail(failureOf(*job)));
    });
    job->start();
}

} // namespace

Outcome<crypto::SecretBytes> readEntry(const EntryName& name) {
    using Done = std::function<void(Outcome<crypto::SecretBytes>)>;
    return callOnMainThread<crypto::SecretBytes>([name](Done done) {
        using Job = QKeychain::ReadPasswordJob;
        start<Job, crypto::SecretBytes>(new Job(name.service), name.key, std::move(done),
                                        [](Job& job) -> Outcome<crypto::SecretBytes> {
                                            QByteArray data = job.binaryData();
                                            const auto* bytes = reinterpret_cast<const Byte*>(data.constData());
                                            crypto::SecretBytes secret(ByteView(bytes, std::size_t(data.size())));
                                            wipe(data); // the job's too
                                            return secret;
                                        });
    });
}

Outcome<void> writeEntry(const EntryName& name, const crypto::SecretBytes& secret) {
    using Done = std::function<void(Outcome<void>)>;
    if (Cancel::current().cancelled())
        return fail(Code::Cancelled);
    const CancelScope begunIsEnded{Cancel()};
    const auto owned = std::make_shared<crypto::SecretBytes>(secret.clone());
    return callOnMainThread<void>([name, owned](Done done) {
        using Job = QKeychain::WritePasswordJob;
        auto* job = new Job(name.service);
        const ByteView bytes = owned->reveal();
        QByteArray data(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size()));
        job->setBinaryData(data);
        QObject::connect(job, &QObject::destroyed, [data]() mutable { wipe(data); });
        start<Job, void>(job, name.key, std::move(done), [](Job&) { return Outcome<void>(); });
    });
}

Outcome<void> deleteEntry(const EntryName& name) {
    using Done = std::function<void(Outcome<void>)>;
    if (Cancel::current().cancelled())
        return fail(Code::Cancelled);
    const CancelScope begunIsEnded{Cancel()};
    return callOnMainThread<void>([name](Done done) {
        using Job = QKeychain::DeletePasswordJob;
        start<Job, void>(new Job(name.service), name.key, std::move(done), [](Job&) { return Outcome<void>(); });
    });
}

} // namespace sealwright::keychain
