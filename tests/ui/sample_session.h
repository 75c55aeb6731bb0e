#pragma once
#include "models/views/session.h"

#include <QDateTime>
#include <QTimeZone>

// A session as it looks in the middle of a working day; for tests of the window alone. Nothing here was sealed.
namespace sample {

using namespace sealwright;
using namespace sealwright::items;
using namespace Qt::StringLiterals;

inline qint64 at(const char* when) {
    return QDateTime::fromString(QString::fromLatin1(when), Qt::ISODate).toSecsSinceEpoch();
}

inline const QString platformWords = u"vendor anchor pig ember wool script"_s;
inline const QString machineWords = u"orbit maple lunar quote velvet acid"_s;

inline Openers openers() {
    Opener platform, self;
    platform.name = u"Cohort Platform"_s;
    platform.words = platformWords;
    platform.kid = u"WJ1m5m4VvNqgIkBpoVJbY0Ul5vDTGcw0TTFbMw-1TDs"_s;
    platform.madeTheKey = true;
    self.words = machineWords;
    self.kid = u"mZzqzyaT0YbEwzrgKd8aYyZt1f5Sx2oWq7n8XxkQW4E"_s;
    self.thisMachine = true;
    return {platform, self};
}

inline JobRow job(const QString& id, const QString& name, JobStanding standing) {
    JobRow row;
    row.id = id;
    row.name = name;
    row.standing = standing;
    row.platform = u"Cohort Platform"_s;
    row.platformWords = platformWords;
    row.platformKid = openers().first().kid;
    row.expires = QDateTime::currentSecsSinceEpoch() + 8 * 86400 + 3600;
    row.changed = QDateTime::currentSecsSinceEpoch() - 8 * 86400;
    row.endpointHost = u"storage.cohort.example"_s;
    row.bucket = u"cohort"_s;
    row.prefix = u"loader/2026/"_s;
    row.openers = openers();
    row.mediaType = u"text/csv"_s;
    row.localSource = true;
    row.hasReceipt = standing == JobStanding::Done;
    return row;
}

inline std::vector<JobRow> jobs() {
    JobRow first = job(u"1"_s, u"Cohort 2026, patients"_s, JobStanding::WaitingForYou);
    first.purpose = u"Re-admission study, approved as 2026-114"_s;
    first.demands = {
        {u"name"_s, FieldState::Sealed}, {u"email"_s, FieldState::Sealed}, {u"iban"_s, FieldState::Sealed}};
    JobRow second = job(u"2"_s, u"Laboratory values, nested"_s, JobStanding::WaitingForYou);
    second.expires += 2 * 86400;
    second.localSource = false;
    second.mediaType = u"application/json"_s;
    second.sourceBucket = u"cohort"_s;
    second.sourceObject = u"incoming/lab.json"_s;
    second.sourceSize = 41'000'000;
    JobRow failed = job(u"5"_s, u"Follow-up, week 44"_s, JobStanding::Failed);
    failed.failure = Failure(Code::StorageDenied);
    return {first, second, job(u"3"_s, u"Follow-up, week 46"_s, JobStanding::Done),
            job(u"4"_s, u"Follow-up, week 45"_s, JobStanding::Done), failed};
}

inline const QStringList paths{u"patient_id"_s, u"name"_s,        u"email"_s, u"birth_date"_s,
                               u"iban"_s,       u"card_number"_s, u"ward"_s,  u"admitted"_s,
                               u"diagnosis"_s,  u"lab"_s,         u"note"_s,  u"address"_s};

inline PreviewRows rowsBefore() {
    const QList<QStringList> rows{
        {u"P-1001"_s, u"Ada Lovelace"_s, u"ada@example.org"_s, u"1815-12-10"_s, u"DE89 3704 0044 0532 0130 00"_s,
         u"4111 1111 1111 1111"_s, u"W3"_s, u"2026-03-02"_s, u"I50.1"_s, u"7.4"_s, u"seen twice"_s,
         u"12 St James's Square"_s},
        {u"P-1002"_s, u"Grace Hopper"_s, u"grace@navy.example"_s, u"1906-12-09"_s, u"GB29 NWBK 6016 1331 9268 19"_s,
         u"5500 0000 0000 0004"_s, u"W3"_s, u"2026-03-05"_s, u"J18.9"_s, u"6.9"_s, u""_s, u"1 Compiler Road"_s},
        {u"P-1003"_s, u"Alan Turing"_s, u"alan@example.org"_s, u"1912-06-23"_s, u"FR14 2004 1010 0505 0001 3M02 606"_s,
         u"3400 0000 0000 009"_s, u"W1"_s, u"2026-03-09"_s, u"S72.0"_s, u"8.1"_s, u"fasting"_s, u"Hut 8"_s},
        {u"P-1004"_s, u"Emmy Noether"_s, u"emmy@math.example"_s, u"1882-03-23"_s, u"DE02 1203 0000 0000 2020 51"_s,
         u"6011 0000 0000 0004"_s, u"W2"_s, u"2026-03-10"_s, u"K35.8"_s, u"7.0"_s, u""_s, u"Invariant Lane 2"_s},
        {u"P-1005"_s, u"Jean Bartik"_s, u""_s, u"1924-12-27"_s, u"NL91 ABNA 0417 1643 00"_s, u"3000 0000 0000 04"_s,
         u"W2"_s, u"2026-03-12"_s, u"I21.4"_s, u"7.7"_s, u"call back"_s, u"30 Eniac Street"_s}};
    PreviewRows made;
    for (const QStringList& row : rows) {
        std::vector<PreviewCell> cells;
        for (const QString& text : row)
            cells.push_back({text, true, false});
        made.push_back(cells);
    }
    return made;
}

/// Stands in for the pipeline: the form of what it makes, not the bytes.
inline PreviewRows rowsAfter(views::FieldsView& view) {
    PreviewRows made = rowsBefore();
    const auto& leaves = view.fields()->leaves();
    for (std::size_t row = 0; row < made.size(); ++row)
        for (std::size_t column = 0; column < made[row].size(); ++column) {
            PreviewCell& cell = made[row][column];
            const FieldChoice choice = column < leaves.size() ? leaves[column].choice : FieldChoice{};
            switch (choice.state) {
            case FieldState::Readable:
                break;
            case FieldState::Masked: {
                const auto stay = static_cast<qsizetype>(choice.keepSuffix);
                cell.text = QString(cell.text.size() - stay, u'*') + cell.text.right(stay);
                break;
            }
            case FieldState::LeftOut:
                cell = {};
                break;
            case FieldState::Joinable:
                cell.text = u"sw1s.1.rUXUAq%1vVJbY0Ul5vDTGcw0TTFbMw1TDs"_s.arg(row);
                break;
            case FieldState::Pseudonym:
                cell.text = u"p_mfzwk3dmn5zgkyltmvwgk3d%1"_s.arg(row);
                break;
            case FieldState::SameForm:
                cell.text = u"7302 9918 2231 0%1"_s.arg(row);
                break;
            case FieldState::Sealed:
                cell.text = u"sw1g.1.AAAAAAA%1AAAAAAAAZ3Jh%2Y2VAbmF2eS5leGFtcGxl"_s.arg(row).arg(column);
                break;
            }
        }
    return made;
}

inline views::FieldsJob fieldsJob() {
    views::FieldsJob made;
    made.id = u"1"_s;
    made.name = u"Cohort 2026, patients"_s;
    made.platform = u"Cohort Platform"_s;
    made.storageHost = u"storage.cohort.example"_s;
    made.openers = openers();
    const auto demand = [&](const char* path, Action action) {
        FieldRule rule;
        rule.path = path;
        rule.action = action;
        made.policy.fields.push_back(rule);
    };
    demand("name", Action::Encrypt);
    demand("email", Action::Encrypt);
    demand("iban", Action::Encrypt);
    return made;
}

inline views::SourceFacts source() {
    views::SourceFacts made;
    made.name = u"patients.csv"_s;
    made.size = 312'000'000;
    made.records = 1'204'331;
    made.encoding = u"UTF-8"_s;
    return made;
}

inline void answerPreview(views::FieldsView& view) {
    view.setPreview(view.generation(), paths, rowsBefore(), rowsAfter(view));
}

/// Opens the fields page and gives some fields other states, as in an ordinary choice.
inline void openFields(views::Session& session) {
    QObject::connect(&session.fields, &views::FieldsView::previewWanted, &session.fields,
                     [&session] { answerPreview(session.fields); });
    session.fields.open(fieldsJob(), source());
    auto* tree = session.fields.fields();
    const auto choose = [tree](std::initializer_list<int> rows, const FieldChoice& choice) {
        QModelIndexList indexes;
        for (const int row : rows)
            indexes.append(tree->index(row, 0));
        tree->choose(indexes, choice);
    };
    choose({0}, {FieldState::Joinable, 0, 0, {}});
    choose({5}, {FieldState::Masked, 0, 4, {}});
    choose({6, 7, 9}, {FieldState::Readable, 0, 0, {}});
    choose({10}, {FieldState::LeftOut, 0, 0, {}});
}

inline void fillMachine(views::Session& session) {
    views::MachineFacts machine;
    machine.hasKeys = machine.registered = true;
    machine.name = u"ward-7"_s;
    machine.words = machineWords;
    machine.kid = openers().last().kid;
    machine.platformName = u"Cohort Platform"_s;
    machine.platformWords = platformWords;
    machine.platformUrl = u"https://platform.cohort.example"_s;
    session.machine.setFacts(machine);
    session.registration.setSuggestedName(u"ward-7"_s);
}

inline void fillKeys(views::Session& session) {
    views::KeyFacts recipient{machineWords, openers().last().kid, u"RSA-3072"_s, u"the system keychain"_s,
                              at("2026-10-03T09:00:00Z")};
    views::KeyFacts signing{u"copper violin harbor thing fabric moon"_s, u"x"_s, u"Ed25519"_s, u"the system keychain"_s,
                            at("2026-10-03T09:00:00Z")};
    session.keys.setKeys(recipient, signing);
    session.keys.setHealth(views::KeyHealth::Healthy, QDateTime::currentSecsSinceEpoch());
    AddressRow platform, team;
    platform.name = u"Cohort Platform"_s;
    platform.words = platformWords;
    platform.since = at("2026-10-03T09:00:00Z");
    platform.from = u"registration"_s;
    platform.fromRegistration = true;
    team.name = u"Registry team"_s;
    team.words = u"century mosquito river topic panel orbit"_s;
    team.since = at("2026-10-20T09:00:00Z");
    team.from = u"file, compared by phone"_s;
    session.keys.setAddresses({platform, team});
}

inline void fillResults(views::Session& session) {
    session.results.setResults({{u"r1"_s, u"Risk scores, October"_s, at("2026-11-12T09:00:00Z"), false},
                                {u"r2"_s, u"Risk scores, September"_s, at("2026-10-12T09:00:00Z"), true}});
}

inline void openResult(views::Session& session) {
    QObject::connect(session.results.table(), &ResultTableModel::pageWanted, session.results.table(),
                     [&session](quint64 first, int count) {
                         static const char* classes[] = {"high", "low", "medium"};
                         ResultRows rows;
                         for (int i = 0; i < count; ++i) {
                             const int n = static_cast<int>(first) + i;
                             rows.push_back(
                                 {{u"P-%1"_s.arg(1001 + n), ResultCell::State::Value},
                                  {u"0.%1"_s.arg(n * 37 % 100, 2, 10, QChar(u'0')), ResultCell::State::Value},
                                  {QString::fromLatin1(classes[n % 3]), ResultCell::State::Value},
                                  {u"2026-10-%1"_s.arg(n % 28 + 1, 2, 10, QChar(u'0')), ResultCell::State::Value},
                                  {{}, ResultCell::State::Sealed}});
                         }
                         session.results.table()->setPage(first, rows);
                     });
    views::ResultFacts facts;
    facts.id = u"r1"_s;
    facts.name = u"Risk scores, October"_s;
    facts.signer = u"Cohort Platform"_s;
    facts.signedAt = at("2026-11-12T09:00:00Z");
    facts.records = 8214;
    session.results.setOpened(facts, {u"patient_id"_s, u"score"_s, u"class"_s, u"scored_on"_s, u"clinician"_s});
}

inline views::RunFacts runFacts() {
    views::RunFacts facts;
    facts.jobId = u"1"_s;
    facts.jobName = u"Cohort 2026, patients"_s;
    facts.platform = u"Cohort Platform"_s;
    facts.storageHost = u"storage.cohort.example"_s;
    facts.records = 1'204'331;
    facts.columns = 12;
    facts.sealedColumns = 8;
    facts.values = facts.compared = 9'634'648;
    return facts;
}

inline views::ReceiptFacts receipt() {
    views::ReceiptFacts made;
    made.jobId = u"3"_s;
    made.jobName = u"Follow-up, week 46"_s;
    made.finished = at("2026-11-14T09:12:00Z");
    made.bucket = u"cohort"_s;
    made.object = u"loader/2026/0b54c1de-3c0a-4b53-9d7b-1c9d3a2f4e10.csv"_s;
    made.size = 41'000'000;
    made.records = 58'734;
    made.values = made.compared = 704'816;
    made.sha256 = u"9f2c41d06b1e8a55c7d2f01ee61b0a4f35f2d48f0cbb1a6de0cd0f0277aa03c5"_s;
    made.openers = openers();
    made.readable = {u"ward"_s, u"admitted"_s};
    made.signerName = u"ward-7"_s;
    made.signerWords = u"copper violin harbor thing fabric moon"_s;
    return made;
}

inline void startRun(views::Session& session) {
    session.run.start(runFacts());
    session.run.setStep(views::RunStep::Upload);
    session.run.setProgress(185'000'000, 540'000'000, 1000);
    session.run.setProgress(216'000'000, 540'000'000, 2000);
}

inline void fillFiles(views::Session& session) {
    AddressRow team;
    Openers known{openers().last()};
    Opener other;
    other.name = u"Registry team"_s;
    other.kid = u"team"_s;
    other.words = u"century mosquito river topic panel orbit"_s;
    known.append(other);
    session.files.setKnown(known);
    session.files.choose(u"team"_s);
    const auto add = [&](const QString& name, FileRow::Work work, FileRow::Stage stage, quint64 size) {
        FileRow row;
        row.name = name;
        row.work = work;
        row.stage = stage;
        row.size = size;
        row.total = size;
        row.done = size * 6 / 10;
        return row;
    };
    auto* files = session.files.files();
    FileRow done = add(u"consent forms.pdf"_s, FileRow::Work::Seal, FileRow::Stage::Done, 4'200'000);
    done.result = u"/home/ada/consent forms.pdf.sealed"_s;
    files->add(done);
    files->add(add(u"scans.tar"_s, FileRow::Work::Seal, FileRow::Stage::Working, 1'900'000'000));
    FileRow sheet = add(u"wards.xlsx"_s, FileRow::Work::Seal, FileRow::Stage::Ready, 88'000);
    sheet.spreadsheet = true;
    files->add(sheet);
    FileRow bad = add(u"from registry.sealed"_s, FileRow::Work::Open, FileRow::Stage::Failed, 12'000'000);
    bad.failure = Failure(Code::AuthTruncated);
    files->add(bad);
    session.files.dismissFailure();
}

inline void fillSettings(views::Session& session) {
    views::SettingsFacts facts = session.settings.facts();
    facts.resultsFolder = u"/home/ada/Documents"_s;
    facts.temporaryFolder = u"/var/tmp/sealwright"_s;
    facts.platformName = u"Cohort Platform"_s;
    facts.platformUrl = u"https://platform.cohort.example"_s;
    session.settings.setFacts(facts);
}

inline void fill(views::Session& session) {
    fillMachine(session);
    session.jobs.setJobs(jobs());
    fillKeys(session);
    fillResults(session);
    fillSettings(session);
}

} // namespace sample
