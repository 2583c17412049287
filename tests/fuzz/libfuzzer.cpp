// One libFuzzer program for each reader; PLACEMENT_FUZZ_READER is the reader's name (CMakeLists.txt).
//
//   cmake --preset fuzz && cmake --build --preset fuzz
//   build/fuzz/bin/fuzz_pack -max_total_time=60 /tmp/new tests/fuzz/corpus/pack
//
// A find is mended and joins the corpus.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "fuzz/readers.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const placement::fuzz::Reader& reader : placement::fuzz::kReaders) {
    if (reader.name != PLACEMENT_FUZZ_READER) continue;
    const std::string broken = reader.check(text);
    if (broken.empty()) return 0;
    std::fprintf(stderr, "%s\n", broken.c_str());
    std::abort();
  }
  std::abort();  // no such reader
}
