#include "rows/plain_json.hpp"

#include <gtest/gtest.h>

#include <random>

#include "placement/generate.hpp"
#include "placement/io.hpp"
#include "rows/row_source.hpp"

namespace placement::rows {
namespace plain_json_test {

struct Read {
  bool is_plain = false;
  KnownAnswers answers;
  std::string id;
};

Read read(PlainJson& reader, std::string line) {
  const std::size_t size = line.size();
  line.append(Block::kPadding, '"');  // what stands behind a line must not matter
  Read result;
  result.is_plain = reader.read(std::string_view(line).substr(0, size), result.answers, result.id);
  return result;
}

std::vector<std::string> made_up_lines() {
  const Engine engine = *Engine::make(default_pack());
  std::vector<std::string> lines;
  for (const int percent : {0, 30, 100}) {
    Generator people(engine, {static_cast<std::uint64_t>(percent) + 5, {}, percent});
    for (int i = 0; i < 100; ++i) lines.push_back(write_assessment(Assessment(*people.next())));
  }
  return lines;
}

TEST(PlainJson, ReadsWhatTheLibraryWrites) {
  PlainJson reader;
  for (const std::string& line : made_up_lines()) {
    const Read found = read(reader, line);
    EXPECT_TRUE(found.is_plain) << line;
    EXPECT_EQ(Assessment(found.answers), *read_assessment(line));
  }
}

TEST(PlainJson, ReadsKeysInAnyOrderWithSpacesAnIdAndNull) {
  PlainJson reader;
  for (int again = 0; again < 3; ++again) {
    const Read one =
        read(reader, R"( { "cows_score" : 14 , "id":"p 1", "pregnant": null,"oud_diagnosis" : "severe" } )");
    EXPECT_TRUE(one.is_plain);
    EXPECT_EQ(one.id, "p 1");
    EXPECT_EQ(one.answers.cows_score, 14);
    EXPECT_EQ(one.answers.pregnant, kUnknown);
    const Read other = read(reader, R"({"oud_diagnosis":"mild","cows_score":3})");
    EXPECT_TRUE(other.is_plain);
    EXPECT_EQ(other.answers.cows_score, 3);
  }
}

TEST(PlainJson, LeavesTheRestToTheFullReader) {
  PlainJson reader;
  for (const char* line : {R"({"cows_score": {"from": 8}})",
                           R"({"assessment": {}})",
                           R"({"cows_score": 1e1})",
                           R"({"cows_score": 014})",
                           R"({"cows_score": 300})",
                           R"({"pregnant": 1})",
                           R"({"cows_score": 1, "cows_score": 1})",
                           "{\"id\": \"a\x7f\"}",
                           R"({"cows_score": 1}})",
                           R"({"cows_score": 1} {})",
                           R"({"cows_score": 1,})",
                           R"({"id": "from": 8}})",
                           R"({"oud_diagnosis": "severe": 8}})",
                           R"({"oud_diagnosis": "severe": 8})",
                           R"({"cows_score" 1})",
                           R"({"pregnant": tru})",
                           R"({"pregnant": true "cows_score": 1})",
                           R"(["cows_score"])",
                           "",
                           "{",
                           "nonsense",
                           R"({"nobody_knows": 1})",
                           R"({"id": 7})",
                           R"({"id": ""})",
                           R"({"id": "a\u0041"})",
                           "{\"id\": \"\xFF\"}"})
    EXPECT_FALSE(read(reader, line).is_plain) << line;
}

// The one thing that must never happen: a line taken that the full reader refuses or reads otherwise.
TEST(PlainJson, NeverTakesWhatTheFullReaderRefuses) {
  constexpr std::uint64_t kSeed = 20261127;
  SCOPED_TRACE(kSeed);
  std::mt19937_64 random(kSeed);
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>(random() % limit); };
  const std::vector<std::string> lines = made_up_lines();
  constexpr std::string_view kBytes = "{}[]\",: \t\r\\/0123456789-+.eEtruefalsn_\x01\x7f\xc3\xa9\xff";
  PlainJson reader;
  std::size_t plain = 0;
  for (int i = 0; i < 60000; ++i) {
    std::string line = lines[below(lines.size())];
    for (std::size_t change = below(3) + 1; change > 0 && !line.empty(); --change) {
      const std::size_t at = below(line.size());
      switch (below(4)) {
        case 0:
          line[at] = kBytes[below(kBytes.size())];
          break;
        case 1:
          line.insert(at, 1, kBytes[below(kBytes.size())]);
          break;
        case 2:
          line.erase(at, 1 + below(4));
          break;
        default:
          line.insert(at, line.substr(below(line.size()), below(30)));
      }
    }
    const Read found = read(reader, line);
    if (!found.is_plain) continue;
    ++plain;
    const Result<Input> full = read_input(line);
    ASSERT_TRUE(full.has_value()) << line;
    ASSERT_EQ(full->assessment, Assessment(found.answers)) << line;
    ASSERT_EQ(full->request.id, found.id) << line;
  }
  EXPECT_GT(plain, 500U);  // changes that matter to nobody: spaces, other numbers
}

}  // namespace plain_json_test
}  // namespace placement::rows
