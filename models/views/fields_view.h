#pragma once
#include "models/domain/dialect.h"
#include "models/domain/policy.h"
#include "models/items/field_tree_model.h"
#include "models/items/opener.h"
#include "models/items/preview_table_model.h"
#include "models/views/page_view.h"

#include <optional>

namespace sealwright::views {

struct SourceFacts {
    enum class Kind { Csv, Json, JsonLines };
    QString name;
    quint64 size = 0;               ///< bytes
    std::optional<quint64> records; ///< once counted
    Kind kind = Kind::Csv;
    QChar delimiter = u',';
    bool header = true, quoting = true;
    QString encoding;
    QString recordsAt; ///< of a JSON; empty: the whole
    DialectWish wish;  ///< what the owner overruled of it
};

/// The job whose fields are chosen.
struct FieldsJob {
    QString id, name, platform, storageHost;
    Policy policy;                ///< the least that the job asks for
    std::optional<Policy> chosen; ///< what the owner had chosen before
    items::Openers openers;
};

/// The Fields page. The tree is made from the first preview; every change of a state asks for another, and keeps the
/// choice with the job. Whoever makes previews answers previewWanted() with setPreview(); an answer to an older request
/// is dropped by its generation.
class FieldsView : public PageView {
    Q_OBJECT
public:
    explicit FieldsView(QObject* parent = nullptr);

    void open(const FieldsJob& job, const SourceFacts& source);
    void setRecords(quint64 records);
    void setPreview(quint64 generation, const QStringList& paths, items::PreviewRows before, items::PreviewRows after);
    quint64 generation() const { return m_generation; }
    /// Bytes of what is sent a second, over a whole run: for the time that is told.
    void setRate(double bytesPerSecond);

    const FieldsJob& job() const { return m_job; }
    const SourceFacts& source() const { return m_source; }
    /// Of the tables, which have the first ones of them; the tree has all.
    static constexpr int mostColumns = 1000;
    items::FieldTreeModel* fields() { return &m_fields; }
    items::PreviewTableModel* before() { return &m_before; }
    items::PreviewTableModel* after() { return &m_after; }

    int fieldCount() const { return static_cast<int>(m_fields.leaves().size()); }
    QStringList withState(items::FieldState state) const;
    /// Of Joinable, Pseudonym and SameForm: equal values can be seen to be equal.
    QStringList recognisable() const;
    /// The alphabet that fits the shown values of these leaves; empty where none does.
    QString alphabetFor(const std::vector<int>& leaves) const;
    /// What the owner wants beyond the job's policy. As yet without a tree: what was chosen before, else everything
    /// sealed.
    Policy ownerPolicy() const;
    /// Bytes that will leave, judged by the preview; 0 as yet.
    quint64 estimatedSize() const;
    /// Nothing before it is known how fast this machine is.
    std::optional<quint64> estimatedSeconds() const;
    bool ready() const { return m_tree && !failure(); }

    /// Asks for the data to be read so; the answer is open().
    void readAs(const DialectWish& wish) { Q_EMIT readingWanted(wish); }
    /// `straight`: sealed and sent in one go, with nothing put on the disk.
    void start(bool straight);
    void leave() { Q_EMIT left(); }

Q_SIGNALS:
    void previewWanted(quint64 generation);
    void policyChosen();
    void readingWanted(const sealwright::DialectWish& wish);
    void runWanted(bool straight);
    void opened();
    void left();

private:
    void makeTree(const QStringList& paths);
    void onChoices();

    FieldsJob m_job;
    SourceFacts m_source;
    items::FieldTreeModel m_fields;
    items::PreviewTableModel m_before, m_after;
    items::PreviewRows m_samples;
    double m_shown = 0, m_growth = 0; ///< characters of the records shown, and how many more leave
    std::size_t m_shownRecords = 0;
    double m_rate = 0;
    quint64 m_generation = 0;
    bool m_tree = false;
};

} // namespace sealwright::views
