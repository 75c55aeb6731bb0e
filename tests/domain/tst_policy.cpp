#include "models/domain/policy.h"
#include "tests/support/vector_rows.h"

using namespace sealwright;

namespace {

/// Refusals of `policies_refused` that only data can show; the pipeline's tests run them.
const std::set<std::string> needData{"path that is nowhere in the data", "path of another case", "fpe on a container",
                                     "fpe on a number", "unflatten for CSV"};

Policy policyOf(const std::string& text) {
    return parsePolicy(text).value();
}

FieldRule rule(Action action) {
    FieldRule made;
    made.action = action;
    made.nulls = EmptyRule::Encrypt;
    made.empty = EmptyRule::Encrypt;
    made.padTo = 16;
    return made;
}

std::string oneRule(const std::string& members) {
    return R"({"version":1,"fields":[{"path":"a",)" + members + "}]}";
}

} // namespace

class TestPolicy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void weaker_data() { vectors::rows("policies_weaker", 49); }

    void weaker() {
        const auto& vector = vectors::current("policies_weaker");
        QVERIFY(vectors::onlyMembers(vector, {"name", "job", "owner", "allowed"}));
        const FieldRule job = rule(actionFromText(vector.at("job").get<std::string>()).value());
        const FieldRule owner = rule(actionFromText(vector.at("owner").get<std::string>()).value());
        QCOMPARE(!isWeaker(owner, job), vector.at("allowed").get<bool>());
    }

    void refused_data() { vectors::rows("policies_refused", 30); }

    void refused() {
        const auto& vector = vectors::current("policies_refused");
        QVERIFY(vectors::onlyMembers(vector, {"name", "policy", "media_type", "source", "error"}));
        const bool refusedHere = vector.contains("error") && !needData.contains(vector.at("name").get<std::string>());
        QCOMPARE(parsePolicy(vector.at("policy").get<std::string>()).ok(), !refusedHere);
    }

    void membersFitTheirAction_data() {
        QTest::addColumn<QString>("members");
        QTest::addColumn<bool>("fits");
        const auto row = [](const char* members, bool fits) {
            QTest::newRow(members) << QString::fromLatin1(members) << fits;
        };
        row(R"("action":"encrypt","algorithm":"ChaCha20-Poly1305","padding":"none","nulls":"keep","empty":"keep","on_error":"null")",
            true);
        row(R"("action":"deterministic","padding":{"to":65536},"join_as":"person")", true);
        row(R"("action":"fpe","alphabet":"hex-lower","keep_prefix":1,"keep_suffix":2,"join_as":"x")", true);
        row(R"("action":"pseudonym","join_as":"x")", true);
        row(R"("action":"mask","keep_prefix":4)", true);
        row(R"("action":"drop","nulls":"keep")", true);
        row(R"("action":"keep","on_error":"fail")", true);
        row(R"("action":"deterministic","algorithm":"AES-256-GCM")", false);
        row(R"("action":"encrypt","join_as":"x")", false);
        row(R"("action":"encrypt","alphabet":"digits")", false);
        row(R"("action":"fpe","alphabet":"digits","padding":"none")", false);
        row(R"("action":"pseudonym","keep_prefix":1)", false);
        row(R"("action":"mask","join_as":"x")", false);
        row(R"("action":"mask","alphabet":"digits")", false);
        row(R"("action":"keep","padding":"none")", false);
        row(R"("action":"drop","keep_suffix":1)", false);
        row(R"("action":"encrypt","padding":{"to":16,"max":1})", false);
        row(R"("action":"encrypt","padding":{})", false);
        row(R"("action":"encrypt","padding":null)", false);
        row(R"("action":"deterministic","join_as":"")", false);
        row(R"("action":null)", false);
    }

    void membersFitTheirAction() {
        QFETCH(QString, members);
        QFETCH(bool, fits);
        QCOMPARE(parsePolicy(oneRule(members.toStdString())).ok(), fits);
    }

    void refusalNamesMemberAndPath() {
        const auto refusal = parsePolicy(oneRule(R"("action":"encrypt","padding":{"to":0})"));
        QCOMPARE(refusal.error().code, Code::PolicyInvalid);
        QCOMPARE(refusal.error().facts, (std::vector<std::string>{"fields[0].padding.to", "a"}));
        const auto twice =
            parsePolicy(R"({"version":1,"fields":[{"path":"a","action":"keep"},{"path":"a","action":"drop"}]})");
        QCOMPARE(twice.error().code, Code::PolicyPathTwice);
        QCOMPARE(twice.error().facts, std::vector<std::string>{"a"});
    }

    void writtenPolicyReadsTheSame() {
        const Policy policy = policyOf(
            R"({"version":1,"default":"keep","padding":"none","join":"d","unflatten":true,"nulls":"keep","fields":[
                {"path":"a","action":"encrypt"},{"path":"b","action":"fpe","alphabet":"digits","keep_suffix":4},
                {"path":"c","action":"mask"},{"path":"d","action":"deterministic","padding":{"to":32},"join_as":"x"},
                {"path":"e","action":"drop","on_error":"null"},{"path":"","action":"pseudonym"}]})");
        const std::string once = crypto::writeControlJson(toJson(policy));
        const std::string twice = crypto::writeControlJson(toJson(policyOf(once)));
        QCOMPARE(once, twice);
        QVERIFY(
            once.find(
                R"({"path":"a","action":"encrypt","algorithm":"AES-256-GCM","nulls":"keep","empty":"encrypt","padding":"none","on_error":"fail"})") !=
            std::string::npos);
        QVERIFY(
            once.find(
                R"({"path":"c","action":"mask","nulls":"keep","empty":"encrypt","keep_prefix":0,"keep_suffix":0,"on_error":"fail"})") !=
            std::string::npos);
    }

    void leafTakesItsLongestNamedAncestor() {
        const Policy policy = policyOf(
            R"({"version":1,"default":"keep","nulls":"keep","padding":{"to":8},"fields":[{"path":"o","action":"encrypt"},
                {"path":"o.l[].x","action":"mask"},{"path":"o.l","action":"drop"},{"path":"$.m","action":"pseudonym"}]})");
        const RuleIndex index(policy);
        const auto is = [&](const char* leaf, Action action) {
            return resolveLeaf(policy, leaf).action == action && index.resolve(leaf) == resolveLeaf(policy, leaf);
        };
        QVERIFY(is("o", Action::Encrypt));
        QVERIFY(is("o.a", Action::Encrypt));
        QVERIFY(is("o.l[].x", Action::Mask));
        QVERIFY(is("o.l[].y", Action::Drop));
        QVERIFY(is("o.l[]", Action::Drop));
        QVERIFY(is("o.lx", Action::Encrypt));
        QVERIFY(is("ox", Action::Keep));
        QVERIFY(is("m", Action::Keep));
        QVERIFY(is("$.m[].a", Action::Pseudonym));
        QVERIFY(is("o\\.a", Action::Keep));
        const FieldRule filled = index.resolve("o.a");
        QCOMPARE(filled.path, std::string("o.a"));
        QVERIFY(filled.nulls == EmptyRule::Keep && filled.empty == EmptyRule::Encrypt && filled.padTo == 8u);
    }

    void sameActionMayStillBeWeaker() {
        const auto differs = [](Action action, const std::function<void(FieldRule&)>& change) {
            FieldRule owner = rule(action);
            change(owner);
            return isWeaker(owner, rule(action));
        };
        const auto nulls = [](FieldRule& r) { r.nulls = EmptyRule::Keep; };
        const auto empty = [](FieldRule& r) { r.empty = EmptyRule::Keep; };
        const auto padding = [](FieldRule& r) { r.padTo = 15; };
        const auto none = [](FieldRule& r) { r.padTo = 0; };
        const auto more = [](FieldRule& r) { r.padTo = 17; };
        const auto prefix = [](FieldRule& r) { r.keepPrefix = 1; };
        const auto suffix = [](FieldRule& r) { r.keepSuffix = 1; };
        for (const Action action : {Action::Encrypt, Action::Deterministic}) {
            QVERIFY(differs(action, nulls) && differs(action, empty) && differs(action, padding) &&
                    differs(action, none));
            QVERIFY(!differs(action, more));
        }
        QVERIFY(differs(Action::Pseudonym, nulls) && !differs(Action::Pseudonym, padding));
        QVERIFY(differs(Action::Mask, prefix) && differs(Action::Fpe, suffix));
        QVERIFY(!differs(Action::Keep, nulls) && !differs(Action::Mask, nulls) && !differs(Action::Drop, padding));
    }

    void ownersPolicyGoesOnTopOfTheJobs() {
        const Policy job = policyOf(
            R"({"version":1,"default":"keep","nulls":"keep","join":"study","fields":[{"path":"name","action":"deterministic"},
                {"path":"card","action":"mask"},{"path":"o","action":"encrypt"}]})");
        const Policy owner =
            policyOf(R"({"version":1,"fields":[{"path":"card","action":"drop"},{"path":"free","action":"keep"}]})");
        const std::vector<std::string> leaves{"name", "card", "o.a", "o.b[]", "free", "unnamed"};
        const auto combined = combinePolicies(job, owner, leaves);
        QVERIFY(combined.ok());
        const RuleIndex rules(*combined);
        QCOMPARE(rules.resolve("name").action, Action::Deterministic);
        QVERIFY(rules.resolve("name").nulls == EmptyRule::Keep); // the job's, not the owner's
        QCOMPARE(rules.resolve("card").action, Action::Drop);
        QCOMPARE(rules.resolve("o.b[]").action, Action::Encrypt);
        QCOMPARE(rules.resolve("free").action, Action::Keep);
        QCOMPARE(rules.resolve("unnamed").action, Action::Encrypt); // the owner's default, whatever the job's says
        QCOMPARE(combined->join, std::string("study"));
        QCOMPARE(resolveLeaf(*combinePolicies(job, std::nullopt, leaves), "unnamed").action, Action::Encrypt);
    }

    void weakerOwnerIsRefusedWithThePaths() {
        const Policy job = policyOf(
            R"({"version":1,"fields":[{"path":"o.a","action":"encrypt"},{"path":"o.b","action":"drop"},{"path":"n","action":"mask"}]})");
        const std::vector<std::string> leaves{"o.a", "o.b", "n"};
        const auto whole =
            combinePolicies(job, policyOf(R"({"version":1,"fields":[{"path":"o","action":"encrypt"}]})"), leaves);
        QCOMPARE(whole.error().code, Code::PolicyWeakerThanJob);
        QCOMPARE(whole.error().facts, std::vector<std::string>{"o.b"});
        const auto keeps =
            combinePolicies(job, policyOf(R"({"version":1,"fields":[{"path":"n","action":"keep"}]})"), leaves);
        QCOMPARE(keeps.error().facts, std::vector<std::string>{"n"});
        const auto taken =
            combinePolicies(job, policyOf(R"({"version":1,"fields":[{"path":"o","action":"drop"}]})"), leaves);
        QVERIFY(taken.ok());
        QVERIFY(!taken->ruleFor("o.a")); // taken whole by the owner's stronger rule
        QVERIFY(taken->ruleFor("n"));
    }

    void manyRulesAndLeavesTakeNoSquareTime() {
        Policy job;
        std::vector<std::string> leaves;
        for (int i = 0; i < 100'000; ++i) {
            leaves.push_back("column" + std::to_string(i));
            FieldRule named = rule(Action::Encrypt);
            named.path = leaves.back();
            job.fields.push_back(named);
        }
        const auto combined = combinePolicies(job, job, leaves);
        QVERIFY(combined.ok());
        QCOMPARE(combined->fields.size(), leaves.size());
    }

    void hostilePathsTakeNoSquareTime() {
        const Policy policy = policyOf(R"({"version":1,"fields":[{"path":"a","action":"keep"}]})");
        const RuleIndex rules(policy);
        QVERIFY(rules.named("a" + std::string(4'000'000, '.')) != nullptr);
        QVERIFY(rules.named(std::string(4'000'000, '.')) == nullptr);
    }

    void aPathHasNoMoreStepsThanARecordCanNest() {
        const auto path = [](std::size_t steps) {
            std::string text = "a";
            for (std::size_t i = 1; i < steps; ++i)
                text += ".a";
            return parsePolicy(R"({"version":1,"fields":[{"path":")" + text + R"(","action":"keep"}]})");
        };
        QVERIFY(path(maxPathSteps).ok());
        QVERIFY(!path(maxPathSteps + 1).ok());
        // Points inside a name are no steps.
        std::string points;
        for (std::size_t i = 0; i < 2 * maxPathSteps; ++i)
            points += R"(\\.)";
        QVERIFY(parsePolicy(R"({"version":1,"fields":[{"path":")" + points + R"(","action":"keep"}]})").ok());
    }
};

QTEST_GUILESS_MAIN(TestPolicy)
#include "tst_policy.moc"
