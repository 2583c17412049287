// The corpus of the fuzz programs as ordinary tests, and every prefix of its smaller files.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "fuzz/readers.hpp"

namespace placement::fuzz {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSmall = 400;

class Corpus : public testing::TestWithParam<Reader> {};

TEST_P(Corpus, BreaksNothing) {
  std::size_t files = 0;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(fs::path(PLACEMENT_SOURCE_DIR) / "tests/fuzz/corpus" / GetParam().name)) {
    const std::ifstream file(entry.path(), std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    const std::string text = content.str();
    EXPECT_EQ(GetParam().check(text), "") << entry.path();
    const std::size_t cuts = text.size() <= kSmall ? text.size() : 0;
    for (std::size_t size = 0; size < cuts; ++size) {
      EXPECT_EQ(GetParam().check(text.substr(0, size)), "") << entry.path() << " cut to " << size << " bytes";
    }
    ++files;
  }
  EXPECT_GE(files, 3U);
}

INSTANTIATE_TEST_SUITE_P(Readers, Corpus, testing::ValuesIn(kReaders),
                         [](const auto& reader) { return std::string(reader.param.name); });

}  // namespace
}  // namespace placement::fuzz
