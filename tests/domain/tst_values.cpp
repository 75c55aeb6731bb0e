#include "models/domain/cancel.h"
#include "models/domain/failure.h"
#include "models/domain/path.h"
#include "models/domain/time.h"

#include <QTest>
#include <set>
#include <thread>

using namespace sealwright;

class TestValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void timesAreExact() {
        QCOMPARE(fromRfc3339("1970-01-01T00:00:00Z").value(), Instant{0});
        QCOMPARE(fromRfc3339("2026-01-15T12:00:00Z").value(), Instant{1768478400});
        QCOMPARE(fromRfc3339("2024-02-29T23:59:59Z").value(), Instant{1709251199});
        for (const Instant when :
             {Instant{0}, Instant{951782400}, Instant{1709251199}, Instant{253402300799}, Instant{-1}}) {
            QCOMPARE(fromRfc3339(toRfc3339(when)).value(), when);
        }
        QCOMPARE(toRfc3339(-1), std::string("1969-12-31T23:59:59Z"));
    }

    void otherFormsOfTimeAreRefused() {
        for (const char* text :
             {"2026-01-15T12:00:00", "2026-01-15t12:00:00Z", "2026-01-15T12:00:00z", "2026-01-15 12:00:00Z",
              "2026-01-15T12:00:00.0Z", "2026-01-15T12:00:00+00:00", "2026-13-15T12:00:00Z", "2026-00-15T12:00:00Z",
              "2025-02-29T12:00:00Z", "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-01-15T24:00:00Z",
              "2026-01-15T12:60:00Z", "2026-01-15T12:00:60Z", "", "Z"}) {
            QVERIFY2(!fromRfc3339(text), text);
        }
    }

    void uuidsAreLowerCase() {
        QVERIFY(isUuid("3f2b8c1e-9d4a-4c7e-8f10-5a6b7c8d9e0f"));
        for (const char* text : {"3F2b8c1e-9d4a-4c7e-8f10-5a6b7c8d9e0f", "3f2b8c1e9d4a4c7e8f105a6b7c8d9e0f", "",
                                 "3f2b8c1e-9d4a-4c7e-8f10-5a6b7c8d9e0", "{3f2b8c1e-9d4a-4c7e-8f10-5a6b7c8d9e0f}",
                                 "3f2b8c1e-9d4a-4c7e-8f10-5a6b7c8d9e0g"}) {
            QVERIFY2(!isUuid(text), text);
        }
    }

    void codesAreOneToOne() {
        std::set<std::string_view> seen;
        for (int i = 0;; ++i) {
            const Code code = static_cast<Code>(i);
            const std::string_view id = stableId(code);
            QVERIFY(seen.insert(id).second);
            QVERIFY(codeFromId(id) == code);
            if (code == Code::Cancelled) {
                break;
            }
        }
        QCOMPARE(stableId(Code::DataCsvUnclosedQuote), std::string_view("data.csv.unclosed-quote"));
        QCOMPARE(exitStatus(Code::Cancelled), 130);
        QVERIFY(!codeFromId("no.such"));
    }

    void namesAreEscapedInPaths() {
        QCOMPARE(escapedName("a.b"), std::string("a\\.b"));
        QCOMPARE(escapedName("c[0]"), std::string("c\\[0]"));
        QCOMPARE(escapedName("d\\e"), std::string("d\\\\e"));
        QCOMPARE(escapedName("#1"), std::string("\\#1"));
        QCOMPARE(escapedName("x#$"), std::string("x#$"));
        std::string path = "$";
        appendMember("$y", false, path);
        appendElement(path);
        QCOMPARE(path, std::string("$.\\$y[]"));
    }

    void ancestorsEndAtABoundary() {
        for (const auto& [path, leaf] : {std::pair("a", "a.b"),
                                         {"a", "a[]"},
                                         {"a[]", "a[].b"},
                                         {"a", "a.b.c"},
                                         {"a\\\\", "a\\\\.b"},
                                         {"", ".x"},
                                         {"$.m", "$.m[]"}}) {
            QVERIFY2(isAncestorPath(path, leaf), leaf);
        }
        for (const auto& [path, leaf] : {std::pair("a", "a"),
                                         {"a", "ab"},
                                         {"a", "a\\.b"},
                                         {"a\\", "a\\.b"},
                                         {"a.b", "a"},
                                         {"", "a"},
                                         {"a[", "a[]"},
                                         {"b", "a.b"}}) {
            QVERIFY2(!isAncestorPath(path, leaf), leaf);
        }
    }

    void cancelIsSharedAndOneWay() {
        Cancel cancel;
        const Cancel copy = cancel;
        QVERIFY(!copy.cancelled());
        cancel.cancel();
        cancel.cancel();
        QVERIFY(copy.cancelled());
    }

    void wakersAreCalledOnceUntilTheyLeave() {
        Cancel cancel;
        int first = 0, second = 0, late = 0;
        Cancel::Subscription kept = cancel.onCancel([&] { ++first; });
        {
            const Cancel::Subscription left = cancel.onCancel([&] { ++second; });
        }
        Cancel::Subscription moved = std::move(kept);
        cancel.cancel();
        cancel.cancel();
        QCOMPARE(first, 1);
        QCOMPARE(second, 0);
        const Cancel::Subscription already = cancel.onCancel([&] { ++late; });
        QCOMPARE(late, 1);
    }

    void leavingWaitsForACallThatRuns() {
        for (int round = 0; round < 200; ++round) {
            Cancel cancel;
            auto target = std::make_unique<std::atomic<int>>(0);
            std::atomic<int>* used = target.get();
            Cancel::Subscription subscription = cancel.onCancel([used] { used->store(1); });
            std::thread other([copy = cancel]() mutable { copy.cancel(); });
            subscription = Cancel::Subscription();
            target.reset(); // nothing may write there now
            other.join();
        }
    }
};

QTEST_GUILESS_MAIN(TestValues)
#include "tst_values.moc"
