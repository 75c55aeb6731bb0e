#pragma once
#include "models/dataset/byte_source.h"

#include <cerrno>
#include <cstdio>

namespace sealwright::cli {

/// Data to standard output. What has left cannot be taken back.
class StandardOutput : public ByteSink {
public:
    Outcome<void> write(std::string_view bytes) override {
        if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size() || std::fflush(stdout) != 0)
            return fail(Failure(errno == ENOSPC ? Code::FileNoSpace : Code::FileFailed, Where{"-", {}, {}, {}}));
        return {};
    }
};

} // namespace sealwright::cli
