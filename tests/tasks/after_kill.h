#pragma once
#include "models/tasks/upload_leftovers.h"
#include "tests/tasks/job_world.h"

#include <QtTest>

#include <filesystem>

namespace sealwright::tests {

/// What a process that is killed leaves behind, in a world where the next one starts: profile, store, platform and kept
/// files are as they were, its spool and its holds are dead.
struct AfterKill : JobWorld {
    explicit AfterKill(JobWorld& killed) : JobWorld(killed.straight) {
        {
            const std::lock_guard lock(killed.ledger->profile.mutex);
            const FakeProfile& before = killed.ledger->profile;
            ledger->profile.jobRecords = before.jobRecords;
            ledger->profile.receipts = before.receipts;
            ledger->profile.events = before.events;
            ledger->profile.sequences = before.sequences;
            ledger->profile.holds = before.holds;
            ledger->profile.uploads = before.uploads;
        }
        platform->takeOver(*killed.platform);
        store->objects = killed.store->objects;
        store->uploads = killed.store->uploads;
        api->entry = killed.api->entry;
        services.keptFolder = (std::filesystem::path(kept.path().toStdString()) / "kept").string();
        std::filesystem::copy(killed.services.keptFolder, services.keptFolder);
        for (auto& [id, record] : ledger->profile.uploads)
            if (!record.file.empty())
                record.file = services.keptFolder + "/" + std::filesystem::path(record.file).filename().string();
    }
    std::size_t keptFiles() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(services.keptFolder),
                                                      std::filesystem::directory_iterator()));
    }
    void start() {
        TaskContext fresh;
        QVERIFY(deliverEvents(services, fresh).ok());
        const auto leftovers = tidyUploads(services, fresh, longestTidyingAside);
        QVERIFY(leftovers.ok());
        QCOMPARE(leftovers->left, std::size_t{0});
    }
};

/// As the platform has it after what it was told.
inline void follow(JobWorld& world) {
    const auto events = world.platform->events();
    world.api->entry.state = JobState::Pending;
    for (const auto& event : events)
        if (event.kind != "progress")
            world.api->entry.state = *jobStateFromText(event.kind);
}

/// A world whose upload was interrupted after its first part.
inline std::unique_ptr<AfterKill> interrupted() {
    std::unique_ptr<AfterKill> after;
    JobWorld world;
    int sent = 0;
    world.script.onCall = [&](const std::string& name) {
        if (name == "uploads.sent" && ++sent == 2)
            after = std::make_unique<AfterKill>(world);
    };
    (void)world.run();
    follow(*after);
    return after;
}

} // namespace sealwright::tests
