#pragma once
#include "models/domain/failure_equality.h"
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
    friend bool operator==(const DemandedField&, const DemandedField&) = default;
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
    QString brokerHost, exchange; ///< where events go; empty: to the platform itself
    Openers openers;
    std::optional<Failure> failure; ///< why it failed or was refused
    bool hasReceipt = false;
    bool reportPending = false; ///< how it ended here, the platform could not be told yet
    friend bool operator==(const JobRow&, const JobRow&) = default;
};

/// The jobs of this machine. What is set again as it was is told to nobody; of a few changes each is told by itself, so
/// that a view keeps its place. GUI thread.
class JobListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { IdRole = Qt::UserRole + 1, PlatformRole, StandingRole, ExpiresRole, ChangedRole };
    using QAbstractListModel::QAbstractListModel;

    /// settled() follows where anything is another than before.
    void setRows(std::vector<JobRow> rows);
    /// Changes one; nothing where there is no such job.
    void update(const JobRow& row);
    const std::vector<JobRow>& rows() const { return m_rows; }
    const JobRow* find(const QString& id) const;
    int waiting() const; ///< how many wait for the owner

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    void settled(); ///< after all steps of one change

private:
    /// Gives the rows the order and number of `rows`; nothing where that takes too many steps. The ids are right then.
    bool arrange(const std::vector<JobRow>& rows);
    /// Takes what differs, row by row; whether anything did.
    bool take(std::vector<JobRow> rows);

    std::vector<JobRow> m_rows;
};

} // namespace sealwright::items
