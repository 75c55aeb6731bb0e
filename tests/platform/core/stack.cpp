#include "tests/platform/core/stack.h"

#include "tests/platform/core/options.h"

#include <map>

namespace sealwright::platform {

namespace {

/// The lines KEY=value of a file, and whether all that was asked for was there.
class Settings {
public:
    explicit Settings(const std::string& file) {
        const auto text = textFrom(file);
        m_whole = text.has_value();
        for (const auto& line : QByteArray::fromStdString(text.value_or(std::string())).split('\n'))
            if (const auto at = line.indexOf('='); at > 0)
                m_values[line.left(at).toStdString()] = line.mid(at + 1).trimmed().toStdString();
    }
    /// Of SEALWRIGHT_<name>.
    std::string text(const std::string& name) {
        auto value = m_values["SEALWRIGHT_" + name];
        m_whole = m_whole && !value.empty();
        return value;
    }
    crypto::SecretBytes secret(const std::string& name) { return crypto::SecretBytes(asBytes(text(name))); }
    bool whole() const { return m_whole; }

private:
    std::map<std::string, std::string> m_values;
    bool m_whole;
};

} // namespace

std::optional<Storage> storageFrom(const std::string& file) {
    Settings in(file);
    Storage storage{in.text("S3_ENDPOINT"), in.text("S3_REGION"), in.text("S3_ACCESS_KEY"), in.text("S3_SECRET_KEY")};
    return in.whole() ? std::optional(std::move(storage)) : std::nullopt;
}

std::optional<Stack> stackFrom(const std::string& file) {
    Settings in(file);
    Stack stack;
    stack.storage = {in.text("S3_ENDPOINT"), in.text("S3_REGION"), in.text("STS_ACCESS_KEY"),
                     in.text("STS_SECRET_KEY")};
    stack.database = {in.text("PG_HOST"), static_cast<std::uint16_t>(std::atoi(in.text("PG_PORT").c_str())),
                      in.text("PG_DATABASE"), in.text("PG_USER"), in.secret("PG_PASSWORD")};
    stack.vault = {in.text("VAULT_URL"), in.text("VAULT_MOUNT"), in.text("VAULT_PATH"), in.text("VAULT_ROLE_ID"),
                   in.secret("VAULT_SECRET_ID")};
    stack.broker = {in.text("AMQPS_URL"),
                    in.text("AMQP_CA"),
                    in.text("AMQP_EXCHANGE"),
                    in.text("AMQP_ROUTING_KEY"),
                    in.text("AMQP_QUEUE"),
                    {in.text("AMQP_USER"), in.secret("AMQP_PASSWORD")},
                    {in.text("AMQP_CONSUMER_USER"), in.secret("AMQP_CONSUMER_PASSWORD")}};
    return in.whole() ? std::optional(std::move(stack)) : std::nullopt;
}

} // namespace sealwright::platform
