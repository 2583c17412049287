// The shipped mappings on rows made by hand, file by file of tests/mappings: NAME.LAYOUT.csv, read through the mapping
// NAME, must give NAME.LAYOUT.expected, a line a row. PLACEMENT_UPDATE_GOLDEN=1 rewrites those; the diff is then
// reviewed like code.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "placement/io.hpp"
#include "placement/mapping.hpp"
#include "support/table.hpp"

namespace placement {
namespace {

namespace fs = std::filesystem;
using Line = nlohmann::ordered_json;

std::string text_in(const fs::path& path) {
  const std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Line observed_of(const MappingContent& content, const MappedRow& row) {
  if (!row.observed) return nullptr;
  const ObservedSetting& setting = content.settings[*row.observed];
  std::string text = setting.level.empty() ? "excluded" : setting.level;
  for (const std::string& capability : setting.capabilities) text += " + " + capability;
  return text;
}

std::string line_of(const MappingContent& content, const MappedRow& row) {
  Line line{{"id", row.id}, {"assessment", Line::parse(write_assessment(row.assessment))}};
  if (!content.observed.empty()) line["observed"] = observed_of(content, row);
  for (std::size_t i = 0; i < row.outcomes.size(); ++i)
    line["outcomes"][content.outcomes[i].id] =
        row.outcomes[i] == Truth::unknown ? Line(nullptr) : Line(row.outcomes[i] == Truth::yes);
  for (std::size_t i = 0; i < row.subgroups.size(); ++i)
    line["subgroups"][content.subgroups[i].id] =
        row.subgroups[i] ? Line(content.subgroups[i].labels[*row.subgroups[i]]) : Line(nullptr);
  for (const Fault& fault : row.faults) line["faults"].push_back(to_string(fault));
  return line.dump() + "\n";
}

std::vector<std::string> layouts() {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(fs::path(PLACEMENT_SOURCE_DIR) / "tests/mappings"))
    if (entry.path().extension() == ".csv") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

class GoldenMapping : public testing::TestWithParam<std::string> {};

TEST_P(GoldenMapping, IsWhatTheFilesSay) {
  const fs::path stem = fs::path(PLACEMENT_SOURCE_DIR) / "tests/mappings" / GetParam();
  const std::string name = GetParam().substr(0, GetParam().find('.'));
  const std::optional<std::string_view> text = mapping_text(name);
  ASSERT_TRUE(text.has_value()) << name;
  const Result<Mapping> mapping = read_mapping(*text);
  ASSERT_TRUE(mapping.has_value()) << to_string(mapping.error().faults.front());
  const support::Table table = support::table_of(text_in(stem.string() + ".csv"));
  const Result<BoundMapping> bound = mapping->bind(support::views(table.front()));
  ASSERT_TRUE(bound.has_value()) << to_string(bound.error().faults.front());
  std::string written;
  for (std::size_t i = 1; i < table.size(); ++i)
    written += line_of(mapping->content(), bound->map(support::views(table[i])));

  const fs::path golden = stem.string() + ".expected";
  const char* update = std::getenv("PLACEMENT_UPDATE_GOLDEN");
  if (update != nullptr && std::string_view(update) == "1") std::ofstream(golden, std::ios::binary) << written;
  ASSERT_TRUE(fs::exists(golden)) << golden << " is missing: run with PLACEMENT_UPDATE_GOLDEN=1";
  std::istringstream wanted_lines(text_in(golden)), lines(written);
  std::string wanted, line;
  for (std::size_t row = 2; std::getline(lines, line); ++row) {
    ASSERT_TRUE(std::getline(wanted_lines, wanted)) << GetParam() << " has more rows than wanted lines";
    EXPECT_EQ(line, wanted) << GetParam() << ".csv:" << row;
  }
  EXPECT_FALSE(std::getline(wanted_lines, wanted)) << GetParam() << " has fewer rows than wanted lines";
}

INSTANTIATE_TEST_SUITE_P(Layouts, GoldenMapping, testing::ValuesIn(layouts()), [](const auto& layout) {
  std::string name = layout.param;
  name.erase(std::remove_if(name.begin(), name.end(), [](char c) { return c == '-' || c == '.'; }), name.end());
  return name;
});

}  // namespace
}  // namespace placement
