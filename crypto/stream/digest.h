#pragma once
#include "crypto/keys/derive.h"
#include "crypto/primitives/sha256.h"

#include <array>
#include <memory>
#include <string>

// Digest over block hashes and the source check (FORMAT.md §5), each in two halves: what a worker can do to one block,
// and the small fold over all blocks in order.
namespace sealwright::crypto {

inline constexpr std::size_t datasetBlock = 1u << 20;        ///< of a dataset file
inline constexpr std::size_t packageBlock = (1u << 20) + 16; ///< of a package part: one stored segment

std::string hexLower(ByteView bytes);

/// `digest` of FORMAT.md §5 from bytes in order, of any cut. addBlock() takes a hash that a worker made of a whole
/// block.
class BlockDigest {
public:
    explicit BlockDigest(std::size_t blockSize);
    BlockDigest(BlockDigest&&) noexcept;
    BlockDigest& operator=(BlockDigest&&) noexcept;
    ~BlockDigest();
    void update(ByteView bytes);
    void addBlock(const Sha256Digest& hashOfBlock); ///< never mixed with update()
    std::string finish();                           ///< hex; an empty file has one empty block

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// The 16-byte tag of one source block; one a worker.
class SourceBlockTagger {
public:
    static Result<SourceBlockTagger> make(const SecretBytes& sourceKey);
    SourceBlockTagger(SourceBlockTagger&&) noexcept;
    SourceBlockTagger& operator=(SourceBlockTagger&&) noexcept;
    ~SourceBlockTagger();
    std::array<Byte, 16> tag(std::uint64_t counter, bool last, ByteView block);

private:
    struct Impl;
    explicit SourceBlockTagger(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// `source_check` from source bytes in order, of any cut (one block is held back until it is known to be the last), or
/// from tags that workers made.
class SourceCheck {
public:
    static Result<SourceCheck> make(const SecretBytes& sourceKey);
    SourceCheck(SourceCheck&&) noexcept;
    SourceCheck& operator=(SourceCheck&&) noexcept;
    ~SourceCheck();
    void update(ByteView bytes);
    void addTag(const std::array<Byte, 16>& tag); ///< never mixed with update()
    Bytes finish();                               ///< 32 bytes; an empty source has one empty block

private:
    struct Impl;
    explicit SourceCheck(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace sealwright::crypto
