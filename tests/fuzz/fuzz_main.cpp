#include "tests/fuzz/target.h"

// libFuzzer's entry: the one target that is linked in.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto check = sealwright::fuzz::targets().at(0).check;
    check({reinterpret_cast<const char*>(data), size});
    return 0;
}
