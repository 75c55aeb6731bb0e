#include "models/tasks/dataset_files.h"
#include "models/tasks/key_rotation.h"
#include "models/tasks/opening_keys.h"
#include "models/tasks/registration_update.h"
#include "models/tasks/small_file.h"
#include "tests/tasks/job_world.h"

#include <QtTest>

using namespace sealwright;
using namespace sealwright::tests;
using Entry = SecretStore::Entry;

namespace {

/// The process ends here: nothing more is done, nothing is put right.
struct Killed {};

constexpr const char* url = "http://127.0.0.1:7001";

/// A registered machine whose platform goes by keys and tokens as a real one does.
struct RotationWorld : JobWorld {
    RotationWorld() {
        api->token = "token";
        api->machineKeys = publicHalves();
        api->rotationJws = [this] { return statement(givens().platform, {&givens().platform}, ++issued); };
    }

    crypto::JwkSet publicHalves() const {
        crypto::JwkSet set;
        for (const KeyRecord& record : ledger->keyRecords) {
            const auto keys = readPublicKeys(record.publicJwk);
            set.enc.insert(set.enc.end(), keys->enc.begin(), keys->enc.end());
            set.sig.insert(set.sig.end(), keys->sig.begin(), keys->sig.end());
        }
        return set;
    }
    static std::string statement(const crypto::SigningKey& signer, const std::vector<const crypto::SigningKey*>& keys,
                                 Instant when, const std::string& machine = "m-1") {
        crypto::JwkSet set;
        for (const auto* key : keys)
            set.sig.push_back(key->publicKey());
        return crypto::signJws(
            "sealwright-registration",
            crypto::writeControlJson(JsonObject{{"format", "sealwright-registration/1"},
                                                {"machine_id", machine},
                                                {"platform", url},
                                                {"keys", crypto::toJson(set)},
                                                {"hosts", JsonArray{Json("127.0.0.1:7001"), Json("127.0.0.1:9000")}},
                                                {"issued", toRfc3339(when)}}),
            signer);
    }
    /// The keys that are in use can be read, and the platform goes by them with the token that lies beside them.
    std::string trouble() {
        const auto keys = loadKeys(services);
        if (!keys)
            return "keys: " + std::string(stableId(keys.error().code));
        const auto access = platformAccess(services);
        if (!access)
            return "access: " + std::string(stableId(access.error().code));
        if (const auto heard = api->registrations(*access, Cancel()); !heard)
            return "platform: " + std::string(stableId(heard.error().code));
        if (api->machineKeys.enc.front().kid != keys->dec.kid() || api->machineKeys.sig.front().kid != keys->sig.kid())
            return "the platform goes by other keys";
        return {};
    }
    /// With pairs that were made once, for all worlds; never one that this world has had.
    Outcome<Rotated> rotate() {
        return rotateKeys(services, context, [this]() -> Outcome<MachineKeys> {
            static const std::vector<std::pair<crypto::SecretBytes, crypto::SecretBytes>> made = [] {
                std::vector<std::pair<crypto::SecretBytes, crypto::SecretBytes>> all;
                for (int i = 0; i < 4; ++i) {
                    const auto keys = freshKeys();
                    all.emplace_back(keys->dec.toPkcs8(), keys->sig.toPkcs8());
                }
                return all;
            }();
            const auto& [dec, sig] = made.at(pairsTaken++);
            return MachineKeys{*crypto::DecryptionKey::fromPkcs8(dec), *crypto::SigningKey::fromPkcs8(sig)};
        });
    }
    std::string inUse() const { return ledger->keyRecords.front().kid; }

    Instant issued = now();
    std::size_t pairsTaken = 0;
};

/// Those that JobWorld starts with: the secrets that it made.
std::string firstKid() {
    return givens().records.front().kid;
}

} // namespace

class KeyRotationTest : public QObject {
    Q_OBJECT

    /// Every call of a rotation, in order.
    static std::vector<std::string> callsOfARotation() {
        RotationWorld world;
        (void)world.rotate();
        return world.script.names();
    }

private Q_SLOTS:
    void newKeysAreInUseAndTheOldOnesAreKept() {
        RotationWorld world;
        world.ledger->kit = now();
        const auto rotated = world.rotate();
        QCOMPARE(codeOf(rotated), std::string("ok"));
        QVERIFY(rotated->registered && !rotated->goneOn);
        QVERIFY(world.inUse() != firstKid());
        QCOMPARE(rotated->facts.keys.size(), std::size_t{2});
        QCOMPARE(rotated->facts.formerPairs, std::size_t{1});
        QVERIFY(!rotated->facts.recoveryKit); // the kit of before does not hold them
        QCOMPARE(world.trouble(), std::string());
        QCOMPARE(world.ledger->formerRecords.front().kid, firstKid());
        QVERIFY(world.ledger->pinned->registration.issued == world.issued);
        // The old token is good for nothing, and gone.
        QVERIFY(world.secrets->kept.count(Entry::AccessToken) == 0);
        // Once more: pairs add up.
        QCOMPARE(codeOf(world.rotate()), std::string("ok"));
        QCOMPARE(world.trouble(), std::string());
        QCOMPARE(machineFacts(world.services, true)->formerPairs, std::size_t{2});
    }

    void withoutAPlatformItIsAMatterOfThisMachine() {
        RotationWorld world;
        world.ledger->pinned.reset();
        const auto rotated = world.rotate();
        QCOMPARE(codeOf(rotated), std::string("ok"));
        QVERIFY(!rotated->registered && world.inUse() != firstKid());
        QVERIFY(loadKeys(world.services).ok());
    }

    void whereNoKeyWasEverMadeThereIsNothingToRotate() {
        FakeWorld world;
        QCOMPARE(codeOf(rotateKeys(world.services, world.context)), std::string("key.missing"));
        QVERIFY(world.secrets->kept.empty());
    }

    /// The platform goes by old or new keys, the machine by the same, whatever moment it is.
    void aProcessThatEndsAnywhereLeavesAMachineThatWorks() {
        const std::size_t calls = callsOfARotation().size();
        QVERIFY(calls > 10);
        bool old = false, fresh = false;
        for (std::size_t at = 1; at <= calls; ++at) {
            RotationWorld world;
            const std::size_t before = world.script.calls();
            world.script.onCall = [&](const std::string&) {
                if (world.script.calls() == before + at)
                    throw Killed{};
            };
            bool killed = false;
            try {
                (void)world.rotate();
            } catch (const Killed&) {
                killed = true;
            }
            QVERIFY(killed);
            world.script.onCall = nullptr;
            const std::string where = "call " + std::to_string(at) + ", " + world.script.names().at(before + at - 1);
            QVERIFY2(world.trouble().empty(), (where + ": " + world.trouble()).c_str());
            (world.inUse() == firstKid() ? old : fresh) = true;
            // A job runs with what is in use.
            QVERIFY2(world.run().ok(), where.c_str());
            // And the next call ends the rotation, with nothing left over.
            const auto again = world.rotate();
            QVERIFY2(again.ok(), (where + ": " + codeOf(again)).c_str());
            QVERIFY2(world.trouble().empty(), (where + ", again: " + world.trouble()).c_str());
            QVERIFY2(world.ledger->nextRecords.empty(), where.c_str());
            const std::size_t pairs = 1 + world.ledger->formerRecords.size() / 2;
            QVERIFY2(world.secrets->kept.size() == 2 * pairs + 1, where.c_str()); // and one token
        }
        QVERIFY(old && fresh);
    }

    void aFailureOrALostAnswerAnywhereLeavesAMachineThatWorks() {
        const std::size_t calls = callsOfARotation().size();
        for (const auto fault : {Script::Fault::Before, Script::Fault::After})
            for (std::size_t at = 1; at <= calls; ++at) {
                RotationWorld world;
                world.script.strikeAt(world.script.calls() + at, fault);
                (void)world.rotate();
                const std::string where = "call " + std::to_string(at) + ", " + world.script.struck();
                world.script.strikeAt(0, Script::Fault::None);
                QVERIFY2(world.trouble().empty(), (where + ": " + world.trouble()).c_str());
                QVERIFY2(world.rotate().ok(), where.c_str());
                QVERIFY2(world.trouble().empty(), (where + ", again: " + world.trouble()).c_str());
            }
    }

    void theSameKeysAreOfferedAgain() {
        RotationWorld world;
        world.script.strikeAt("api.finishRotation", 1, Script::Fault::After);
        QCOMPARE(codeOf(world.rotate()), std::string("network.unreachable"));
        const std::string next = world.ledger->nextRecords.front().kid;
        world.script.strikeAt(0, Script::Fault::None);
        const auto rotated = world.rotate();
        QVERIFY(rotated.ok() && rotated->goneOn);
        QCOMPARE(world.inUse(), next);
    }

    void twoAtOnceAreOne() {
        RotationWorld world;
        std::string second;
        world.script.onCall = [&](const std::string& name) {
            if (name != "api.beginRotation" || !second.empty())
                return;
            second = "asked";
            second = codeOf(world.rotate());
        };
        QCOMPARE(codeOf(world.rotate()), std::string("ok"));
        QCOMPARE(second, std::string("key.rotation-under-way"));
        QCOMPARE(world.ledger->formerRecords.size(), std::size_t{2});
    }

    void aPlatformThatAnswersWithAnotherMachineIsRefused() {
        RotationWorld world;
        world.api->rotationJws = [&] {
            return RotationWorld::statement(givens().platform, {&givens().platform}, now() + 10, "m-2");
        };
        QCOMPARE(codeOf(world.rotate()), std::string("registration.invalid"));
        QCOMPARE(world.inUse(), firstKid());
        QCOMPARE(world.trouble(), std::string());
    }

    void aRevokedMachineRotatesNothing() {
        RotationWorld world;
        world.api->revoked = true;
        QCOMPARE(codeOf(world.rotate()), std::string("machine.revoked"));
        QCOMPARE(world.inUse(), firstKid());
        QVERIFY(machineFacts(world.services, true)->revoked.has_value());
        world.api->revoked = false;
        QVERIFY(updateRegistration(world.services, {}).ok());
        QVERIFY(!machineFacts(world.services, true)->revoked.has_value());
    }

    void aJobOfBeforeIsRunAfterwards() {
        RotationWorld world;
        QVERIFY(world.rotate().ok());
        const auto receipt = world.run();
        QCOMPARE(codeOf(receipt), std::string("ok"));
        // It is sealed for the keys that are in use now, and signed by them.
        QCOMPARE(receipt->canOpen.back(), world.inUse());
        QCOMPARE(receipt->signerKid, world.ledger->keyRecords.back().kid);
    }

    void whatWasSealedForTheOldKeysStillOpens() {
        RotationWorld world;
        const auto dek = crypto::freshDek();
        Manifest manifest;
        manifest.recipients = {{firstKid(),
                                "RSA-OAEP-256",
                                *crypto::wrapKey(dek, readPublicKeys(givens().records.front().publicJwk)->enc[0]),
                                {}}};
        QVERIFY(world.rotate().ok());
        QVERIFY(world.rotate().ok());
        const auto key = decryptionKeyFor(world.services, manifest);
        QVERIFY(key.ok());
        const auto opened = unwrapFor(manifest, *key);
        QVERIFY(opened.ok() && opened->dek == dek);
        // A package is tried with one after the other.
        const auto tried =
            withDecryptionKeys<int>(world.services, [&](const crypto::DecryptionKey& one) -> Outcome<int> {
                return one.kid() == firstKid() ? Outcome<int>(1) : fail(Code::KeyNotForThis);
            });
        QCOMPARE(codeOf(tried), std::string("ok"));
        QVERIFY(ownSigners(world.services)->size() == 3);
        QVERIFY(knownKeys(world.services)->names.at(firstKid()).empty()); // this machine
    }

    void theKitHoldsEveryPairAndBringsThemBack() {
        RotationWorld world;
        const crypto::SecretBytes words(asBytes("a passphrase"));
        QVERIFY(world.rotate().ok());
        QVERIFY(world.rotate().ok());
        const std::string file = world.folder.filePath(QStringLiteral("kit")).toStdString();
        QVERIFY(makeRecoveryKit(world.services, file, false, words).ok());
        const auto kit = readSmallFile(file);
        QVERIFY(kit.ok());

        FakeWorld other;
        const auto restored = restoreRecoveryKit(other.services, *kit, words);
        QCOMPARE(codeOf(restored), std::string("ok"));
        QCOMPARE(restored->formerPairs, std::size_t{2});
        QCOMPARE(restored->keys.front().record.kid, world.inUse());
        QVERIFY(loadKeys(other.services).ok());
        for (const KeyRecord& record : other.ledger->formerRecords)
            QVERIFY(record.signing ? readSigningKey(other.services, record).ok()
                                   : readDecryptionKey(other.services, record).ok());
        QCOMPARE(codeOf(restoreRecoveryKit(other.services, *kit, words)), std::string("key.exists"));
        // One that was lost comes back, to its place.
        other.secrets->kept.erase({Entry::DecryptionKey, world.inUse()});
        QCOMPARE(codeOf(loadKeys(other.services)), std::string("key.missing"));
        QVERIFY(restoreRecoveryKit(other.services, *kit, words).ok());
        QVERIFY(loadKeys(other.services).ok());
        other.secrets->kept.erase(Entry::DecryptionKey);
        QVERIFY(restoreRecoveryKit(other.services, *kit, words).ok());
        QVERIFY(other.secrets->kept.count(Entry::DecryptionKey) == 1);
    }

    void thePlatformsNewKeyIsLearntFromTheOldOneAlone() {
        const auto second = crypto::SigningKey::generate().value(), third = crypto::SigningKey::generate().value();
        RotationWorld world;
        const Instant later = now() + 1;
        // Signed by itself, or by nobody known: not taken, and the job it signed is refused with a code of its own.
        world.api->statements = {RotationWorld::statement(second, {&second}, later)};
        const auto payload =
            crypto::verifyJws(givens().jws, "sealwright-job", {givens().platform.publicKey()})->payload;
        world.api->entry.jws = crypto::signJws("sealwright-job", payload, third);
        auto found = findJob(world.services, jobId, world.context);
        QVERIFY(found.ok());
        QCOMPARE(std::string(stableId(found->refused->code)), std::string("job.unknown-signer"));
        QCOMPARE(codeOf(world.run()), std::string("job.unknown-signer"));
        QCOMPARE(world.ledger->pinned->registration.keys.sig.front().kid, givens().platform.kid());
        // Two changes while this machine was away: each by the one before.
        world.api->statements = {RotationWorld::statement(givens().platform, {&second, &givens().platform}, later),
                                 RotationWorld::statement(second, {&third, &second}, later + 1)};
        QCOMPARE(codeOf(world.run()), std::string("ok"));
        QCOMPARE(world.ledger->pinned->registration.keys.sig.front().kid, third.kid());
        // And never back.
        QVERIFY(!*updateRegistration(world.services, {}));
    }

    void theListAsksOnceForAllUnknownSigners() {
        const auto stranger = crypto::SigningKey::generate().value();
        RotationWorld world;
        const auto payload =
            crypto::verifyJws(givens().jws, "sealwright-job", {givens().platform.publicKey()})->payload;
        const std::string jws = crypto::signJws("sealwright-job", payload, stranger);
        world.api->more = {{jobId, JobState::Pending, jws, now()}, {jobId, JobState::Pending, jws, now()}};
        const auto board = listJobs(world.services, world.context);
        QVERIFY(board.ok() && board->jobs.size() == 2);
        QCOMPARE(std::string(stableId(board->jobs.back().refused->code)), std::string("job.unknown-signer"));
        QCOMPARE(world.script.calls("api.registrations"), std::size_t{1});
    }

    void aRevokedMachineTakesNoJobThatCameAsAFile() {
        RotationWorld world;
        world.api->revoked = true;
        QCOMPARE(codeOf(listJobs(world.services, world.context)), std::string("machine.revoked"));
        RunRequest request;
        request.jws = givens().localJws;
        request.inputPath = "/nowhere";
        QCOMPARE(codeOf(runJob(world.services, request, world.context)), std::string("machine.revoked"));
        QVERIFY(loadKeys(world.services).ok());
        world.api->revoked = false; // it was a mistake
        QVERIFY(listJobs(world.services, world.context).ok());
        QCOMPARE(codeOf(runJob(world.services, request, world.context)), std::string("file.not-found"));
    }
};

QTEST_GUILESS_MAIN(KeyRotationTest)
#include "tst_key_rotation.moc"
