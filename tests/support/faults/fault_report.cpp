#include "tests/support/faults/fault_report.h"

#include "app/cli/sentences.h"

#include <QJsonDocument>

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace sealwright::test {

namespace {

bool note(const FaultSeen& seen, const QString& code, const QString& ownerRead) {
    const QByteArray file = qgetenv("SEALWRIGHT_FAULT_REPORT");
    if (file.isEmpty())
        return true;
    const QJsonObject entry{{QStringLiteral("fault"), QString::fromStdString(seen.fault)},
                            {QStringLiteral("server"), QString::fromStdString(seen.server)},
                            {QStringLiteral("done"), QString::fromStdString(seen.done)},
                            {QStringLiteral("seen"), QString::fromStdString(seen.seen)},
                            {QStringLiteral("code"), code},
                            {QStringLiteral("owner_read"), ownerRead}};
    const QByteArray line = QJsonDocument(entry).toJson(QJsonDocument::Compact) + '\n';
    // One write to a file opened for appending is one piece, whoever else writes.
    const int descriptor = ::open(file.constData(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    const bool written =
        descriptor >= 0 && ::write(descriptor, line.constData(), static_cast<size_t>(line.size())) == line.size();
    if (descriptor >= 0)
        ::close(descriptor);
    if (!written)
        std::fprintf(stderr, "the fault report cannot be written: %s\n", file.constData());
    return written;
}

QString sentence(const std::string& what, const std::string& data, const std::string& next) {
    QStringList said;
    for (const std::string& one : {what, data, next})
        if (!one.empty())
            said << QString::fromStdString(one);
    return said.join(QLatin1Char(' '));
}

} // namespace

bool noteFault(const FaultSeen& seen) {
    return note(seen, QStringLiteral("ok"), QStringLiteral("nothing: the work went on"));
}

bool noteFault(const FaultSeen& seen, const Failure& failure) {
    const auto said = cli::sentencesFor(failure);
    return note(seen, QString::fromStdString(std::string(stableId(failure.code))),
                sentence(said.what, said.data, said.next));
}

bool noteFault(const FaultSeen& seen, const QJsonObject& said) {
    const QJsonObject error = said[QLatin1String("error")].toObject();
    if (error.isEmpty())
        return noteFault(seen);
    return note(seen, error[QLatin1String("code")].toString(),
                error[QLatin1String("message")].toString() + QLatin1Char(' ') +
                    error[QLatin1String("next")].toString());
}

} // namespace sealwright::test
