#include "models/domain/broker.h"
#include "models/domain/job.h"
#include "models/domain/time.h"
#include "tests/fuzz/target.h"

// The small texts inside documents: times, UUIDs, URLs.
namespace sealwright::fuzz {
namespace {

void check(std::string_view text) {
    if (const auto when = fromRfc3339(text))
        must(toRfc3339(*when) == text, "a time is written in one way");
    if (isUuid(text))
        must(text.size() == 36 && text.find_first_not_of("0123456789abcdef-") == text.npos, "a UUID is one");
    const auto host = hostOfEndpoint(text);
    const auto broker = brokerOf(text);
    if (broker) {
        must(host.has_value(), "a broker's host can be listed");
        must(host->find(broker->host) != host->npos && host->ends_with(':' + std::to_string(broker->port)),
             "a broker is where the list says");
        must(broker->port != 0 && !broker->vhost.empty() && broker->vhost.size() <= maxBrokerName, "it can be asked");
        must(broker->vhost.find('\0') == broker->vhost.npos, "no name ends early");
    }
    if (!host)
        return;
    must(host->find_first_of("/@?#\\ ") == host->npos && host->find(':') != host->npos, "a host and a port");
    // Another scheme may be plain; this one never is.
    must(hostOfEndpoint("https://" + *host) == *host, "a host with its port stays what it is");
    must(hostOfEndpoint(std::string(text) + "/x") == host, "a path may follow");
    must(hostOfEndpoint("x" + std::string(text)) == std::nullopt, "nothing stands before the scheme");
}

const Registered registered({"values", check, "https://amqp:0123456789.-TZ[]af@%"});

} // namespace
} // namespace sealwright::fuzz
