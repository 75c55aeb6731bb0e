#include "tests/fuzz/dataset_cases.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    sealwright::dataset::testing::checkCsv({reinterpret_cast<const char*>(data), size});
    return 0;
}
