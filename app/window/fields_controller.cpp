#include "app/window/fields_controller.h"

#include "models/pipeline/profile.h"
#include "models/tasks/job_gate.h"
#include "models/tasks/job_manifest.h"
#include "models/tasks/pace.h"
#include "models/tasks/sealing.h"

#include <QFileInfo>
#include <QUrl>

#include <chrono>
#include <unordered_set>
#include <utility>

namespace sealwright::window {

namespace {

constexpr std::size_t previewRecords = 50;

views::SourceFacts::Kind kindOf(MediaType type) {
    switch (type) {
    case MediaType::Csv:
        return views::SourceFacts::Kind::Csv;
    case MediaType::Json:
        return views::SourceFacts::Kind::Json;
    case MediaType::JsonLines:
        return views::SourceFacts::Kind::JsonLines;
    }
    return views::SourceFacts::Kind::Csv;
}

items::PreviewRows toItems(const std::vector<std::vector<pipeline::Preview::Cell>>& rows) {
    items::PreviewRows list;
    for (const auto& row : rows) {
        auto& cells = list.emplace_back();
        for (const auto& cell : row)
            cells.push_back({text(cell.text), cell.present, cell.isNull});
    }
    return list;
}

/// What is new in `further`; a path below one that is there already belongs to a container that is taken whole.
void addMissing(std::vector<std::string>& paths, const std::vector<std::string>& further) {
    const std::unordered_set<std::string> there(paths.begin(), paths.end());
    const auto covered = [&there](const std::string& path) {
        for (std::size_t i = 1; i < path.size(); ++i)
            if ((path[i] == '.' || path[i] == '[') && path[i - 1] != '\\' && there.count(path.substr(0, i)) > 0)
                return true;
        return there.count(path) > 0;
    };
    for (const std::string& path : further)
        if (!covered(path))
            paths.push_back(path);
}

/// The first records as they are and as they would leave, under keys that are thrown away. `further` are fields that
/// these records do not have: they get columns without cells, for there may be a hundred thousand.
Outcome<pipeline::Preview> makePreview(const ChosenSource& chosen, const Policy& ownerPolicy,
                                       const std::vector<std::string>& further) {
    pipeline::EncryptRequest request;
    request.mediaType = chosen.sniffed.mediaType;
    request.dialect = chosen.sniffed.dialect;
    const crypto::SecretBytes dek = crypto::freshDek();
    const crypto::SecretBytes joinKey = crypto::freshDek();
    request.keys.dek = &dek;
    request.keys.datasetId = chosen.job.datasetId;
    request.keys.version = chosen.job.key.version;
    if (chosen.job.joinKey) {
        request.keys.joinKey = &joinKey;
        request.keys.joinVersion = chosen.job.joinKey->version;
    }
    request.runId = crypto::freshRunId();
    request.policy.unflatten = unflattens(chosen.job.policy, ownerPolicy);
    // The leaves of the shown records first: policies are compared and combined leaf by leaf.
    const auto plain = pipeline::previewDataset(*chosen.source, request, previewRecords);
    if (!plain)
        return plain;
    std::vector<std::string> leaves = plain->paths;
    addMissing(leaves, further);
    auto combined = combinePolicies(chosen.job.policy, ownerPolicy, leaves);
    if (!combined)
        return combined.failed();
    request.policy = std::move(*combined);
    request.runId = crypto::freshRunId();
    auto preview = pipeline::previewDataset(*chosen.source, request, previewRecords);
    if (!preview)
        return preview;
    addMissing(preview->paths, further);
    return preview;
}

/// How the owner wanted a job's data to be read, as a setting.
std::string readingOf(const std::string& jobId) {
    return "reading." + jobId;
}

Outcome<DialectWish> keptReading(Ledger& ledger, const std::string& jobId) {
    const auto kept = ledger.setting(readingOf(jobId));
    if (!kept)
        return kept.failed();
    const auto json = crypto::parseControlJson(kept->value_or("{}"));
    auto wish = json ? dialectWishFromJson(*json, std::nullopt) : Outcome<DialectWish>(DialectWish());
    return wish ? std::move(wish) : Outcome<DialectWish>(DialectWish());
}

/// The job as the page shows it, with what the owner chose before.
Outcome<views::FieldsJob> factsOf(const Services& services, const Job& job, const std::string& platformName) {
    const auto known = knownKeys(services);
    if (!known)
        return known.failed();
    const auto record = services.ledger->job(job.jobId);
    if (!record)
        return record.failed();
    views::FieldsJob facts;
    facts.id = text(job.jobId);
    facts.name = text(job.name);
    facts.platform = text(platformName);
    facts.storageHost = QUrl(text(job.endpoint)).authority();
    facts.policy = job.policy;
    if (*record && (*record)->policyJson)
        if (auto policy = parsePolicy(*(*record)->policyJson))
            facts.chosen = std::move(*policy);
    facts.openers = window::toItems(openersOf(job, *known, platformName));
    return facts;
}

/// A pass over the source, and how fast it was.
struct Counted {
    pipeline::Profile profile;
    std::optional<double> pace;
};

} // namespace

FieldsController::FieldsController(Desk& desk, JobsController& jobs, QObject* parent)
    : QObject(parent), m_desk(desk), m_jobs(jobs), m_view(desk.session.fields) {
    connect(&m_jobs, &JobsController::fieldsWanted, this, &FieldsController::open);
    connect(&m_desk.session.jobs, &views::JobsView::cancelOpeningWanted, this, [this] {
        if (m_opening)
            m_opening->cancel();
    });
    connect(&m_view, &views::FieldsView::previewWanted, this, &FieldsController::preview);
    connect(&m_view, &views::FieldsView::policyChosen, this, &FieldsController::keepChoice);
    connect(&m_view, &views::FieldsView::readingWanted, this, &FieldsController::readAs);
    connect(&m_view, &views::FieldsView::runWanted, this, [this](bool straight) {
        m_straight = straight;
        run();
    });
    connect(&m_view, &views::FieldsView::left, this, [this] {
        if (m_counting)
            m_counting->cancel();
    });
}

void FieldsController::open(const QString& jobId, const QString& path) {
    const BoardJob* found = m_jobs.find(jobId.toStdString());
    if (!found || !found->job || m_opening)
        return;
    views::JobsView& jobs = m_desk.session.jobs;
    jobs.beginOpening(jobId);
    m_opening = carryOut<ChosenSource>(
        this,
        [services = m_desk.services, job = *found->job, platform = m_jobs.board().platformName,
         input = path.toStdString()](TaskContext& context) -> Outcome<ChosenSource> {
            auto source = openJobSource(services, job, input, context);
            if (!source)
                return source.failed();
            auto wish = keptReading(*services.ledger, job.jobId);
            if (!wish)
                return wish.failed();
            auto sniffed = dataset::sniff(**source, overruled(job, *wish));
            if (!sniffed)
                return sniffed.failed();
            auto facts = factsOf(services, job, platform);
            if (!facts)
                return facts.failed();
            return ChosenSource{job,   std::move(*source), std::move(*sniffed), std::move(*wish),
                                input, std::move(*facts),  keptPace(services)};
        },
        [this](ChosenSource& chosen) {
            m_opening = nullptr;
            m_desk.session.jobs.endOpening();
            show(chosen);
        },
        [this](const Failure& failure) {
            m_opening = nullptr;
            m_desk.session.jobs.endOpening();
            m_desk.session.jobs.fail(failure);
        });
    connect(m_opening, &Task::progressed, &jobs,
            [&jobs](const TaskProgress& progress) { jobs.setOpeningProgress(progress.done, progress.total); });
}

void FieldsController::show(const ChosenSource& chosen) {
    m_chosen = std::make_shared<ChosenSource>(chosen);
    m_allFields.clear();
    views::SourceFacts source;
    source.name = QFileInfo(text(chosen.source->name())).fileName();
    source.size = chosen.source->size();
    source.kind = kindOf(chosen.sniffed.mediaType);
    source.delimiter = QLatin1Char(chosen.sniffed.dialect.delimiter);
    source.header = chosen.sniffed.dialect.header;
    source.quoting = chosen.sniffed.dialect.quoting;
    source.recordsAt = text(chosen.sniffed.dialect.recordsAt.value_or(""));
    source.wish = chosen.wish;
    source.encoding = text(chosen.sniffed.dialect.encoding);
    if (chosen.pace)
        m_view.setRate(*chosen.pace);
    m_view.open(chosen.facts, source);
    count();
}

void FieldsController::readAs(const DialectWish& wish) {
    if (!m_chosen || m_opening)
        return;
    if (m_preview)
        m_preview->cancel();
    m_view.begin();
    m_opening = carryOut<ChosenSource>(
        this,
        [chosen = *m_chosen, wish](TaskContext&) -> Outcome<ChosenSource> {
            auto sniffed = dataset::sniff(*chosen.source, overruled(chosen.job, wish));
            if (!sniffed)
                return sniffed.failed();
            views::FieldsJob facts = chosen.facts;
            facts.chosen.reset(); // its fields may have other names now
            return ChosenSource{chosen.job,       chosen.source,    std::move(*sniffed), wish,
                                chosen.inputPath, std::move(facts), chosen.pace};
        },
        [this](ChosenSource& chosen) {
            m_opening = nullptr;
            m_chosen = std::make_shared<ChosenSource>(chosen);
            keepReading();
            show(chosen);
        },
        [this](const Failure& failure) {
            m_opening = nullptr;
            m_view.fail(failure);
        });
}

/// The reading, and no choice of fields: those may have other names now.
void FieldsController::keepReading() {
    Ledger& ledger = *m_desk.services.ledger;
    const auto before = ledger.job(m_chosen->job.jobId);
    if (!before) {
        m_view.fail(before.error());
        return;
    }
    JobRecord record = recordOf(m_chosen->job, *before ? (*before)->state : JobState::Pending, *before);
    record.inputPath = m_chosen->inputPath;
    record.policyJson.reset();
    auto kept = ledger.rememberJob(record);
    if (kept)
        kept = ledger.setSetting(readingOf(m_chosen->job.jobId), crypto::writeControlJson(toJson(m_chosen->wish)));
    if (!kept)
        m_view.fail(kept.error());
}

void FieldsController::preview(quint64 generation) {
    if (!m_chosen)
        return;
    if (m_preview)
        m_preview->cancel();
    m_view.begin();
    // Before the first answer the page has no tree, and so no choice: the job's demands and the kept choice hold then.
    m_preview = carryOut<pipeline::Preview>(
        this,
        [chosen = m_chosen, policy = m_view.ownerPolicy(), further = m_allFields](TaskContext&) {
            return makePreview(*chosen, policy, further);
        },
        [this, generation](pipeline::Preview& shown) {
            QStringList paths;
            for (const std::string& path : shown.paths)
                paths << text(path);
            m_view.setPreview(generation, paths, toItems(shown.before), toItems(shown.after));
        },
        [this, generation](const Failure& failure) {
            if (generation == m_view.generation())
                m_view.fail(failure);
        });
}

/// How many records there are takes a pass over the whole source; the page is usable long before.
void FieldsController::count() {
    if (m_counting)
        m_counting->cancel();
    m_counting = carryOut<Counted>(
        this,
        [services = m_desk.services, chosen = m_chosen,
         policy = m_view.ownerPolicy()](TaskContext& context) -> Outcome<Counted> {
            using Clock = std::chrono::steady_clock;
            Policy shape; // of the records; no value is judged yet
            shape.unflatten = unflattens(chosen->job.policy, policy);
            const auto begun = Clock::now();
            auto profile = pipeline::profileDataset(*chosen->source, chosen->sniffed.mediaType, chosen->sniffed.dialect,
                                                    &shape, runOptions(services, Step::Read, context));
            if (!profile)
                return profile.failed();
            const std::chrono::duration<double> taken = Clock::now() - begun;
            return Counted{std::move(*profile), paceFromPass(chosen->source->size(), taken.count())};
        },
        [this, chosen = m_chosen](Counted& counted) {
            if (chosen != m_chosen)
                return;
            if (!chosen->pace && counted.pace)
                m_view.setRate(*counted.pace);
            m_view.setRecords(counted.profile.records);
            m_allFields.clear();
            for (const auto& field : counted.profile.fields)
                m_allFields.push_back(field.path);
            // Nothing may leave that the page does not show: fields of later records, and of what stands behind them.
            if (m_allFields.size() > static_cast<std::size_t>(m_view.fieldCount()))
                preview(m_view.generation());
        },
        [this, chosen = m_chosen](const Failure& failure) {
            if (chosen == m_chosen && failure.code != Code::Cancelled)
                m_view.fail(failure);
        });
}

/// The last choice counts; one that is made while another is being written is written after it.
void FieldsController::keepChoice() {
    if (!m_chosen)
        return;
    m_keepAgain = m_keeping != nullptr;
    if (m_keepAgain)
        return;
    const auto ended = [this, chosen = m_chosen] {
        m_keeping = nullptr;
        if (m_keepAgain && chosen == m_chosen)
            keepChoice();
        else if (std::exchange(m_runNext, false))
            run();
    };
    m_keeping = carryOut<Nothing>(
        this,
        [services = m_desk.services, chosen = m_chosen,
         policy = crypto::writeControlJson(toJson(m_view.ownerPolicy()))](TaskContext&) -> Outcome<Nothing> {
            const auto before = services.ledger->job(chosen->job.jobId);
            if (!before)
                return before.failed();
            JobRecord record = recordOf(chosen->job, *before ? (*before)->state : JobState::Pending, *before);
            record.inputPath = chosen->inputPath;
            record.policyJson = policy;
            if (auto kept = services.ledger->rememberJob(record); !kept)
                return kept.failed();
            return Nothing{};
        },
        [ended](Nothing&) { ended(); },
        [this, ended](const Failure& failure) {
            m_view.fail(failure);
            ended();
        });
}

void FieldsController::run() {
    m_runNext = m_keeping != nullptr;
    if (!m_chosen || m_runNext)
        return;
    if (m_counting)
        m_counting->cancel();
    Q_EMIT runWanted(m_chosen, m_view.ownerPolicy(), m_straight);
}

} // namespace sealwright::window
