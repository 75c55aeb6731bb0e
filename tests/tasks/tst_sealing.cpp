#include "models/tasks/sealing.h"

#include "models/dataset/byte_source.h"
#include "tests/tasks/fake_world.h"

#include <QtTest>

using namespace sealwright;
using namespace sealwright::tests;

/// What a job's source is found to hold, under the job's policy and the owner's.
class SealingTest : public QObject {
    Q_OBJECT

    static Outcome<Surveyed> surveyed(const char* data, const char* job, const char* owner) {
        FakeWorld world;
        const auto source = memorySource(data, "data.json");
        const Policy demands = parsePolicy(job).value();
        return survey(world.services, *source, {}, &demands, parsePolicy(owner).value(), world.context);
    }

private Q_SLOTS:
    /// Unflattening gives a field another path, and with it another rule of the job's.
    void unflatteningDoesNotGetRoundTheJobsMinimum() {
        const char* data = R"([{"a.b": "secret", "c": 1}])";
        const char* job = R"({"version":1,"fields":[{"path":"a.b","action":"encrypt"}]})";
        const auto readable =
            surveyed(data, job, R"({"version":1,"unflatten":true,"fields":[{"path":"a.b","action":"keep"}]})");
        QCOMPARE(codeOf(readable), std::string("policy.weaker-than-job"));
        QCOMPARE(readable.error().facts, std::vector<std::string>{"a.b"});
        const auto sealed =
            surveyed(data, job, R"({"version":1,"unflatten":true,"fields":[{"path":"a.b","action":"drop"}]})");
        QCOMPARE(codeOf(sealed), std::string("ok"));
        QVERIFY(sealed->policy.unflatten);
        QVERIFY(resolveLeaf(sealed->policy, "a.b").action == Action::Drop);
    }

    /// However many jobs run side by side, they have one machine.
    void passesSideBySideShareThreadsAndMemory() {
        FakeWorld world;
        world.services.threads = 8;
        const auto alone = runOptions(world.services, Step::Seal, world.context);
        QCOMPARE(alone.threads, 8u);
        QCOMPARE(alone.memory, pipeline::Budget::whole);
        world.services.sideBySide = 3;
        const auto shared = runOptions(world.services, Step::Seal, world.context);
        QCOMPARE(shared.threads, 2u);
        QVERIFY(3 * shared.memory <= pipeline::Budget::whole);
        world.services.threads = 2;
        QCOMPARE(runOptions(world.services, Step::Seal, world.context).threads, 1u);
    }
};

QTEST_GUILESS_MAIN(SealingTest)
#include "tst_sealing.moc"
