#include "tests/support/vectors.h"

#include <QTest>

#include <set>

using namespace sealwright::tests;

// A section that nobody knows is a promise that nobody checks. Each section below is read whole by the test of its
// layer: those of keys, tokens, streams and signatures in this folder, the others in tests/domain, dataset, pipeline
// and package.
class TestVectorsFile : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everySectionIsKnown();
    void unknownMembersStop();
};

void TestVectorsFile::everySectionIsKnown() {
    const std::set<std::string> known = {"note",
                                         "dek",
                                         "run_id",
                                         "run_id_2",
                                         "dataset_id",
                                         "join_key",
                                         "commitment",
                                         "keys",
                                         "wrapped",
                                         "source_check",
                                         "digests",
                                         "field_keys",
                                         "join_key_fields",
                                         "join_key_commitments",
                                         "field_key_commitments",
                                         "tokens",
                                         "tokens_refused",
                                         "padding",
                                         "pseudonyms",
                                         "fpe",
                                         "fpe_refused",
                                         "masks",
                                         "streams",
                                         "streams_refused",
                                         "jws",
                                         "jobs",
                                         "registration",
                                         "paths",
                                         "unflatten",
                                         "policies_weaker",
                                         "policies_refused",
                                         "datasets",
                                         "datasets_refused",
                                         "grants",
                                         "packages"};
    for (const auto& [name, value] : vectors().items()) {
        QVERIFY2(known.count(name) == 1, name.c_str());
    }
    QCOMPARE(vectors().size(), known.size());
}

void TestVectorsFile::unknownMembersStop() {
    bool stopped = false;
    try {
        refuseUnknownMembers(Vector{{"name", "x"}, {"surprise", 1}}, {"name"});
    } catch (const std::runtime_error&) {
        stopped = true;
    }
    QVERIFY(stopped);
    refuseUnknownMembers(Vector{{"name", "x"}}, {"name", "other"});
}

QTEST_GUILESS_MAIN(TestVectorsFile)
#include "tst_vectors_file.moc"
