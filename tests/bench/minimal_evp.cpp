#include "tests/bench/minimal_evp.h"

#include "tests/bench/generate.h"

#include <openssl/evp.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>
#include <unistd.h>
#include <vector>

namespace sealwright::bench {

namespace {

constexpr std::size_t chunkSize = 1u << 20;
constexpr std::string_view tokenHeader = "sw1g.1.";

struct Chunk {
    std::uint64_t number = 0, firstRow = 0;
    std::string bytes; ///< whole records
};

/// Cuts the file into chunks of whole records: the only serial part.
class Cutter {
public:
    explicit Cutter(int fd) : m_fd(fd) {}

    bool next(Chunk& chunk) {
        const std::lock_guard lock(m_mutex);
        chunk.bytes.assign(m_carry);
        m_carry.clear();
        const std::size_t had = chunk.bytes.size();
        chunk.bytes.resize(had + chunkSize);
        const ssize_t got = pread(m_fd, chunk.bytes.data() + had, chunkSize, static_cast<off_t>(m_offset));
        chunk.bytes.resize(had + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        m_offset += chunk.bytes.size() - had;
        if (chunk.bytes.empty())
            return false;
        const std::size_t end = got > 0 ? recordsEnd(chunk.bytes) : chunk.bytes.size();
        m_carry.assign(chunk.bytes, end);
        chunk.bytes.resize(end);
        chunk.number = m_number++;
        chunk.firstRow = m_row;
        m_row += static_cast<std::uint64_t>(std::count(chunk.bytes.begin(), chunk.bytes.end(), '\n'));
        if (chunk.number == 0)
            --m_row; // the header
        return true;
    }

private:
    /// Behind the last line end that no quotes are open around.
    static std::size_t recordsEnd(std::string_view bytes) {
        const auto quotes = [](std::string_view part) { return std::count(part.begin(), part.end(), '"'); };
        auto open = quotes(bytes);
        for (std::size_t end = bytes.size();;) {
            const std::size_t line = bytes.rfind('\n', end - 1);
            if (line == std::string_view::npos)
                return bytes.size();
            open -= quotes(bytes.substr(line + 1, end - line - 1));
            if (open % 2 == 0)
                return line + 1;
            end = line;
        }
    }

    std::mutex m_mutex;
    int m_fd;
    std::uint64_t m_offset = 0, m_number = 0, m_row = 0;
    std::string m_carry;
};

/// Hands each chunk the place of its output, in order.
class Places {
public:
    std::uint64_t take(std::uint64_t number, std::size_t size) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_next == number; });
        const std::uint64_t place = m_place;
        m_place += size;
        ++m_next;
        m_changed.notify_all();
        return place;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::uint64_t m_next = 0, m_place = 0;
};

/// base64url, twelve bits at a time.
class Base64 {
public:
    Base64() {
        constexpr std::string_view symbols = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        for (unsigned i = 0; i < 4096; ++i)
            m_pairs[i] = {symbols[i >> 6], symbols[i & 63]};
    }
    void append(const unsigned char* in, std::size_t size, std::string& out) const {
        const std::size_t at = out.size();
        out.resize(at + (size * 8 + 5) / 6);
        char* to = out.data() + at;
        for (; size >= 3; size -= 3, in += 3, to += 4) {
            const unsigned three = unsigned{in[0]} << 16 | unsigned{in[1]} << 8 | in[2];
            std::memcpy(to, m_pairs[three >> 12].data(), 2);
            std::memcpy(to + 2, m_pairs[three & 4095].data(), 2);
        }
        if (size == 1)
            std::memcpy(to, m_pairs[unsigned{in[0]} << 4].data(), 2);
        if (size == 2) {
            const unsigned two = (unsigned{in[0]} << 8 | in[1]) << 2;
            std::memcpy(to, m_pairs[two >> 6].data(), 2);
            to[2] = m_pairs[two & 63][1];
        }
    }

private:
    std::array<std::array<char, 2>, 4096> m_pairs{};
};

class Sealer {
public:
    explicit Sealer(const FieldKey& key) : m_context(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free) {
        EVP_EncryptInit_ex2(m_context.get(), EVP_aes_256_gcm(), key.data(), nullptr, nullptr);
    }

    void seal(char type, std::string_view body, std::uint64_t row, const Base64& base64, std::string& out) {
        m_buffer.resize(12 + 1 + body.size() + 16);
        unsigned char* bytes = m_buffer.data();
        std::memset(bytes, 0, 12);
        for (int i = 5; i >= 0; --i, row >>= 8)
            bytes[i] = static_cast<unsigned char>(row);
        bytes[12] = static_cast<unsigned char>(type);
        std::memcpy(bytes + 13, body.data(), body.size());
        int length = 0;
        EVP_EncryptInit_ex2(m_context.get(), nullptr, nullptr, bytes, nullptr);
        EVP_EncryptUpdate(m_context.get(), nullptr, &length, reinterpret_cast<const unsigned char*>(tokenHeader.data()),
                          static_cast<int>(tokenHeader.size()));
        EVP_EncryptUpdate(m_context.get(), bytes + 12, &length, bytes + 12, static_cast<int>(1 + body.size()));
        EVP_EncryptFinal_ex(m_context.get(), bytes + 13 + body.size(), &length);
        EVP_CIPHER_CTX_ctrl(m_context.get(), EVP_CTRL_AEAD_GET_TAG, 16, bytes + 13 + body.size());
        out += tokenHeader;
        base64.append(bytes, m_buffer.size(), out);
    }

private:
    std::unique_ptr<EVP_CIPHER_CTX, void (*)(EVP_CIPHER_CTX*)> m_context;
    std::vector<unsigned char> m_buffer;
};

/// One worker: takes records to the text that leaves.
class Worker {
public:
    Worker(const FieldKeys& keys, const std::vector<int>& sealerOf) : m_sealerOf(sealerOf) {
        for (const FieldKey& key : keys)
            m_sealers.emplace_back(key);
    }

    std::uint64_t work(const Chunk& chunk, std::string& out) {
        const char* at = chunk.bytes.data();
        const char* const end = at + chunk.bytes.size();
        std::uint64_t values = 0, row = chunk.firstRow;
        if (chunk.number == 0) {
            const char* body = std::find(at, end, '\n') + 1;
            out.append(at, body);
            at = body;
        }
        for (std::size_t column = 0; at != end;) {
            const char* begin = at;
            const bool quoted = *at == '"';
            bool doubled = false;
            if (quoted) {
                for (++at;; ++at) {
                    if (*at++ != '"')
                        --at;
                    else if (*at == '"')
                        doubled = true;
                    else
                        break;
                }
            }
            while (*at != ',' && *at != '\n')
                ++at;
            if (m_sealerOf[column] >= 0) {
                m_sealers[static_cast<std::size_t>(m_sealerOf[column])].seal(
                    quoted ? 'q' : 't', body(begin, at, quoted, doubled), row, m_base64, out);
                out += *at;
                ++values;
            } else {
                out.append(begin, at + 1);
            }
            column = *at == '\n' ? 0 : column + 1;
            row += *at == '\n';
            ++at;
        }
        return values;
    }

private:
    std::string_view body(const char* begin, const char* end, bool quoted, bool doubled) {
        std::string_view text(begin, static_cast<std::size_t>(end - begin));
        if (!quoted)
            return text;
        text = text.substr(1, text.size() - 2);
        if (!doubled)
            return text;
        m_undoubled.clear();
        for (std::size_t i = 0; i < text.size(); ++i) {
            m_undoubled += text[i];
            i += text[i] == '"';
        }
        return m_undoubled;
    }

    const std::vector<int>& m_sealerOf;
    std::vector<Sealer> m_sealers;
    Base64 m_base64;
    std::string m_undoubled;
};

std::vector<int> sealersOfColumns(int fd) {
    char head[4096];
    const ssize_t got = pread(fd, head, sizeof head, 0);
    std::string_view line(head, static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    line = line.substr(0, line.find('\n'));
    std::vector<int> sealers;
    while (!line.empty()) {
        const std::string_view name = line.substr(0, line.find(','));
        const auto sealed = std::find(std::begin(sealedColumns), std::end(sealedColumns), name);
        sealers.push_back(sealed == std::end(sealedColumns) ? -1
                                                            : static_cast<int>(sealed - std::begin(sealedColumns)));
        line.remove_prefix(std::min(line.size(), name.size() + 1));
    }
    return sealers;
}

} // namespace

std::uint64_t sealMinimal(const std::string& source, const std::string& target, const FieldKeys& keys,
                          unsigned threads) {
    const int in = open(source.c_str(), O_RDONLY | O_CLOEXEC);
    const int out = open(target.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (in < 0 || out < 0)
        return 0;
    const std::vector<int> sealerOf = sealersOfColumns(in);
    Cutter cutter(in);
    Places places;
    std::atomic<std::uint64_t> values = 0;
    std::atomic<bool> well = true;
    std::vector<std::thread> workers;
    for (unsigned i = 0; i < threads; ++i)
        workers.emplace_back([&] {
            Worker worker(keys, sealerOf);
            Chunk chunk;
            std::string text;
            while (cutter.next(chunk)) {
                text.clear();
                values += worker.work(chunk, text);
                const auto place = static_cast<off_t>(places.take(chunk.number, text.size()));
                if (pwrite(out, text.data(), text.size(), place) != static_cast<ssize_t>(text.size()))
                    well = false;
            }
        });
    for (std::thread& worker : workers)
        worker.join();
    close(in);
    well = close(out) == 0 && well;
    return well ? values.load() : 0;
}

} // namespace sealwright::bench
