#include "app/cli/commands.h"

namespace sealwright::cli {

const std::vector<CommandSpec>& commands() {
    static const std::vector<CommandSpec> all = [] {
        std::vector<CommandSpec> list = keysCommands();
        const auto add = [&list](std::vector<CommandSpec> more) {
            for (CommandSpec& spec : more)
                list.push_back(std::move(spec));
        };
        add({profileCommand(), encryptCommand(), decryptCommand(), verifyCommand()});
        add(packageCommands());
        add({inspectCommand(), registerCommand()});
        add(jobsCommands());
        add(resultsCommands());
        return list;
    }();
    return all;
}

} // namespace sealwright::cli
