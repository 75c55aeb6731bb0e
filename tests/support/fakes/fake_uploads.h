#pragma once
#include "tests/support/fakes/fake_profile.h"
#include "tests/support/fakes/script.h"

namespace sealwright::tests {

/// What a FakeProfile remembers of uploads under way.
class FakeUploads : public Uploads {
public:
    FakeUploads(Script& script, FakeProfile& profile) : m_script(script), m_profile(profile) {}

    Outcome<std::vector<UploadRecord>> all() override {
        using All = std::vector<UploadRecord>;
        return pass<All>("all", [&] {
            All all;
            for (const auto& [id, record] : m_profile.uploads)
                all.push_back(record);
            return Outcome<All>(std::move(all));
        });
    }
    Outcome<std::optional<UploadRecord>> find(const std::string& jobId) override {
        using Found = std::optional<UploadRecord>;
        return pass<Found>("find", [&] {
            const auto found = m_profile.uploads.find(jobId);
            return Outcome<Found>(found == m_profile.uploads.end() ? Found() : Found(found->second));
        });
    }
    Outcome<void> remember(const UploadRecord& record) override {
        return change("remember", [&] { m_profile.uploads[record.jobId] = record; });
    }
    Outcome<void> begun(const std::string& jobId, const std::string& uploadId, std::uint64_t partSize) override {
        return changeOne("begun", jobId, [&](UploadRecord& record) { record.state = {uploadId, partSize, {}}; });
    }
    Outcome<void> sent(const std::string& jobId, const UploadedPart& part) override {
        return changeOne("sent", jobId, [&](UploadRecord& record) { record.state.parts.push_back(part); });
    }
    Outcome<void> giveUp(const std::string& jobId) override {
        return changeOne("giveUp", jobId, [](UploadRecord& record) { record.givenUp = true; });
    }
    Outcome<void> remove(const std::string& jobId) override {
        return change("remove", [&] { m_profile.uploads.erase(jobId); });
    }

private:
    template <class T, class Work>
    Outcome<T> pass(const char* name, Work work) {
        return m_script.pass<T>(std::string("uploads.") + name, Code::ProfileFailed, nullptr, [&] {
            const std::lock_guard lock(m_profile.mutex);
            return work();
        });
    }
    template <class Work>
    Outcome<void> change(const char* name, Work work) {
        return pass<void>(name, [&] {
            work();
            return Outcome<void>();
        });
    }
    template <class Work>
    Outcome<void> changeOne(const char* name, const std::string& jobId, Work work) {
        return change(name, [&] {
            if (const auto found = m_profile.uploads.find(jobId); found != m_profile.uploads.end())
                work(found->second);
        });
    }
    Script& m_script;
    FakeProfile& m_profile;
};

} // namespace sealwright::tests
