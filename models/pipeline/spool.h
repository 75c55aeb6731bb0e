#pragma once
#include "models/dataset/byte_source.h"

namespace sealwright::pipeline {

/// A temporary file that holds a segment stream under a key that lives only in memory: no plaintext on disk (FORMAT.md
/// §6 cipher; never leaves the machine). Written once in order, then read at any place. The file is gone with the
/// object, and nameless from the start where the OS allows it.
class Spool : public ByteSink {
public:
    static Outcome<std::unique_ptr<Spool>> create(const std::string& folder);
    /// No write after this. The source keeps the spool's file alive. `name` is what people call the content.
    virtual Outcome<std::shared_ptr<ByteSource>> finish(std::string name) = 0;
};

} // namespace sealwright::pipeline
