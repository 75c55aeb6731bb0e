#pragma once
#include "models/domain/failure.h"
#include "models/items/field_state.h"
#include "models/items/opener.h"

#include <QAbstractListModel>

#include <optional>
#include <vector>

namespace sealwright::items {

/// As the owner sees it. Expired and Refused are this machine's own judgement.
enum class JobStanding {
    WaitingForYou,
    Started,
    Running,
    Done,
    Failed,
    Declined,
    Cancelled,
    Returned,
    Expired,
    Refused,
    InLine,     ///< it is run here once others have ended
    Interrupted ///< sealed and checked, not all of it sent; it can be gone on with
};

struct DemandedField {
    QString path;
    FieldState least = FieldState::Sealed;
};

/// A job as a contract. Times in seconds since 1970, UTC.
struct JobRow {
    QString id, name, purpose;
    JobStanding standing = JobStanding::WaitingForYou;
    qint64 expires = 0, changed = 0;
    QString platform, platformWords, platformKid;
    bool localSource = false;           ///< the owner chooses a file
    QString mediaType;                  ///< "text/csv" … or empty
    QString sourceBucket, sourceObject; ///< where it is not local
    std::optional<quint64> sourceSize;
    QList<DemandedField> demands;
    QString endpointHost, bucket, prefix;
    Openers openers;
    std::optional<Failure> failure; ///< why it failed or was refused
    bool hasReceipt = false;
    bool reportPending = false; ///< how it ended here, the platform could not be told yet
};

/// The jobs of this machine. GUI thread.
class JobListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole + 1, PlatformRole, StandingRole, ExpiresRole, ChangedRole };
    using QAbstractListModel::QAbstractListModel;

    void setRows(std::vector<JobRow> rows);
    /// Changes one; nothing where there is no such job.
    void update(const JobRow& row);
    const std::vector<JobRow>& rows() const { return m_rows; }
    const JobRow* find(const QString& id) const;
    int waiting() const; ///< how many wait for the owner

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<JobRow> m_rows;
};

} // namespace sealwright::items
